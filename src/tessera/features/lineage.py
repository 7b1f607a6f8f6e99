"""What a column of a feature model computes, traced through queries to the columns of core.

A definition is compared by hash. Two queries that differ in layout, comments, names of CTEs and
aliases, or in other columns, define a column alike; one that filters, joins, groups or computes
otherwise, anywhere on the way, defines it anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import Scope

from tessera.features.queries import (
    DIALECT,
    joined_query,
    parsed_expression,
    place_of,
    relation_name,
    row_clauses,
    row_columns,
    scope_of,
    selected,
    source_text,
    sources_of,
    speaks_of,
    subquery_scope,
    table_of,
)
from tessera.features.traced import Rows, Traced, hashed, numbers_in

if TYPE_CHECKING:
    from collections.abc import Mapping

MART = "customer_features"
OWN = "features_own"
"""The model that holds the features of the user's own files."""

OPAQUE = frozenset({"customer_snapshots", "snapshots_due", "periods", "period_days"})
"""The spine, and the pieces that time is cut into: they say nothing of what a feature means."""


WINDOWS = "snapshot_periods"
"""Says of every window which periods it is the sum of: whoever reads it has not yet chosen one."""


class LineageError(ValueError):
    """A query cannot be read, or a column of it cannot be traced."""


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
    _rows: dict[int, Rows] = field(default_factory=dict)

    def trace(self, model: str, column: str) -> Traced:
        """Trace a column of a model.

        Raises
        ------
        LineageError
            The model's query does not parse, or has no such column.
        """
        return self._trace(self._scope(model), column, model)

    def maker(self, column: str) -> str:
        """Return the model that a column of the mart comes from."""
        made_by = table_of(self._scope(MART), column)
        if made_by is None:
            raise LineageError(f"no family that {MART} joins has a column {column}")
        return made_by

    def trace_own(self, column: str) -> tuple[str, Traced]:
        """Trace a column of ``features_own`` in the file it is written in; return the file too.

        The model ends in ``select * from features``, which joins a CTE per file. Files know nothing
        of each other: one more changes no feature of the others.
        """
        written = joined_query(self._scope(OWN), "features", column)
        if written is None:
            raise LineageError(f"no file of {OWN} has a column {column}")
        return written[0], self._trace(written[1], column, written[0])

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
            rows = self._rows_of(scope, model)
            version = hashed(rows.version, *(part.version for part in parts))
            met = rows.met.union(*(part.met for part in parts))
            return Traced(version, met, parts[0].sql)
        found = [each.unalias() for each in selected(scope).selects if each.alias_or_name == column]
        if not found:
            raise LineageError(f"{model} has no column {column}")
        rows = self._rows_of(scope, model)
        canonical, met = self._canonical(found[0], scope, model)
        sql = self._written_out(found[0], scope, model)
        return Traced(hashed(canonical, rows.version), met | rows.met, sql)

    def _rows_of(self, scope: Scope, model: str) -> Rows:
        key = id(scope)
        if key not in self._rows:
            make = self._rows_of_union if scope.set_operation_scopes else self._rows_of_select
            self._rows[key] = make(scope, model)
        return self._rows[key]

    def _rows_of_union(self, scope: Scope, model: str) -> Rows:
        """Name the rows of a union, or of what is left by ``except`` and ``intersect``."""
        union = selected(scope)
        is_all = isinstance(union, exp.Union) and not union.args.get("distinct")
        name_rows = self._rows_of if is_all else self._whole
        rows = [name_rows(part, model) for part in scope.set_operation_scopes]
        clauses = [self._canonical(each, scope, model)[0] for each in row_clauses(scope)]
        kind = f"{union.key} {union.args.get('distinct')}"
        version = hashed(kind, *(each.version for each in rows), *clauses)
        return Rows(version, frozenset().union(*(each.met for each in rows)))

    def _rows_of_select(self, scope: Scope, model: str) -> Rows:
        texts: list[str] = []
        reached: set[str] = set()
        for source in sources_of(scope).values():
            rows = self._rows_of_source(source, model)
            texts.append(rows.version)
            reached |= rows.met
        for each in [*row_clauses(scope), *row_columns(selected(scope))]:
            text, met = self._canonical(each, scope, model)
            texts.append(text)
            reached |= met
        return Rows(hashed(*texts), frozenset(reached))

    def _rows_of_source(self, source: Scope | exp.Expr, model: str) -> Rows:
        if isinstance(source, Scope):
            return self._rows_of(source, model)
        if isinstance(source, exp.Table) and self._is_model(source):
            rows = self._rows_of(self._scope(source.name), source.name)
            return Rows(rows.version, _met_in(source.name, rows.met))
        return Rows(source_text(source), frozenset())

    def _whole(self, scope: Scope, model: str) -> Rows:
        """Name a query with all of its columns, as a subquery or a side of ``union`` is read."""
        rows = self._rows_of(scope, model)
        columns = [self._trace(scope, name, model) for name in selected(scope).named_selects]
        version = hashed(rows.version, *(column.version for column in columns))
        return Rows(version, rows.met.union(*(column.met for column in columns)))

    def _canonical(
        self, expression: exp.Expr, scope: Scope, model: str
    ) -> tuple[str, frozenset[str]]:
        """Write an expression with each column and subquery replaced by what it stands for."""
        reached: set[str] = set()

        def replaced(node: exp.Expr) -> exp.Expr:
            inner = subquery_scope(node, scope)
            if inner is not None:
                whole = self._whole(inner, model)
                reached.update(whole.met)
                return exp.column(whole.version)
            if isinstance(node, exp.Literal):
                reached.update(numbers_in(frozenset({node.name})))
            if not isinstance(node, exp.Column):
                return node
            traced = self._trace_source(node, scope, model)
            reached.update(traced.met)
            # one table may be joined twice, and the two mean different things
            return exp.column(f"{traced.version}_{place_of(node, scope)}")

        text = expression.copy().transform(replaced).sql(DIALECT, comments=False, normalize=True)
        return text, frozenset(reached)

    def _trace_source(self, column: exp.Column, scope: Scope, model: str) -> Traced:
        source = sources_of(speaks_of(column, scope)).get(column.table)
        if isinstance(source, Scope):
            return self._trace(source, column.name, model)
        if isinstance(source, exp.Table):
            if self._is_model(source):
                traced = self._trace(self._scope(source.name), column.name, source.name)
                met = _met_in(source.name, traced.met)
                return Traced(traced.version, met, f"{source.name}.{column.name}")
            name = f"{relation_name(source)}.{column.name}"
            is_fact = source.db not in {"features", ""}
            return Traced(name, frozenset({name} if is_fact else ()), name)
        return Traced(column.name, frozenset(), column.name)

    def _written_out(self, expression: exp.Expr, scope: Scope, model: str) -> str:
        def replaced(node: exp.Expr) -> exp.Expr:
            if not isinstance(node, exp.Column):
                return node
            written = parsed_expression(self._trace_source(node, scope, model).sql)
            is_loose = isinstance(written, exp.Binary | exp.Neg | exp.Not | exp.Between | exp.In)
            return exp.Paren(this=written) if is_loose and node.parent else written

        return expression.copy().transform(replaced).sql(DIALECT, comments=False)

    def _is_model(self, table: exp.Table) -> bool:
        return table.db == "features" and table.name in self.queries and table.name not in OPAQUE


def _met_in(model: str, met: frozenset[str]) -> frozenset[str]:
    return met - numbers_in(met) if model == WINDOWS else met
