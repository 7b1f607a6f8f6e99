"""Reading what segments are made from: of a set with hundreds of features, the few that count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tessera import frames
from tessera.segmentation.features import SEGMENT_FEATURES
from tessera.segmentation.outcomes import OUTCOME
from tessera.segmentation.rivals import RIVAL_FEATURES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd


def read_customers(relation: Any) -> pd.DataFrame:
    """Read what segments are fitted, measured, assigned and told by.

    Parameters
    ----------
    relation
        What ``dbt.ref("scoring_set")`` or ``dbt.ref("training_set")`` returns: a row per customer
        and snapshot.

    Returns
    -------
    DataFrame
        Its rows, in the order of snapshot and customer, with as many columns as are there of
        :func:`columns_read`: a million customers take 100 MB, with all features 3 GB.
    """
    there = [name for name in columns_read() if name in relation.columns]
    return frames.read(relation, frames.SNAPSHOT_ORDER, there)


def columns_read() -> Iterable[str]:
    """Return the keys, and what the models and their measures read of a customer."""
    features = (feature.name for feature in SEGMENT_FEATURES)
    return dict.fromkeys(["customer_id", "snapshot_at", *features, *RIVAL_FEATURES, OUTCOME])
