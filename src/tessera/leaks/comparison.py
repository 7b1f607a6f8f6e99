"""Compare features computed again with those that were built: which moved, and for how many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duckdb import DuckDBPyConnection

    Columns = Sequence[tuple[str, str]]

TOLERANCE = 1e-9
"""Relative difference of two numbers that are one: sums in another order differ by 1e-12 or so.

Around zero it is an absolute difference, as if of numbers of size 1.
"""

FEATURES_AT_ONCE = 50
"""Features compared in one query: hundreds of comparisons in one take the parser long."""

_NUMBERS = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "FLOAT",
    "DOUBLE",
    "DECIMAL",
    "U",
)


class Moved(NamedTuple):
    """A feature, and how many customers have another value of it."""

    feature: str
    customers: int


def moved_features(
    connection: DuckDBPyConnection, built: str, again: str, key: str = "customer_snapshot_id"
) -> Iterator[Moved]:
    """Yield the features of ``again`` that differ from those of the same name in ``built``.

    Parameters
    ----------
    connection
        Has both.
    built, again
        Relations with a row per customer and snapshot. A row that only ``built`` has is compared
        with nothing but NULL.
    key
        The column that tells rows apart.
    """
    known = dict(_columns(connection, built))
    common = [
        (name, kind)
        for name, kind in _columns(connection, again)
        if name in known and name not in {"customer_snapshot_id", "customer_id", "snapshot_at"}
    ]
    for start in range(0, len(common), FEATURES_AT_ONCE):
        some = common[start : start + FEATURES_AT_ONCE]
        counts = ", ".join(
            f"count(*) filter (where not ({_same(name, kind, known[name])}))" for name, kind in some
        )
        row = connection.execute(
            f"select {counts} from {built} as built left join {again} as again "
            f"on built.{key} = again.{key}"
        ).fetchall()[0]
        yield from (Moved(name, moved) for (name, _), moved in zip(some, row, strict=True) if moved)


def _columns(connection: DuckDBPyConnection, relation: str) -> Columns:
    described = connection.execute(f"describe select * from {relation}").fetchall()
    return [(str(row[0]), str(row[1])) for row in described]


def _same(name: str, kind: str, built_kind: str) -> str:
    one, other = f'built."{name}"', f'again."{name}"'
    are_numbers = [each.startswith(_NUMBERS) for each in (built_kind, kind)]
    if not all(are_numbers):
        if any(are_numbers) or kind != built_kind:  # numbers then, words now
            one, other = f"cast({one} as varchar)", f"cast({other} as varchar)"
        return f"{one} is not distinct from {other}"
    same = f"{one} is not distinct from {other}"
    one, other = f"cast({one} as double)", f"cast({other} as double)"
    size = f"greatest(1, abs({one}), abs({other}))"
    near = f"abs({one} - {other}) <= {TOLERANCE} * {size}"
    return f"{same} or coalesce({near}, false)"
