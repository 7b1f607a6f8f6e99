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
        All rows of :data:`~tessera.segmentation.sampling.EVALUATION_CUSTOMERS` customers: two years
        of 200,000 would take a gigabyte.
    """
    return read_customers(of_chosen(relation, EVALUATION_CUSTOMERS), segment_features)


def of_chosen(relation: Any, customers: int) -> Any:
    """Return the rows of the customers that ``choose_customers`` would choose, as yet unread.

    DuckDB leaves out the others (:func:`tessera.segmentation.sampling.choose_customers` holds all
    to choose of them).
    """
    people = relation.select(ColumnExpression("customer_id")).distinct()
    beyond = border(people, customers, SAMPLE)
    if beyond is None:
        return relation
    return relation.filter(number(SAMPLE) < ConstantExpression(beyond))


def columns_read(feature_names: Iterable[str]) -> list[str]:
    """Return the keys, and what the models and their measures read of a customer."""
    keys = ("customer_id", "snapshot_at")
    return list(dict.fromkeys([*keys, *sorted(feature_names), *RIVAL_FEATURES, *OUTCOMES]))


def declared_names(segment_features: Any) -> list[str]:
    """Return the names in the seed, of what ``dbt.ref("segment_features")`` returns."""
    return [str(name) for (name,) in segment_features.select("feature_name").fetchall() if name]
