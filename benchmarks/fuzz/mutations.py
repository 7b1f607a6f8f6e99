"""Mutations of a feeds folder: what is done to which feed, and with which random draws."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from benchmarks.fuzz.byte_mutations import BYTE_MUTATIONS
from benchmarks.fuzz.column_mutations import COLUMN_MUTATIONS
from benchmarks.fuzz.feed_table import FeedTable, Spelling, spelled
from benchmarks.fuzz.place_mutations import PLACE_MUTATIONS, Delivery, Files
from benchmarks.fuzz.row_mutations import ROW_MUTATIONS
from benchmarks.fuzz.small_shop import FEEDS
from benchmarks.fuzz.spelling_mutations import SPELLING_MUTATIONS
from benchmarks.fuzz.text_mutations import TEXT_MUTATIONS
from benchmarks.fuzz.value_mutations import VALUE_MUTATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TABLE_MUTATIONS = ROW_MUTATIONS | COLUMN_MUTATIONS | VALUE_MUTATIONS
KINDS = (
    *TABLE_MUTATIONS,
    *SPELLING_MUTATIONS,
    *TEXT_MUTATIONS,
    *BYTE_MUTATIONS,
    *PLACE_MUTATIONS,
)

COUNTED = frozenset(TABLE_MUTATIONS) | {"quote_all", "no_last_line_end", "gzipped", "text_parquet"}
"""Kinds after which it is still known how many rows a reader must find."""

Change = TypeVar("Change")

MOST_MUTATIONS = 4
LARGEST_SEED = 2**32 - 1


@dataclass(frozen=True)
class Mutation:
    """One mutation.

    Attributes
    ----------
    kind
        One of ``KINDS``.
    feed
        What it is done to.
    seed
        Of its random draws.
    """

    kind: str
    feed: str
    seed: int

    def __str__(self) -> str:
        """Spell it as :func:`read_plan` reads it."""
        return f"{self.kind}:{self.feed}:{self.seed}"


Plan = tuple[Mutation, ...]


def read_plan(text: str) -> Plan:
    """Read what ``str`` of mutations, put together by blanks, gave.

    Examples
    --------
    >>> read_plan("drop_file:orders:1")
    (Mutation(kind='drop_file', feed='orders', seed=1),)

    Raises
    ------
    ValueError
        No such mutation; the message names it.
    """
    plan = []
    for word in text.split():
        kind, _, rest = word.partition(":")
        feed, _, seed = rest.partition(":")
        if kind not in KINDS or feed not in FEEDS or not seed.isdigit():
            raise ValueError(f"no mutation '{word}': expected kind:feed:seed, as a report shows it")
        plan.append(Mutation(kind, feed, int(seed)))
    return tuple(plan)


def draw_plan(seed: int, number: int) -> Plan:
    """Draw the mutations of one folder; orders, which everything hangs on, are hit most."""
    rng = random.Random(f"{seed}/{number}")  # noqa: S311 - variety, not secrecy
    return tuple(
        Mutation(
            rng.choice(KINDS),
            rng.choice(("orders", "orders", *FEEDS)),
            rng.randrange(LARGEST_SEED),
        )
        for _ in range(rng.randint(1, MOST_MUTATIONS))
    )


def mutated_files(shop: dict[str, FeedTable], plan: Sequence[Mutation]) -> Files:
    """Return the files of the shop after a plan.

    What is done to values comes before what is done to bytes, whatever their order in the plan: a
    file that is cut off has no columns to be renamed any more.
    """
    files: Files = {}
    for feed, table in shop.items():
        files |= _delivered(table, feed, [each for each in plan if each.feed == feed])
    return files


def counted_rows(shop: dict[str, FeedTable], plan: Sequence[Mutation]) -> dict[str, int]:
    """Return how many rows a reader must find, for each feed for which that is known."""
    rows = {}
    for feed, table in shop.items():
        mutations = [each for each in plan if each.feed == feed]
        if all(each.kind in COUNTED for each in mutations):
            rows[feed] = len(_mutated_table(table, mutations).rows)
    return rows


def write_files(files: Files, folder: Path) -> None:
    """Write the files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _delivered(table: FeedTable, feed: str, mutations: list[Mutation]) -> Files:
    table = _mutated_table(table, mutations)
    spelling = Spelling()
    for change, rng in _of(SPELLING_MUTATIONS, mutations):
        spelling = change(rng, spelling)
    text = spelled(table, spelling)
    for rewrite, rng in _of(TEXT_MUTATIONS, mutations):
        text = rewrite(rng, text)
    content = text.encode(spelling.encoding, errors="replace")
    for damage, rng in _of(BYTE_MUTATIONS, mutations):
        content = damage(rng, content)
    files = {f"{feed}.csv": content}
    for place, rng in _of(PLACE_MUTATIONS, mutations):
        files = place(rng, Delivery(feed, table, content))
    return files


def _mutated_table(table: FeedTable, mutations: list[Mutation]) -> FeedTable:
    for change, rng in _of(TABLE_MUTATIONS, mutations):
        table = change(rng, table)
    return table


def _of(
    changes: dict[str, Change], mutations: list[Mutation]
) -> Iterator[tuple[Change, random.Random]]:
    for mutation in mutations:
        if mutation.kind in changes:
            yield changes[mutation.kind], random.Random(mutation.seed)  # noqa: S311
