"""The queries that made the feature models: where they stand, and how they are read."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

if TYPE_CHECKING:
    from collections.abc import Sequence

DIALECT = "duckdb"
_SUBQUERY = "place of the subquery among those of its scope"

_OF_A_SOURCE = ("pivots", "sample")
_OF_A_SELECT = ("joins", "laterals", "where", "group", "having", "qualify", "windows")
_OF_ROWS_MADE = ("distinct", "limit", "offset")

_QUERIES = """
select table_name, comment from duckdb_tables()
where database_name = current_database() and schema_name = 'features' and comment is not null
order by table_name
"""
_COLUMNS = """
select table_schema || '.' || table_name, column_name, data_type
from information_schema.columns
where table_catalog = current_database() and table_schema in ('features', 'core', 'identity')
order by table_schema, table_name, ordinal_position
"""


def read_queries(session: Any) -> dict[str, str]:
    """Return the query that made each model of schema ``features``, from the tables' comments."""
    return dict(session.execute(_QUERIES).fetchall())


def read_columns(session: Any) -> dict[str, dict[str, str]]:
    """Return the columns, with their types, of every relation that a feature model may read."""
    columns: dict[str, dict[str, str]] = {}
    for relation, name, data_type in session.execute(_COLUMNS).fetchall():
        columns.setdefault(relation, {})[name] = data_type
    return columns


def scope_of(query: str, schema: dict[str, object]) -> Scope:
    """Parse a query, write out its stars and qualify its columns.

    Parameters
    ----------
    query
        A select, as it was run.
    schema
        Columns and types by schema and table.

    Raises
    ------
    SqlglotError
        The query does not parse, or is no select.
    """
    parsed = parse_one(query, dialect=DIALECT)
    for table in parsed.find_all(exp.Table):
        if table.args.get("db"):
            table.set("catalog", None)
    qualified = qualify(
        parsed,
        schema=schema,
        dialect=DIALECT,
        validate_qualify_columns=False,
        quote_identifiers=False,
    )
    scope = build_scope(qualified)
    if scope is None:
        raise SqlglotError("it is no select")
    for each in scope.traverse():
        for place, subquery in enumerate(each.subquery_scopes):
            # copies of an expression keep this, and so find the scope again
            subquery.expression.meta[_SUBQUERY] = place
    return scope


def subquery_scope(node: exp.Expr, scope: Scope) -> Scope | None:
    """Return the scope of a subquery inside an expression of ``scope``; None for what is none."""
    place = node.meta.get(_SUBQUERY)
    subqueries: list[Scope] = scope.subquery_scopes
    return None if place is None else subqueries[place]


def selected(scope: Scope) -> exp.Query:
    """Return the select, or the union, of a scope."""
    return cast("exp.Query", scope.expression)


def sources_of(scope: Scope) -> dict[str, Scope | exp.Expr]:
    """Return what a select reads, in the order it is written."""
    return {alias: source for alias, (_, source) in scope.selected_sources.items()}


def joined_query(scope: Scope, cte: str, column: str) -> tuple[str, Scope] | None:
    """Return the query, with its name, that a column of a joining CTE is taken from."""
    joining = sources_of(scope).get(cte)
    if not isinstance(joining, Scope):
        return None
    for each in selected(joining).selects:
        source = sources_of(joining).get(each.unalias().text("table"))
        if each.alias_or_name == column and isinstance(source, Scope):
            return each.unalias().text("table"), source
    return None


def table_of(scope: Scope, column: str) -> str | None:
    """Return the table that a column is passed on from, unchanged, through CTEs and unions."""
    while scope.set_operation_scopes:
        scope = scope.set_operation_scopes[0]
    for each in selected(scope).selects:
        passed_on = each.unalias()
        if each.alias_or_name == column and isinstance(passed_on, exp.Column):
            source = sources_of(scope).get(passed_on.table)
            if isinstance(source, Scope):
                return table_of(source, passed_on.name)
            return source.name if isinstance(source, exp.Table) else None
    return None


def speaks_of(column: exp.Column, scope: Scope) -> Scope:
    """Return the query that a column belongs to: its own, or one around a correlated subquery."""
    around: Scope | None = scope
    while around is not None:
        if column.table in around.selected_sources:
            return around
        around = around.parent
    return scope


def place_of(column: exp.Column, scope: Scope) -> str:
    """Tell where the source of a column stands in its query, whatever it is called there."""
    own = speaks_of(column, scope)
    places = {name: place for place, name in enumerate(own.selected_sources)}
    return f"{'' if own is scope else 'around_'}{places.get(column.table, '')}"


def row_clauses(scope: Scope) -> list[exp.Expr]:
    """List what decides which rows a query gives, in the order it is written."""
    query = selected(scope)
    sources = [node for node, _ in scope.selected_sources.values()]
    clauses = [clause for source in sources for clause in _clauses(source, _OF_A_SOURCE)]
    clauses += [_without_source(clause) for clause in _clauses(query, _OF_A_SELECT)]
    made = _clauses(query, _OF_ROWS_MADE)
    return [*clauses, *made, *(_clauses(query, ("order",)) if made else [])]


def _clauses(node: exp.Expr, names: Sequence[str]) -> list[exp.Expr]:
    found = [node.args.get(name) for name in names]
    flat = [each for value in found for each in (value if isinstance(value, list) else [value])]
    # of a union, distinct is a flag, which its kind tells
    return [each for each in flat if isinstance(each, exp.Expr)]


def row_columns(select: exp.Query) -> list[exp.Expr]:
    """List the columns that decide which rows a select gives: of ``distinct`` and ``by all``."""
    group = select.args.get("group")
    if select.args.get("distinct"):
        return [column.unalias() for column in select.selects]
    if group is not None and group.args.get("all"):
        return [column.unalias() for column in select.selects if not column.find(exp.AggFunc)]
    return []


def _without_source(clause: exp.Expr) -> exp.Expr:
    """Leave a join its kind and condition: what it joins is told by the sources."""
    if not isinstance(clause, exp.Join):
        return clause
    bare = clause.copy()
    bare.set("this", exp.to_table("joined"))
    return bare


def source_text(source: exp.Expr) -> str:
    """Write a source without its alias."""
    bare = source.copy()
    bare.set("alias", None)
    return bare.sql(DIALECT, comments=False, normalize=True)


def relation_name(table: exp.Table) -> str:
    """Return ``schema.table``, or the bare name of what has no schema."""
    return f"{table.db}.{table.name}" if table.db else table.name


@cache
def parsed_expression(text: str) -> exp.Expr:
    """Parse one expression."""
    return parse_one(text, dialect=DIALECT)
