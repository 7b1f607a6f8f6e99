"""Which questions of time a select leaves unanswered although it drops what could answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlglot import exp

from tessera.leaks.conditions import comparison, is_guarded
from tessera.leaks.meanings import Role
from tessera.leaks.shape import within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tessera.leaks.book import Book
    from tessera.leaks.meanings import Pending
    from tessera.leaks.shape import Shape


class Found(NamedTuple):
    """Numbers of findings, of all rows and of single columns."""

    rows: frozenset[int]
    columns: Mapping[str, frozenset[int]]


def ask(shape: Shape, model: str, book: Book) -> Found:
    """Write down what a select breaks of the law of time."""
    rows = {
        book.write(_rule_of_rows(each), model, shape.select, _words_of_rows(each))
        for each in sorted(shape.pending, key=_order)
        if each not in shape.carried and not _is_settled(shape, each)
    }
    rows |= {
        book.write("period_without_bound", model, shape.select, _words_of_bound(each))
        for each in sorted(_unbounded(shape), key=_order)
    }
    rows |= {
        book.write("later_column_without_its_time", model, shape.select, _words_of_column(*each))
        for each in _early_columns(shape, _conditions(shape))
    }
    columns = {
        each.alias_or_name: frozenset(_column_findings(shape, each, model, book))
        for each in shape.projections
    }
    return Found(frozenset(rows), columns)


def _order(question: Pending) -> tuple[str, str, str]:
    return question.relation, question.column, question.source


def _is_settled(shape: Shape, question: Pending) -> bool:
    """Tell whether all that is taken from the rows in question is guarded.

    The rows must be joined to others that are there without them. Of a group the aggregates take,
    without a group the columns do: then a row must not come twice, which the mart's key tells.
    """
    if question.alias not in shape.outer_aliases:
        return False
    if shape.keys is None:
        taken = [each.unalias() for each in shape.projections if _mine(each, question)]
        return all(_has_guard(each, question, shape) for each in taken)
    if any(_mine(key, question) for key in shape.keys):
        return False
    taken = [each for each in shape.aggregates if _takes(each, question)]
    return all(_has_guard(each, question, shape) for each in taken)


def _takes(aggregate: exp.Expr, question: Pending) -> bool:
    return bool(_mine(aggregate, question)) or not _columns(aggregate)


def _mine(node: exp.Expr, question: Pending) -> list[exp.Column]:
    return [each for each in _columns(node) if each.table == question.alias]


def _has_guard(node: exp.Expr, question: Pending, shape: Shape) -> bool:
    taken: list[exp.Expr] = [*_mine(node, question)] or [node]
    return all(is_guarded(each, question, shape.sources) for each in taken)


def _unbounded(shape: Shape) -> set[Pending]:
    """Return the questions turned into periods while later rows are there: theirs is none."""
    turned = frozenset().union(*shape.periods.values())
    return {
        each
        for each in turned
        if each in shape.carried and each not in shape.bounded and not each.is_end
    }


def _conditions(shape: Shape) -> list[exp.Expr]:
    clauses = [shape.where, *(join.args.get("on") for join in shape.joins)]
    return [each for each in clauses if each is not None]


def _column_findings(shape: Shape, projection: exp.Expr, model: str, book: Book) -> Iterator[int]:
    inner = projection.unalias()
    if isinstance(inner, exp.Column) and shape.is_kept(inner):
        pending = shape.sources.meaning(inner).pending
        owed = pending - shape.answered - shape.carried.keys()
        early = [(inner, each) for each in sorted(owed, key=_order)]
    else:
        early = _early_columns(shape, [inner])
        for end in _read_ends(shape, inner):
            yield book.write("interval_end_read", model, end, _words_of_end(end, shape))
    for each in early:
        yield book.write("later_column_without_its_time", model, inner, _words_of_column(*each))


def _early_columns(shape: Shape, places: list[exp.Expr]) -> list[tuple[exp.Column, Pending]]:
    """List the columns that may be read before they were written, with what would answer."""
    return [
        (column, question)
        for place in places
        for column in _columns(place)
        for question in sorted(shape.sources.meaning(column).pending, key=_order)
        if question not in shape.answered
        and question not in shape.carried
        and not is_guarded(column, question, shape.sources)
        and not _is_compared(column)
    ]


def _is_compared(column: exp.Column) -> bool:
    """Tell whether a column is only compared with a time, or looked up in the periods."""
    return comparison(column.parent) is not None if column.parent else False


def _read_ends(shape: Shape, place: exp.Expr) -> list[exp.Column]:
    """List readings of a time that was not known before it came: the end of an interval."""
    return [
        column
        for column in _columns(place)
        if any(
            each.is_end and each.edge is Role.SNAPSHOT_AT
            for each in shape.sources.meaning(column).times
        )
        and not _is_compared(column)
    ]


def _columns(node: exp.Expr) -> list[exp.Column]:
    return [each for each in within(node) if isinstance(each, exp.Column)]


def _rule_of_rows(question: Pending) -> str:
    return "state_not_as_of" if question.is_end else "fact_without_its_time"


def _words_of_rows(question: Pending) -> str:
    if question.is_end:
        return (
            f"reads {question.relation} without asking which version stood at the snapshot: add "
            f"{question.condition} (at the very instant the version before still stands)."
        )
    return (
        f"takes rows of {question.relation} that may not have been known at the snapshot: admit "
        f"them by {question.condition} in the where or the join, strictly, and by no other column "
        "(is_known_before), or carry that column on."
    )


def _words_of_bound(question: Pending) -> str:
    table = question.relation.rpartition(".")[2]
    return (
        f"gives rows of {question.relation} that are known later than every snapshot the period of "
        f"the oldest: leave them out by {table}.{question.column} < (select max(snapshot_at) ...)."
    )


def _words_of_column(column: exp.Column, question: Pending) -> str:
    return (
        f"reads {column.sql()}, which is written into rows of {question.relation} later: count it "
        f"only where {question.condition}."
    )


def _words_of_end(column: exp.Column, shape: Shape) -> str:
    end = next(each for each in shape.sources.meaning(column).times if each.is_end)
    return (
        f"reads {column.sql()}: when a row of {end.relation} was replaced is known only then. "
        "Compare it with the snapshot, and use it for nothing else."
    )
