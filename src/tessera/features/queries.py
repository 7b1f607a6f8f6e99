"""The queries that made the feature models: where they stand, and how they are read."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

DIALECT = "duckdb"

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
    return scope


def selected(scope: Scope) -> exp.Query:
    """Return the select, or the union, of a scope."""
    return cast("exp.Query", scope.expression)


def sources_of(scope: Scope) -> dict[str, Scope | exp.Expr]:
    """Return what a select reads, in the order it is written."""
    return {alias: source for alias, (_, source) in scope.selected_sources.items()}


def row_clauses(select: exp.Query) -> list[exp.Expr]:
    """List what decides which rows a select gives, in the order it is written."""
    names = ("joins", "where", "group", "having", "qualify", "distinct", "limit", "order")
    found: list[exp.Expr] = []
    for name in names:
        clause = select.args.get(name)
        if name == "order" and not select.args.get("limit"):
            continue
        found += clause if isinstance(clause, list) else [clause] if clause else []
    return [_without_source(clause) for clause in found]


def _without_source(clause: exp.Expr) -> exp.Expr:
    """Leave a join its kind and condition: what it joins is told by the sources."""
    if not isinstance(clause, exp.Join):
        return clause
    bare = clause.copy()
    bare.set("this", exp.to_table("joined"))
    return bare


def relation_name(table: exp.Table) -> str:
    """Return ``schema.table``, or the bare name of what has no schema."""
    return f"{table.db}.{table.name}" if table.db else table.name


@cache
def parsed_expression(text: str) -> exp.Expr:
    """Parse one expression."""
    return parse_one(text, dialect=DIALECT)
