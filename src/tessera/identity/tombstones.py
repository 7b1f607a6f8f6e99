"""Tombstones: who asked to be forgotten, as keys that show nobody.

They lie in ``forgotten.csv``, outside the build file: whoever deletes that file, or builds it
anew, brings nobody back. One row is a key of the secret itself, so that a build with another
secret, which could recognise nobody, is told so.
"""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.identity.spellings import identifier_key, is_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILE_NAME = "forgotten.csv"
HEADER = ("identifier_type", "identifier_id", "forgotten_on")
SECRET_TYPE = "identity_key"  # noqa: S105 - the name of a type, not a secret


class TombstoneError(ValueError):
    """The file of tombstones cannot be used as it is."""


@dataclass(frozen=True, order=True)
class Tombstone:
    """One key of somebody who asked to be forgotten.

    Attributes
    ----------
    identifier_type
        A reference column of the feeds, or the id column of a row that only they had.
    identifier_id
        Keyed hash of the value.
    forgotten_on
        The day, as ``2026-03-31``.
    """

    identifier_type: str
    identifier_id: str
    forgotten_on: str


def read_tombstones(path: Path) -> tuple[Tombstone, ...]:
    """Read all tombstones, sorted; none when there is no file.

    Raises
    ------
    TombstoneError
        A row is not one of three values, or its second is no keyed hash.
    """
    if not path.exists():
        return ()
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    if tuple(header) != HEADER:
        raise TombstoneError(f"{path}, row 1: expected the header {','.join(HEADER)}. {_ADVICE}")
    for number, row in enumerate(rows, start=2):
        if len(row) != len(HEADER) or not is_key(row[1]):
            raise TombstoneError(
                f"{path}, row {number}: expected {', '.join(HEADER)}, the second a hash of "
                f"32 characters. {_ADVICE}"
            )
    return tuple(sorted(Tombstone(*row) for row in rows))


_ADVICE = "Restore the file from a backup: without it those who were forgotten come back"


def add_tombstones(
    path: Path, secret: str, keys: Iterable[tuple[str, str]], forgotten_on: str
) -> int:
    """Add tombstones to the file in one atomic step; what is there stays as it is.

    Parameters
    ----------
    path
        The file; it is made when absent, readable by its owner alone.
    secret
        ``TESSERA_IDENTITY_KEY``.
    keys
        Identifier type and key of each tombstone.
    forgotten_on
        The day that new ones carry.

    Returns
    -------
    int
        How many were not there before.

    Raises
    ------
    TombstoneError
        The file is damaged, or was begun with another secret.
    """
    present = read_tombstones(path)
    require_secret(path, present, secret)
    known = {(each.identifier_type, each.identifier_id) for each in present}
    wanted = {(SECRET_TYPE, secret_key(secret)), *keys} - known
    added = [Tombstone(kind, key, forgotten_on) for kind, key in wanted]
    if added:
        _replace(path, sorted([*present, *added]))
    return sum(each.identifier_type != SECRET_TYPE for each in added)


def secret_key(secret: str) -> str:
    """Return the key by which a file of tombstones recognises its secret."""
    return identifier_key(secret, SECRET_TYPE, "")


def require_secret(path: Path, present: Iterable[Tombstone], secret: str) -> None:
    """Raise :class:`TombstoneError` unless the tombstones were written with this secret."""
    secrets = {each.identifier_id for each in present if each.identifier_type == SECRET_TYPE}
    if secrets - {secret_key(secret)}:
        raise TombstoneError(
            f"{path} was written with another TESSERA_IDENTITY_KEY: with this one nobody in it "
            "would be recognised. Set the key it was written with"
        )


def _replace(path: Path, tombstones: Iterable[Tombstone]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(
        (each.identifier_type, each.identifier_id, each.forgotten_on) for each in tombstones
    )
    write_durably(path, text.getvalue())


def write_durably(path: Path, text: str) -> None:
    """Replace a file whole: after a crash it holds the old text or the new one, on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    owner_only = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(owner_only, "w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
