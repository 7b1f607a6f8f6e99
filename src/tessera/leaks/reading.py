"""Read a query by the law of time: what its rows and columns still owe, and which rules it breaks.

Selects are read from the inside out. Each takes the rows of its sources with the questions that
they await, answers some by its conditions, must carry what answers the others, and hands on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from sqlglot import exp
from sqlglot.optimizer.scope import Scope

from tessera.features.queries import relation_name, selected, sources_of
from tessera.leaks.conditions import answered
from tessera.leaks.functions import is_aggregate
from tessera.leaks.law import FEATURES
from tessera.leaks.meanings import Meaning, Role, Rows
from tessera.leaks.questions import ask
from tessera.leaks.shape import Shape, within
from tessera.leaks.sources import Sources, fact_rows, plain_rows, spine_rows
from tessera.leaks.structure import look
from tessera.leaks.vocabulary import spell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.leaks.book import Book
    from tessera.leaks.law import Law
    from tessera.leaks.meanings import Pending
    from tessera.leaks.questions import Found

SERIES = ("unnest", "generate_series", "range")
"""Functions in the place of a table that read nothing."""


@dataclass
class Reading:
    """Reads the queries of one model.

    Attributes
    ----------
    model
        Its name.
    law
        What may be read.
    columns
        Columns of every relation, by ``schema.table``.
    models
        What the models before it return.
    book
        Where findings go.
    """

    model: str
    law: Law
    columns: Mapping[str, Sequence[str]]
    models: Mapping[str, Rows]
    book: Book
    _read: dict[int, Rows] = field(default_factory=dict)

    def rows_of(self, scope: Scope, outer: Sources | None = None) -> Rows:
        """Return what a query returns; what it breaks goes into the book."""
        key = id(scope)
        if key not in self._read:
            unions = scope.set_operation_scopes
            self._read[key] = (
                _united([self.rows_of(each, outer) for each in unions])
                if unions
                else self._selected(scope, outer)
            )
        return self._read[key]

    def _selected(self, scope: Scope, outer: Sources | None) -> Rows:
        select = selected(scope)
        sources = Sources(
            {alias: self._source(source).under(alias) for alias, source in _sources(scope)}, outer
        )
        if not isinstance(select, exp.Select):
            return plain_rows(select.named_selects)
        shape = Shape(select, sources)
        nested = {
            id(each.expression): self._nested(each, sources) for each in scope.subquery_scopes
        }
        mixed = look(shape, self.model, self.book)
        found = [each(shape, self.model, self.book) for each in (ask, spell)]
        return _result(shape, nested, mixed.union(*(each.rows for each in found)), found)

    def _nested(self, scope: Scope, outer: Sources) -> frozenset[int]:
        """Read a query inside an expression, which must answer its questions itself."""
        rows = self.rows_of(scope, outer)
        marks = rows.marks.union(*(column.marks for column in rows.columns.values()))
        owed = rows.pending.union(*(column.pending for column in rows.columns.values()))
        if owed:
            node = selected(scope)
            marks |= {self.book.write("fact_without_its_time", self.model, node, _unanswered(owed))}
        return marks

    def _source(self, source: Scope | exp.Expr) -> Rows:
        if isinstance(source, Scope):
            return self.rows_of(source)
        return self._table(source) if isinstance(source, exp.Table) else Rows({})

    def _table(self, source: exp.Table) -> Rows:
        relation = relation_name(source)
        columns = self.columns.get(relation, [])
        if relation in self.law.facts:
            return fact_rows(self.law.facts[relation], columns)
        if relation in self.law.spine:
            return spine_rows(columns)
        if source.db == FEATURES and source.name in self.models:
            return self.models[source.name]
        rows = plain_rows(columns)
        if relation in self.law.undated or _is_series(source):
            return rows
        refusal = self._refusal(relation)
        return rows.marked(self.book.write("forbidden_relation", self.model, source, refusal))

    def _refusal(self, relation: str) -> str:
        dated = relation.removesuffix("s") + "_versions"
        instead = (
            f"{dated}, which says what was known when"
            if dated in self.law.facts
            else f"features.snapshots_due, or one of {', '.join(self.law.readable)}"
        )
        return f"reads {relation or 'a file'}, which no feature may read: read {instead}."


def _sources(scope: Scope) -> list[tuple[str, Scope | exp.Expr]]:
    return list(sources_of(scope).items())


def _is_series(table: exp.Table) -> bool:
    return isinstance(table.this, exp.Func) and table.this.sql_name().lower() in SERIES


def _unanswered(owed: frozenset[Pending]) -> str:
    first = min(owed, key=lambda each: (each.relation, each.column))
    return (
        f"asks {first.relation} in an inner query without its time: add "
        f"{first.condition} to its where."
    )


def _united(parts: list[Rows]) -> Rows:
    """Take the rows of several queries together, columns by their place."""
    names = list(parts[0].columns)
    places = [list(part.columns.values()) for part in parts]
    columns = {
        name: _either([column[place] for column in places if place < len(column)])
        for place, name in enumerate(names)
    }
    return Rows(
        columns,
        pending=frozenset().union(*(part.pending for part in parts)),
        bounded=frozenset().union(*(part.bounded for part in parts)),
        is_of_snapshots=any(part.is_of_snapshots for part in parts),
        is_of_customers=any(part.is_of_customers for part in parts),
        marks=frozenset().union(*(part.marks for part in parts)),
    )


def _either(columns: list[Meaning]) -> Meaning:
    roles = {column.role for column in columns}
    return Meaning(
        role=roles.pop() if len(roles) == 1 else None,
        times=frozenset().union(*(column.times for column in columns)),
        pending=frozenset().union(*(column.pending for column in columns)),
        marks=frozenset().union(*(column.marks for column in columns)),
    )


def _result(
    shape: Shape,
    nested: Mapping[int, frozenset[int]],
    marks: frozenset[int],
    found: Sequence[Found],
) -> Rows:
    sources = shape.sources
    of_rows = marks.union(
        *(rows.marks for alias, rows in sources.rows.items() if alias not in shape.outer_aliases),
        *(nested[id(each)] for each in _conditions(shape) if id(each) in nested),
    )
    columns = {
        each.alias_or_name: _column(shape, each, nested, of_rows) for each in shape.projections
    }
    for name, more in ((name, more) for each in found for name, more in each.columns.items()):
        columns[name] = replace(columns[name], marks=columns[name].marks | more)
    return Rows(
        columns,
        pending=_carried(shape, shape.pending),
        bounded=_carried(shape, shape.bounded),
        is_of_snapshots=any(rows.is_of_snapshots for rows in sources.rows.values()),
        is_of_customers=any(rows.is_of_customers for rows in sources.rows.values()),
        marks=of_rows,
    )


def _carried(shape: Shape, questions: frozenset[Pending]) -> frozenset[Pending]:
    return frozenset(
        shape.as_result(each, shape.carried[each]) for each in questions if each in shape.carried
    )


def _column(
    shape: Shape, node: exp.Expr, nested: Mapping[int, frozenset[int]], marks: frozenset[int]
) -> Meaning:
    sources, inner = shape.sources, node.unalias()
    columns = [each for each in within(inner) if isinstance(each, exp.Column)]
    meanings = [sources.meaning(each) for each in columns]
    owed = frozenset().union(*(each.pending for each in meanings)) - shape.answered
    touched = [sources.rows[each.table].marks for each in columns if each.table in sources.rows]
    counts_rows = not columns and any(map(is_aggregate, within(inner)))
    everything = [rows.marks for rows in sources.rows.values()] if counts_rows else []
    inside = (nested.get(id(each), frozenset()) for each in inner.find_all(exp.Query))
    return Meaning(
        role=_role(shape, inner),
        times=frozenset(shape.as_result(each, node) for each in shape.times_of(node)),
        answers=_answers(shape, inner),
        pending=_carried(shape, owed),
        marks=marks.union(*(each.marks for each in meanings), *touched, *everything, *inside),
    )


def _answers(shape: Shape, node: exp.Expr) -> frozenset[Pending]:
    """Return the questions that a column answers by being true, as the result awaits them."""
    if not shape.is_kept(node):
        return frozenset()
    return _carried(shape, answered(node, shape.sources))


def _role(shape: Shape, node: exp.Expr) -> Role | None:
    """Return the role of a column that is handed on; the latest of a snapshot's times is its."""
    if isinstance(node, exp.Max | exp.Min | exp.AnyValue) and isinstance(node.this, exp.Column):
        role = shape.sources.meaning(node.this).role
        return role if role is Role.SNAPSHOT_AT else None
    if isinstance(node, exp.Column):
        return shape.sources.meaning(node).role
    return None


def _conditions(shape: Shape) -> list[exp.Expr]:
    places = [shape.where, *(join.args.get("on") for join in shape.joins)]
    return [
        cast("exp.Expr", query)
        for place in places
        if place is not None
        for query in place.find_all(exp.Query)
    ]
