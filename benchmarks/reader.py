"""A second process that reads the published file while builds run."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Read:
    """One opening: the run whose release was seen, or what was wrong, and the seconds it took."""

    run_id: str
    fault: str
    seconds: float


class Reader:
    """The running reader, and what it has read so far."""

    def __init__(self, link: Path) -> None:
        self.reads: list[Read] = []
        command = [sys.executable, "-m", "benchmarks.release_content", str(link)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def stop(self) -> None:
        """End the process; what it has read stays."""
        self._process.terminate()
        self._process.wait()
        self._listener.join()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            if line.endswith("\n"):  # the last line may be cut short by the end
                self.reads.append(Read(**json.loads(line)))


@contextmanager
def reading(link: Path) -> Iterator[Reader]:
    """Read ``link`` in a second process for as long as the block lasts."""
    reader = Reader(link)
    try:
        yield reader
    finally:
        reader.stop()
