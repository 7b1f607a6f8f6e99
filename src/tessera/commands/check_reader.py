"""Ask the throw-away file of a check what is in it; nothing that names a person is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from duckdb import ColumnExpression, ConstantExpression, FunctionExpression

from tessera.check.emptiness import FeatureFacts
from tessera.check.facts import ColumnFacts, FeedFacts, Orphans, References, Rejection
from tessera.check.label_supply import Supply
from tessera.check.project_map import FEATURES
from tessera.commands.vendor_reader import source_ranks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from duckdb import DuckDBPyConnection, DuckDBPyRelation, Expression

    from tessera.check.project_map import DeclaredColumn, DeclaredFeed, Model, ProjectMap

REJECTIONS = """
    select
        rejected_column,
        rejected_reason,
        count(*) as rows,
        mode(rejected_value) as shape,
        min_by(feed_file, (feed_file, feed_row)) as file,
        min_by(feed_row, (feed_file, feed_row)) as row
    from rejected
    group by rejected_column, rejected_reason
    order by rows desc, rejected_column, rejected_reason
"""

CUSTOMERS = """
    with buyers as (
        select distinct customer_id from pii.customer_identifiers where source = 'orders'
    )
    select
        identifiers.source,
        count(distinct identifiers.customer_id) as customers,
        count(distinct buyers.customer_id) as with_orders
    from pii.customer_identifiers as identifiers
    left join buyers on identifiers.customer_id = buyers.customer_id
    group by identifiers.source
"""

REFERENCE_TYPES = """
    select source, identifier_type, count(distinct customer_id) as customers
    from pii.customer_identifiers
    group by source, identifier_type
    order by customers desc, identifier_type
"""

SUPPLY = """
    select
        target,
        horizon_days,
        positives,
        negatives,
        customers_positive,
        customers_negative,
        snapshots,
        fewest_of_each_answer,
        reason
    from features.label_supply
    order by target
"""


def read_feed(
    connection: DuckDBPyConnection, feed: DeclaredFeed, project: ProjectMap, readable: Sequence[str]
) -> FeedFacts:
    """Read what was found of a feed that could be read.

    Parameters
    ----------
    connection
        To the throw-away file, with the inventory of the feed in it.
    feed, project
        What to read, and where it is.
    readable
        The feeds that could be read: rows are looked up in these only.
    """
    delivered = _rows_of(connection, project.base(feed.name))
    usable = delivered.filter("rejected_reason is null")
    rejected = delivered.filter("rejected_reason is not null")
    names = [name for _, name in _inventory(connection, "feed_columns", feed.name)]
    columns = _columns(usable, feed, names)
    unread = dict.fromkeys(name for name in names if name not in delivered.columns)
    files = [Path(file).name for _, file in _inventory(connection, "feed_files", feed.name)]
    return FeedFacts(
        declared=feed,
        files=tuple(files),
        connectors=tuple(_bringing(connection, delivered)),
        rows_in=_count(delivered),
        rows_kept=_count(_rows_of(connection, project.staged(feed.name))),
        rows_rejected=_count(rejected),
        columns=columns,
        unread_columns=tuple(unread),
        rejections=_rejections(rejected, source_ranks(connection).values()),
        orphans=tuple(_orphans(connection, usable, feed, project, readable)),
        months=_months(usable, columns),
    )


def _rows_of(connection: DuckDBPyConnection, relation: str) -> DuckDBPyRelation:
    """Return a relation's rows: of a table or of a view, which ``table`` would not find."""
    return connection.sql(f"from {relation}")


def _inventory(connection: DuckDBPyConnection, table: str, feed: str) -> list[tuple[str, ...]]:
    of_feed = ColumnExpression("feed") == ConstantExpression(feed)
    return _rows_of(connection, f"inventory.{table}").filter(of_feed).fetchall()


def _bringing(connection: DuckDBPyConnection, delivered: DuckDBPyRelation) -> list[str]:
    """Return the connectors that brought rows, the one believed most first."""
    ranks = delivered.select(ColumnExpression("source_rank")).distinct().fetchall()
    known = source_ranks(connection)
    return [known[rank] for (rank,) in sorted(ranks) if rank in known]


def _count(relation: DuckDBPyRelation) -> int:
    return int(relation.aggregate("count(*)").fetchall()[0][0])


def _columns(
    usable: DuckDBPyRelation, feed: DeclaredFeed, present: Sequence[str]
) -> tuple[ColumnFacts, ...]:
    asked = [expression for column in feed.columns for expression in _asked(column)]
    answers = iter(usable.aggregate(asked).fetchall()[0])
    facts = []
    for column in feed.columns:
        filled, is_constant, earliest, latest = (next(answers) for _ in range(4))
        is_present = column.name in present or filled > 0
        constant = bool(is_constant)
        facts.append(ColumnFacts(column, is_present, filled, constant, earliest, latest))
    return tuple(facts)


