"""How much memory a process and its children hold, asked again and again."""

from __future__ import annotations

import os
import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
BYTES_PER_MB = 1024**2


@dataclass(frozen=True)
class Sample:
    """Resident memory of a process tree, in bytes, at a Unix time in seconds."""

    at: float
    resident: int


def sample_tree(pid: int) -> Sample | None:
    """Return what ``pid`` and its descendants hold now, or None where there is no ``/proc``."""
    if not (PROC / "self" / "statm").exists():
        return None
    return Sample(time.time(), sum(_resident(each) for each in _tree(pid)))


def peak_of_children() -> int:
    """Return the most that any finished child of this process ever held, in bytes.

    The way out where memory cannot be sampled: one number for a whole build.
    """
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit


def _tree(pid: int) -> list[int]:
    """List a process and its descendants; those that end meanwhile are left out."""
    found = [pid]
    for each in found:  # grows while it is read
        try:
            lists = [file.read_text() for file in (PROC / str(each) / "task").glob("*/children")]
        except OSError:
            continue
        found += [int(child) for children in lists for child in children.split()]
    return found


def _resident(pid: int) -> int:
    try:
        pages = (PROC / str(pid) / "statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
