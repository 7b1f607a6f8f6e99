"""Reading what segments are made from: of a set with hundreds of features, the few that count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tessera import frames
from tessera.segmentation.outcomes import OUTCOMES
from tessera.segmentation.rivals import RIVAL_FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


def read_customers(relation: Any, segment_features: Any = None) -> pd.DataFrame:
    """Read what segments are fitted, measured, assigned and told by.

    Parameters
    ----------
    relation
        What ``dbt.ref("scoring_set")`` or ``dbt.ref("training_set")`` returns: a row per customer
        and snapshot.
    segment_features
        What ``dbt.ref("segment_features")`` returns: a row per feature. Without it every column is
        read.

    Returns
    -------
    DataFrame
        Its rows, in the order of snapshot and customer, with as many columns as are there of
        :func:`columns_read`: a million customers take 100 MB, with all features 3 GB.
    """
    if segment_features is None:
        return frames.read(relation, frames.SNAPSHOT_ORDER)
    declared = segment_features.select("feature_name").fetchall()
    wanted = columns_read(name for (name,) in declared)
    there = [name for name in wanted if name in relation.columns]
    return frames.read(relation, frames.SNAPSHOT_ORDER, there)


def columns_read(feature_names: Iterable[str]) -> list[str]:
    """Return the keys, and what the models and their measures read of a customer."""
    keys = ("customer_id", "snapshot_at")
    return list(dict.fromkeys([*keys, *sorted(feature_names), *RIVAL_FEATURES, *OUTCOMES]))
