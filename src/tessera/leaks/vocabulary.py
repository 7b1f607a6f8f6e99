"""Words that no feature may use: clocks, chance, and columns that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from tessera.leaks.functions import is_drawn, reads_clock
from tessera.leaks.questions import Found
from tessera.leaks.shape import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.leaks.book import Book
    from tessera.leaks.shape import Shape
    from tessera.leaks.sources import Sources

_CLAUSES = ("from_", "joins", "where", "group", "having", "qualify", "limit", "sample")


def spell(shape: Shape, model: str, book: Book) -> Found:
    """Write down the words in a select that no feature may use."""
    rows: set[int] = set()
    for clause in _clauses(shape.select):
        rows |= {book.write(rule, model, node, words) for rule, node, words in _wrong(clause)}
    rows |= {book.write(*_unknown(each, model)) for each in _unknown_columns(shape)}
    columns = {
        each.alias_or_name: frozenset(
            book.write(rule, model, node, words) for rule, node, words in _wrong(each)
        )
        for each in shape.projections
    }
    return Found(frozenset(rows), columns)


def _clauses(select: exp.Select) -> Iterator[exp.Expr]:
    for name in _CLAUSES:
        clause = select.args.get(name)
        yield from clause if isinstance(clause, list) else [clause] if clause else []


def _wrong(place: exp.Expr) -> Iterator[tuple[str, exp.Expr, str]]:
    for node in within(place):
        if reads_clock(node):
            yield (
                "clock",
                node,
                f"reads a clock, {node.sql('duckdb')}: another day gives another value. Write "
                "snapshots.snapshot_at, the instant that a feature looks from.",
            )
        elif is_drawn(node):
            yield (
                "chance",
                node,
                f"draws by chance, {node.sql('duckdb')}: each build gives another value. Draw by a "
                "hash of customer_id, or not at all.",
            )


def _unknown_columns(shape: Shape) -> Iterator[exp.Column]:
    names = {each.alias_or_name for each in shape.projections}
    places = [*_clauses(shape.select), *shape.projections]
    for column in (node for place in places for node in within(place)):
        if isinstance(column, exp.Column) and not _is_known(column, shape.sources, names):
            yield column


def _is_known(column: exp.Column, sources: Sources, names: set[str]) -> bool:
    if not column.table:
        return column.name in names
    around: Sources | None = sources
    while around is not None:
        rows = around.rows.get(column.table)
        if rows is not None:
            return column.name in rows.columns or not rows.columns
        around = around.outer
    return True  # a field of a value, or a source that cannot be looked into


def _unknown(column: exp.Column, model: str) -> tuple[str, str, exp.Expr, str]:
    source = column.table or "its sources"
    return (
        "unknown_column",
        model,
        column,
        f"reads {column.name}, which {source} does not have: name a column that it has.",
    )
