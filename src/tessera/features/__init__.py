"""Features: how their columns are told from keys and labels, read as numbers, and described."""

from tessera.features.columns import (
    FeatureError,
    feature_columns,
    numeric_features,
    require_features,
)
from tessera.features.earlier_features import load_earlier_features
from tessera.features.statistics import STATISTICS_SCHEMA, feature_statistics

__all__ = [
    "STATISTICS_SCHEMA",
    "FeatureError",
    "feature_columns",
    "feature_statistics",
    "load_earlier_features",
    "numeric_features",
    "require_features",
]
