"""The audit that every build makes: the rules, and two past snapshots computed again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tessera.features.queries import read_columns, read_queries
from tessera.leaks.finding import NOTHING_TO_DELETE, Finding, findings_frame
from tessera.leaks.graph import relations_read
from tessera.leaks.law import FEATURES, law_of
from tessera.leaks.recomputation import MOST_CUSTOMERS, recompute
from tessera.leaks.rules import broken_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    import pandas as pd

    from tessera.leaks.law import Law

MART = "customer_features"
"""The model that joins all families."""

FAMILY = "features_"
"""How the models whose columns are features are called."""

_LAW = """
    select fact_relation, time_kind, time_column, written_columns from features.fact_times
    order by fact_relation, time_kind, time_column
"""
_PAST = """
    select distinct snapshot_at from features.customer_features
    where snapshot_at < (select max(snapshot_at) from features.customer_features)
    order by snapshot_at desc
"""


def find_leaks(session: Any) -> pd.DataFrame:
    """Audit the features of a build and return what was found.

    Parameters
    ----------
    session
        The DuckDB connection that dbt hands to a Python model.

    Returns
    -------
    pandas.DataFrame
        Rows of :data:`~tessera.leaks.finding.FINDING_SCHEMA`; none when no feature leaks, but for
        a row ``nothing_to_delete`` where there is no later fact that a feature could know.
    """
    now = session.cursor()  # temporary tables of its own
    try:
        now.execute("set TimeZone = 'UTC'")  # settings of a connection are not inherited
        return findings_frame(_found(now))
    finally:
        now.close()


def _found(now: Any) -> list[Finding]:
    queries, law = read_queries(now), read_law(now)
    families = families_of(queries)
    found = rule_findings(now, queries, families, law)
    snapshots = chosen_snapshots(past_snapshots(now))
    for snapshot_at in snapshots:
        again = recompute(now, queries, families, law, snapshot_at, MOST_CUSTOMERS)
        found += again.findings
    return found if snapshots else [*found, _no_past()]


def read_law(now: Any) -> Law:
    """Read what features may read, and since when it is known, from the build."""
    return law_of(now.execute(_LAW).fetchall())


def rule_findings(
    now: Any, queries: Mapping[str, str], families: Sequence[str], law: Law
) -> list[Finding]:
    """Return the rules that the feature models of a build break."""
    columns = {relation: list(names) for relation, names in read_columns(now).items()}
    return broken_rules(queries, families, law, columns)


def families_of(queries: Mapping[str, str]) -> list[str]:
    """Return the models that the mart joins, by name.

    Examples
    --------
    >>> families_of({"customer_features": "select 1 from a.features.features_orders, core.orders"})
    ['features_orders']
    """
    read = (each.partition(".") for each in relations_read(queries[MART]))
    return [name for schema, _, name in read if schema == FEATURES and name.startswith(FAMILY)]


def past_snapshots(now: Any) -> list[datetime]:
    """Return the snapshots before the newest, the latest first."""
    return [snapshot_at for (snapshot_at,) in now.execute(_PAST).fetchall()]


def chosen_snapshots(past: Sequence[datetime]) -> list[datetime]:
    """Return the two at which a build computes features again: the latest, and one half-way back.

    The latest has the longest history and the facts that came in last; of the older one most
    windows, and a year before it, lie within the history.

    Examples
    --------
    >>> chosen_snapshots([4, 3, 2, 1])
    [4, 2]
    >>> chosen_snapshots([4]), chosen_snapshots([])
    ([4], [])
    """
    return sorted({past[0], past[len(past) // 2]}, reverse=True) if past else []


def _no_past() -> Finding:
    words = "there is no snapshot but the newest, so that no feature could be computed again."
    return Finding(NOTHING_TO_DELETE, MART, None, words, None, 0, 0)
