"""Compare the features of a snapshot with those of a build that looked from it, feeds and all.

That build knew less of who is who as well. A key that turned out to be shared ties nobody
together any more, not even in the past; whoever is another customer by that is set aside and
counted, since a feature that differs with the customer says nothing of time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from tessera.leaks.comparison import Moved, moved_features

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_PEOPLE = """
    create temp table people_{name} as
    select customer_id, md5(string_agg(distinct identifier_id, ' ' order by identifier_id)) as who
    from {name}.identity.customer_identities
    where valid_from < $snapshot and coalesce(linked_at, valid_from) < $snapshot
    group by customer_id
"""
_COMPARED = """
    create temp table compared as
    select
        built.customer_id,
        again.customer_id is not null as is_there,
        people_now.who is not distinct from people_past.who as is_same
    from now.features.customer_features as built
    left join past.features.customer_features as again
        on built.customer_id = again.customer_id and again.snapshot_at = $snapshot
    left join people_now on built.customer_id = people_now.customer_id
    left join people_past on built.customer_id = people_past.customer_id
    where built.snapshot_at = $snapshot
    order by md5(built.customer_id)
    limit $most
"""
_COUNTED = """
    select
        count(*) filter (where is_there and is_same),
        count(*) filter (where is_there and not is_same),
        count(*) filter (where not is_there)
    from compared
"""
_MERGED = """
    select count(*) from past.features.customer_features
    where snapshot_at = $snapshot
    and customer_id not in (select customer_id from now.core.customers)
"""
_ROWS = """
    create temp table {name}_rows as
    select * from {name}.features.customer_features
    where snapshot_at = $snapshot
    and customer_id in (select customer_id from compared where is_there and is_same)
"""
_FAMILIES = """
    select column_name, min(table_name) from information_schema.columns
    where table_catalog = 'now' and table_schema = 'features'
    and starts_with(table_name, 'features_')
    group by column_name
"""


@dataclass(frozen=True)
class Replay:
    """What came of comparing one snapshot.

    Attributes
    ----------
    snapshot_at
        The snapshot.
    customers
        Customers compared: the same people then and now.
    features
        How many features each has.
    moved
        Features with another value, with the customers who have it.
    families
        The model that makes a feature, by its name.
    corrected
        Customers who consist of other identifiers now than they did then.
    absent
        Customers of the snapshot who were none then.
    merged
        Customers of then who turned out to be somebody else since.
    """

    snapshot_at: datetime
    customers: int
    features: int
    moved: tuple[Moved, ...]
    families: dict[str, str]
    corrected: int
    absent: int
    merged: int


def compare_builds(now: Path, past: Path, snapshot_at: datetime, most: int) -> Replay:
    """Compare a snapshot of a build with a build that looked from it.

    Parameters
    ----------
    now, past
        Files of the two builds.
    snapshot_at
        The snapshot: a past one of the first, the newest of the second.
    most
        Customers to compare at most, chosen by a hash of their id.
    """
    at = {"snapshot": snapshot_at}
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name, path in (("now", now), ("past", past)):
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only)")
            connection.execute(_PEOPLE.format(name=name), at)
        connection.execute(_COMPARED, {**at, "most": most})
        for name in ("now", "past"):
            connection.execute(_ROWS.format(name=name), at)
        same, corrected, absent = connection.execute(_COUNTED).fetchall()[0]
        moved = tuple(moved_features(connection, "now_rows", "past_rows", "customer_id"))
        ((merged,),) = connection.execute(_MERGED, at).fetchall()
        families = dict(connection.execute(_FAMILIES).fetchall())
        features = len(connection.execute("describe past_rows").fetchall()) - 3
    return Replay(snapshot_at, same, features, moved, families, corrected, absent, merged)
