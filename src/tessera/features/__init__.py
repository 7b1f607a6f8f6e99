"""Features: what they mean, how they are told from keys and labels, and read as numbers."""

from tessera.features.columns import (
    FeatureError,
    feature_columns,
    numeric_features,
    require_features,
)
from tessera.features.definitions import (
    FEATURE_DEFINITIONS_ORDER,
    FEATURE_DEFINITIONS_SCHEMA,
    define_features,
)
from tessera.features.queries import read_columns, read_queries

__all__ = [
    "FEATURE_DEFINITIONS_ORDER",
    "FEATURE_DEFINITIONS_SCHEMA",
    "FeatureError",
    "define_features",
    "feature_columns",
    "numeric_features",
    "read_columns",
    "read_queries",
    "require_features",
]
