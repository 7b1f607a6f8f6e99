"""Reading what segments are made from: of a set with hundreds of features, the few that count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from duckdb import ColumnExpression, ConstantExpression

from tessera import frames
from tessera.samples import border, number
from tessera.segmentation.outcomes import OUTCOMES
from tessera.segmentation.rivals import RIVAL_FEATURES
from tessera.segmentation.sampling import EVALUATION_CUSTOMERS, SAMPLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


def read_customers(relation: Any, segment_features: Any) -> pd.DataFrame:
    """Read what segments are fitted, measured, assigned and told by.

    Parameters
    ----------
    relation
        What ``dbt.ref("scoring_set")`` or ``dbt.ref("training_set")`` returns: a row per customer
        and snapshot.
    segment_features
        What ``dbt.ref("segment_features")`` returns: a row per feature.

    Returns
    -------
    DataFrame
        Its rows, in the order of snapshot and customer, with as many columns as are there of
        :func:`columns_read`: a million customers take 100 MB, with all features 3 GB.
    """
    wanted = columns_read(declared_names(segment_features))
    there = [name for name in wanted if name in relation.columns]
    return frames.read(relation, frames.SNAPSHOT_ORDER, there)


def read_past(relation: Any, segment_features: Any) -> pd.DataFrame:
    """Read what candidates are measured on: past snapshots of a bounded number of customers.

    Parameters
    ----------
    relation
        What ``dbt.ref("training_set")`` returns: a row per customer and past snapshot.
    segment_features
        What ``dbt.ref("segment_features")`` returns: a row per feature.

    Returns
    -------
    DataFrame
        All rows of the customers that
        :func:`~tessera.segmentation.sampling.choose_customers` would choose. DuckDB leaves out the
        others: two years of 200,000 customers would take a gigabyte.
    """
    people = relation.select(ColumnExpression("customer_id")).distinct()
    beyond = border(people, EVALUATION_CUSTOMERS, SAMPLE)
    chosen = (
        relation if beyond is None else relation.filter(number(SAMPLE) < ConstantExpression(beyond))
    )
    return read_customers(chosen, segment_features)


def columns_read(feature_names: Iterable[str]) -> list[str]:
    """Return the keys, and what the models and their measures read of a customer."""
    keys = ("customer_id", "snapshot_at")
    return list(dict.fromkeys([*keys, *sorted(feature_names), *RIVAL_FEATURES, *OUTCOMES]))


def declared_names(segment_features: Any) -> list[str]:
    """Return the names in the seed, of what ``dbt.ref("segment_features")`` returns."""
    return [str(name) for (name,) in segment_features.select("feature_name").fetchall() if name]
