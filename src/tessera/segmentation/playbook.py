"""The playbook by its older address; :mod:`tessera.segmentation.meaning` has it."""

from tessera.segmentation.meaning import Playbook, PlaybookError, name_segments, read_playbook

__all__ = ["Playbook", "PlaybookError", "name_segments", "read_playbook"]