def _asked(column: DeclaredColumn) -> list[Expression]:
    value = ColumnExpression(column.name)
    least, most = FunctionExpression("min", value), FunctionExpression("max", value)
    times = [least, most] if column.is_time else [ConstantExpression(None)] * 2
    return [FunctionExpression("count", value), least == most, *times]


def _rejections(rejected: DuckDBPyRelation, connectors: Collection[str]) -> tuple[Rejection, ...]:
    rows = rejected.query("rejected", REJECTIONS).fetchall()
    return tuple(
        Rejection(column, reason, count, shape, _shown(file, connectors), row)
        for column, reason, count, shape, file, row in rows
    )


def _shown(file: str, connectors: Collection[str]) -> str:
    """Return a file's own name; that of a vendor's file with the vendor's folder."""
    parts = Path(file).parts
    folders = (place for place, part in enumerate(parts[:-1]) if part in connectors)
    return "/".join(parts[next(folders, -1) :])


def _orphans(
    connection: DuckDBPyConnection,
    usable: DuckDBPyRelation,
    feed: DeclaredFeed,
    project: ProjectMap,
    readable: Sequence[str],
) -> list[Orphans]:
    """Look each ``<thing>_id`` up in the feed of that thing, where there is one with rows."""
    found = []
    for column in feed.columns:
        name = column.name
        other = f"{name.removesuffix('_id')}s"
        if not name.endswith("_id") or other == feed.name or other not in readable:
            continue
        known = _rows_of(connection, project.base(other)).select(ColumnExpression(name))
        naming = usable.select(ColumnExpression(name)).filter(ColumnExpression(name).isnotnull())
        rows = _count(naming)
        if rows and _count(known):
            missing = _count(naming.join(known, name, how="anti"))
            found.append(Orphans(name, other, rows, missing, column.is_reference))
    return found


def _months(
    usable: DuckDBPyRelation, columns: Sequence[ColumnFacts]
) -> tuple[tuple[datetime, int], ...]:
    happened = [
        column.name
        for column in columns
        if column.declared.is_time and column.declared.is_required and column.declared.is_past
    ]
    if not happened:
        return ()
    start = FunctionExpression(
        "date_trunc", ConstantExpression("month"), ColumnExpression(happened[0])
    )
    months = usable.select(start.alias("month")).aggregate("month, count(*)").order("month")
    return tuple((month, rows) for month, rows in months.fetchall())


def read_references(connection: DuckDBPyConnection) -> list[References]:
    """Read how customers are named, one entry per feed that names any."""
    types: dict[str, list[tuple[str, int]]] = {}
    for source, kind, customers in connection.execute(REFERENCE_TYPES).fetchall():
        types.setdefault(source, []).append((kind, customers))
    rows = connection.execute(CUSTOMERS).fetchall()
    found = [References(source, known, some, tuple(types[source])) for source, known, some in rows]
    return sorted(found, key=lambda references: (-references.customers, references.feed))


def read_supplies(connection: DuckDBPyConnection) -> list[Supply]:
    """Count the answers to each declared target, by name."""
    return [Supply(*row) for row in connection.execute(SUPPLY).fetchall()]


def read_features(
    connection: DuckDBPyConnection, project: ProjectMap
) -> dict[str, list[FeatureFacts]]:
    """Read of each feature, by family, whether it has values, and different ones."""
    features = _rows_of(connection, project.models[FEATURES].relation)
    names = {family.name: _names(connection, family) for family in project.families}
    # the family of one's own features has none until somebody writes a file
    return {family: _features(features, found) for family, found in names.items() if found}


def _names(connection: DuckDBPyConnection, family: Model) -> list[str]:
    columns: list[str] = _rows_of(connection, family.relation).columns
    return [name for name in columns if name != "customer_snapshot_id"]


def _features(features: DuckDBPyRelation, names: Sequence[str]) -> list[FeatureFacts]:
    asked = []
    for name in names:
        value = ColumnExpression(name)
        count = FunctionExpression("count", value)
        asked += [count, FunctionExpression("min", value) == FunctionExpression("max", value)]
    row = features.aggregate(asked).fetchall()[0]
    return [
        FeatureFacts(name, has_values=bool(filled), is_constant=bool(same) and filled > 0)
        for name, filled, same in zip(names, row[::2], row[1::2], strict=True)
    ]
