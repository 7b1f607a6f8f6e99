"""Words that no feature may use: clocks, chance, and columns that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from tessera.features.queries import DIALECT
from tessera.leaks.functions import is_drawn, reads_clock
from tessera.leaks.questions import Found
from tessera.leaks.shape import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.leaks.book import Book
    from tessera.leaks.shape import Shape

_CLAUSES = ("from_", "joins", "where", "group", "having", "qualify", "limit", "sample")

CLOCK = (
    "reads a clock, {}: another day gives another value. Write snapshots.snapshot_at, the instant "
    "that a feature looks from."
)
CHANCE = (
    "draws by chance, {}: each build gives another value. Draw by a hash of customer_id, or not at "
    "all."
)


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
            yield "clock", node, CLOCK.format(node.sql(DIALECT))
        elif is_drawn(node):
            yield "chance", node, CHANCE.format(node.sql(DIALECT))


def _unknown_columns(shape: Shape) -> Iterator[exp.Column]:
    """Yield columns that no source has; those of a named source are looked up before."""
    names = {each.alias_or_name for each in shape.projections}
    for column in (node for place in _places(shape) for node in within(place)):
        if isinstance(column, exp.Column) and not column.table and column.name not in names:
            yield column


def _places(shape: Shape) -> Iterator[exp.Expr]:
    yield from _clauses(shape.select)
    yield from shape.projections


def _unknown(column: exp.Column, model: str) -> tuple[str, str, exp.Expr, str]:
    words = f"reads {column.name}, which is in none of its sources: name a column that is."
    return "unknown_column", model, column, words
