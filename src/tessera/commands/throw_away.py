"""A folder for builds that nobody keeps."""

from __future__ import annotations

import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def throw_away_folder(what: str) -> Iterator[Path]:
    """Make a folder that is gone afterwards, also when a pipeline ends the process."""
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        with tempfile.TemporaryDirectory(prefix=f"tessera-{what}-") as folder:
            yield Path(folder)
    finally:
        signal.signal(signal.SIGTERM, before)
