"""The proof of an erasure: counts per table, kept beside the tombstones and shown."""

from __future__ import annotations

import csv
import io
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from tessera.commands.erasure.rewriting import TableProof
from tessera.identity.tombstones import write_durably

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

FILE_NAME = "forgotten_proof.csv"
_SHOWN = 30
HEADER = (
    "erasure",
    "forgotten_on",
    *(field.name for field in fields(TableProof)),
    "values_searched",
)


def add_proofs(
    path: Path, forgotten_on: str, proofs: Iterable[TableProof], values_searched: int
) -> int:
    """Add the proof of one erasure to the file; return its number, which counts from 1.

    Parameters
    ----------
    path
        The file: one row per erasure, file and table, counts alone.
    forgotten_on
        The day, as ``2026-03-31``.
    proofs
        What became of each table.
    values_searched
        How many values and hashes were looked for in each.
    """
    earlier = path.read_text(encoding="utf-8") if path.exists() else ",".join(HEADER) + "\n"
    number = 1 + max(
        (int(row["erasure"]) for row in csv.DictReader(io.StringIO(earlier))), default=0
    )
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        (number, forgotten_on, *astuple(proof), values_searched) for proof in proofs
    )
    write_durably(path, earlier + text.getvalue())
    return number


def proof_table(proofs: Sequence[TableProof], *, is_done: bool) -> Table:
    """Lay out what became of each table that held the person, or what would become of it."""
    touched = [each for each in proofs if each.is_touched]
    others = len(proofs) - len(touched)
    table = Table(
        caption=f"Nothing of theirs is in {others} other tables, which were searched as well.",
        caption_justify="left",
    )
    table.add_column("table", no_wrap=True)
    for name in ("before", "after", "redacted", *(["hits left"] if is_done else [])):
        table.add_column(name, justify="right")
    for file in dict.fromkeys(each.file for each in touched):
        table.add_row(Text(_short(file), style="bold"))
        for each in touched:
            if each.file == file:
                table.add_row(Text(f"  {each.table}"), *_counts(each, is_done=is_done))
    return table


def _counts(proof: TableProof, *, is_done: bool) -> list[str]:
    counts = [proof.rows_before, proof.rows_after, proof.rows_redacted]
    return [f"{count:,}" for count in [*counts, *([proof.hits_left] if is_done else [])]]


def _short(file: str) -> str:
    """Name a release, whose name is long, by how it begins."""
    return file if len(file) <= _SHOWN else f"release {file[:8]}…"
