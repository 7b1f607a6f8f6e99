"""What the command line does; :mod:`tessera.cli` only reads the words it is given."""

from __future__ import annotations


class CommandError(Exception):
    """Something the person at the keyboard can act on: printed without a traceback.

    Attributes
    ----------
    exit_code
        What the command leaves with.
    """

    exit_code = 1
