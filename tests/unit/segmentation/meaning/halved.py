"""A shop of which one kind are two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera import frames
from tessera.segmentation import meaning

if TYPE_CHECKING:
    import pandas as pd

NO_PARTS = frames.empty(meaning.MICRO_SEGMENT_MODELS_SCHEMA)

EVERY_OTHER = r"heavy\d*[02468]$"


def alike(shop: pd.DataFrame) -> pd.DataFrame:
    """Make all of a kind the same."""
    kinds = shop["customer_id"].str.rstrip("0123456789")
    features = shop.columns.drop(["customer_id", "snapshot_at"])
    medians = shop.groupby(kinds)[list(features)].transform("median")
    return shop.assign(**{name: medians[name] for name in features})


def halve(shop: pd.DataFrame) -> pd.DataFrame:
    """Make every other heavy buyer use a third of the range."""
    halved = shop.copy()
    few = halved["customer_id"].str.match(EVERY_OTHER)
    halved.loc[few, "categories_distinct_count_180d"] /= 3
    return halved
