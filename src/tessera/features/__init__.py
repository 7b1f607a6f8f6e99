"""Features: how their columns are told from keys and labels, and read as numbers."""

from tessera.features.columns import (
    FeatureError,
    feature_columns,
    numeric_features,
    require_features,
)

__all__ = ["FeatureError", "feature_columns", "numeric_features", "require_features"]
