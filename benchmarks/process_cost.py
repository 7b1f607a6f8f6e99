"""What a process costs: it is started, watched to its end, and its words are kept."""

from __future__ import annotations

import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.memory import sample_tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

POLL_SECONDS = 0.1
LAST_WORDS = 2000
"""Characters of a failed process's output that are shown."""


@dataclass(frozen=True)
class Cost:
    """What a process cost.

    Attributes
    ----------
    seconds
        Wall time, from start to end.
    processor_seconds
        Time on all cores: what a busy machine does not lengthen.
    peak
        Most bytes held at once; 0 where nobody can tell.
    said
        What the process wrote.
    """

    seconds: float
    processor_seconds: float
    peak: int
    said: str = ""


class StepFailedError(RuntimeError):
    """A process did not succeed; the message is what it said last."""


def run_measured(
    command: Sequence[str],
    step: str,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Cost:
    """Run ``command`` to its end, in ``folder``, and return what it cost.

    Raises
    ------
    StepFailedError
        It ended otherwise than well; the message names ``step``.
    """
    before, began, peak = processor_seconds(), time.monotonic(), 0
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=output, env=environment, cwd=folder
        )
        try:
            while process.poll() is None:
                sample = sample_tree(process.pid)
                peak = max(peak, sample.resident if sample else 0)
                time.sleep(POLL_SECONDS)
        finally:
            process.kill()  # nothing to do, unless this process is the one that was asked to end
        output.seek(0)
        said = output.read().decode()
    if process.returncode:
        raise StepFailedError(f"{step} failed: {said[-LAST_WORDS:]}")
    return Cost(time.monotonic() - began, processor_seconds() - before, peak, said)


def processor_seconds() -> float:
    """Return the time that finished children of this process took on all cores."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
