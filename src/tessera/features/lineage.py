"""What a column of a feature model computes, traced through queries to the columns of core.

A definition is compared by hash. Two queries that differ in layout, comments, names of CTEs and
aliases, or in other columns, define a column alike; one that filters, joins, groups or computes
otherwise, anywhere on the way, defines it anew.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope

from tessera.features.queries import (
    DIALECT,
    parsed_expression,
    relation_name,
    row_clauses,
    scope_of,
    selected,
    sources_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = "features_own"
"""The model that holds the features of the user's own files."""

OPAQUE = frozenset({"customer_snapshots", "snapshots_due", "periods", "period_days"})
"""The spine, and the pieces that time is cut into: they say nothing of what a feature means."""


class LineageError(ValueError):
    """A query cannot be read, or a column of it cannot be traced."""


@dataclass(frozen=True)
class Traced:
    """What a column is made of.

    Attributes
    ----------
    version
        Hash of everything that decides its value.
    sources
        Columns of core and identity it is made of or filtered by, as ``core.orders.amount``.
    sql
        Its expression, with the columns of CTEs written out.
    """

    version: str
    sources: frozenset[str]
    sql: str


@dataclass(frozen=True)
class _Rows:
    """Which rows a query gives, whatever its columns: its sources, joins, filters and groups."""

    version: str
    sources: frozenset[str]


@dataclass
class Lineage:
    """The feature models of one build, to trace columns in.

    Attributes
    ----------
    queries
        Query of each model in schema ``features``, as it was run.
    columns
        Columns of every relation that the queries may read, by ``schema.table``.
    """

    queries: Mapping[str, str]
    columns: Mapping[str, list[str]]
    _scopes: dict[str, Scope] = field(default_factory=dict)
    _traced: dict[tuple[int, str], Traced] = field(default_factory=dict)
    _rows: dict[int, _Rows] = field(default_factory=dict)

    def trace(self, model: str, column: str) -> Traced:
        """Trace a column of a model.

        Raises
        ------
        LineageError
            The model's query does not parse, or has no such column.
        """
        return self._trace(self._scope(model), column, model)

    def written_in(self, column: str) -> str:
        """Return the file that a column of ``features_own`` comes from.

        The model ends in ``select * from features``, which joins a CTE per file.
        """
        features = sources_of(self._scope(OWN))["features"]
        if not isinstance(features, Scope):
            raise LineageError(f"{OWN} does not join its files in a CTE named features")
        found = [each for each in selected(features).selects if each.alias == column]
        return str(found[0].this.table)

    def _scope(self, model: str) -> Scope:
        if model not in self._scopes:
            try:
                self._scopes[model] = scope_of(self.queries[model], self._schema())
            except SqlglotError as error:
                raise LineageError(f"the query of {model} cannot be read: {error}") from error
        return self._scopes[model]

    def _schema(self) -> dict[str, object]:
        schema: dict[str, dict[str, dict[str, str]]] = {}
        for name, columns in self.columns.items():
            database, table = name.split(".")
            # types decide nothing here
            schema.setdefault(database, {})[table] = dict.fromkeys(columns, "text")
        return dict(schema)

    def _trace(self, scope: Scope, column: str, model: str) -> Traced:
        key = (id(scope), column)
        if key not in self._traced:
            self._traced[key] = self._trace_anew(scope, column, model)
        return self._traced[key]

    def _trace_anew(self, scope: Scope, column: str, model: str) -> Traced:
        if scope.set_operation_scopes:
            # a union has the names of its first query, and matches the others' columns by place
            place = selected(scope).named_selects.index(column)
            parts = [
                self._trace(each, selected(each).named_selects[place], model)
                for each in scope.set_operation_scopes
            ]
            return Traced(
                _hashed("union", *(part.version for part in parts)),
                frozenset().union(*(part.sources for part in parts)),
                parts[0].sql,
            )
        found = [each for each in selected(scope).selects if each.alias_or_name == column]
        if not found:
            raise LineageError(f"{model} has no column {column}")
        expression = found[0].unalias()
        rows = self._rows_of(scope, model)
        canonical, sources = self._canonical(expression, scope, model)
        sql = self._written_out(expression, scope, model)
        return Traced(_hashed(canonical, rows.version), sources | rows.sources, sql)

    def _rows_of(self, scope: Scope, model: str) -> _Rows:
        key = id(scope)
        if key not in self._rows:
            self._rows[key] = self._rows_anew(scope, model)
        return self._rows[key]

    def _rows_anew(self, scope: Scope, model: str) -> _Rows:
        if scope.set_operation_scopes:
            parts = [self._rows_of(each, model) for each in scope.set_operation_scopes]
            sources = frozenset().union(*(part.sources for part in parts))
            return _Rows(_hashed("union", *(part.version for part in parts)), sources)
        texts: list[str] = []
        reached: set[str] = set()
        for source in sources_of(scope).values():
            rows = self._rows_of_source(source, model)
            texts.append(rows.version)
            reached |= rows.sources
        for clause in row_clauses(selected(scope)):
            text, sources = self._canonical(clause, scope, model)
            texts.append(text)
            reached |= sources
        return _Rows(_hashed(*texts), frozenset(reached))

    def _rows_of_source(self, source: Scope | exp.Expr, model: str) -> _Rows:
        if isinstance(source, Scope):
            return self._rows_of(source, model)
        if not isinstance(source, exp.Table):
            return _Rows(source.sql(DIALECT), frozenset())
        name = relation_name(source)
        if self._is_model(source):
            return self._rows_of(self._scope(source.name), source.name)
        return _Rows(name, frozenset())

    def _canonical(
        self, expression: exp.Expr, scope: Scope, model: str
    ) -> tuple[str, frozenset[str]]:
        """Write an expression with each column replaced by what it stands for."""
        reached: set[str] = set()
        places = {name: place for place, name in enumerate(sources_of(scope))}

        def replaced(node: exp.Expr) -> exp.Expr:
            if not isinstance(node, exp.Column):
                return node
            traced = self._trace_source(node, scope, model)
            reached.update(traced.sources)
            # one table may be joined twice, and the two mean different things
            return exp.column(f"{traced.version}_{places.get(node.table, '')}")

        text = expression.copy().transform(replaced).sql(DIALECT, comments=False, normalize=True)
        return text, frozenset(reached)

    def _trace_source(self, column: exp.Column, scope: Scope, model: str) -> Traced:
        source = sources_of(scope).get(column.table)
        if isinstance(source, Scope):
            return self._trace(source, column.name, model)
        if isinstance(source, exp.Table):
            if self._is_model(source):
                traced = self._trace(self._scope(source.name), column.name, source.name)
                return Traced(traced.version, traced.sources, f"{source.name}.{column.name}")
            name = f"{relation_name(source)}.{column.name}"
            is_fact = source.db not in {"features", ""}
            return Traced(name, frozenset({name} if is_fact else ()), name)
        return Traced(column.name, frozenset(), column.name)

    def _written_out(self, expression: exp.Expr, scope: Scope, model: str) -> str:
        def replaced(node: exp.Expr) -> exp.Expr:
            if not isinstance(node, exp.Column):
                return node
            written = parsed_expression(self._trace_source(node, scope, model).sql)
            return written if isinstance(written, exp.Column) else exp.Paren(this=written)

        return expression.copy().transform(replaced).sql(DIALECT, comments=False)

    def _is_model(self, table: exp.Table) -> bool:
        return table.db == "features" and table.name in self.queries and table.name not in OPAQUE


def _hashed(*texts: str) -> str:
    return "v" + hashlib.sha256("\n".join(texts).encode()).hexdigest()[:24]
