"""What segments mean: names, groups, parts, drivers, rules and members, in words."""

from tessera.segmentation.meaning.cells import PlaybookError
from tessera.segmentation.meaning.drivers import find_drivers, read_driver_sample
from tessera.segmentation.meaning.in_force import Named, named_segments
from tessera.segmentation.meaning.meanings import tell_meanings
from tessera.segmentation.meaning.members import tell_members
from tessera.segmentation.meaning.micro_models import Sample, fit_micro_segments
from tessera.segmentation.meaning.micro_segments import (
    assign_micro_segments,
    read_customer_chunks,
    tell_micro_segments,
)
from tessera.segmentation.meaning.naming import name_segments
from tessera.segmentation.meaning.playbook import Playbook, read_playbook
from tessera.segmentation.meaning.predicates import fit_predicates
from tessera.segmentation.meaning.schemas import (
    MICRO_ASSIGNMENTS_SCHEMA,
    MICRO_SEGMENT_MODELS_ORDER,
    MICRO_SEGMENT_MODELS_SCHEMA,
    MICRO_SEGMENTS_ORDER,
    MICRO_SEGMENTS_SCHEMA,
    SEGMENT_DRIVER_SCORES_ORDER,
    SEGMENT_DRIVER_SCORES_SCHEMA,
    SEGMENT_MEANINGS_ORDER,
    SEGMENT_MEANINGS_SCHEMA,
    SEGMENT_MEMBER_VALUES_ORDER,
    SEGMENT_MEMBER_VALUES_SCHEMA,
)

__all__ = [
    "MICRO_ASSIGNMENTS_SCHEMA",
    "MICRO_SEGMENTS_ORDER",
    "MICRO_SEGMENTS_SCHEMA",
    "MICRO_SEGMENT_MODELS_ORDER",
    "MICRO_SEGMENT_MODELS_SCHEMA",
    "SEGMENT_DRIVER_SCORES_ORDER",
    "SEGMENT_DRIVER_SCORES_SCHEMA",
    "SEGMENT_MEANINGS_ORDER",
    "SEGMENT_MEANINGS_SCHEMA",
    "SEGMENT_MEMBER_VALUES_ORDER",
    "SEGMENT_MEMBER_VALUES_SCHEMA",
    "Named",
    "Playbook",
    "PlaybookError",
    "Sample",
    "assign_micro_segments",
    "find_drivers",
    "fit_micro_segments",
    "fit_predicates",
    "name_segments",
    "named_segments",
    "read_customer_chunks",
    "read_driver_sample",
    "read_playbook",
    "tell_meanings",
    "tell_members",
    "tell_micro_segments",
]
