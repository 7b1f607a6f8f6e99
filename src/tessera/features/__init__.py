"""Features: what they mean, how they are told from keys and labels, and how a model reads them."""

from tessera.features.columns import (
    FeatureError,
    feature_columns,
    numeric_features,
    readable_features,
    require_features,
)
from tessera.features.definitions import (
    FEATURE_DEFINITIONS_ORDER,
    FEATURE_DEFINITIONS_SCHEMA,
    define_features,
)
from tessera.features.earlier_features import load_earlier_features
from tessera.features.encoding import Encoding, fit_encoding
from tessera.features.queries import read_columns, read_queries
from tessera.features.statistics import STATISTICS_SCHEMA, feature_statistics

__all__ = [
    "FEATURE_DEFINITIONS_ORDER",
    "FEATURE_DEFINITIONS_SCHEMA",
    "STATISTICS_SCHEMA",
    "Encoding",
    "FeatureError",
    "define_features",
    "feature_columns",
    "feature_statistics",
    "fit_encoding",
    "load_earlier_features",
    "numeric_features",
    "read_columns",
    "read_queries",
    "readable_features",
    "require_features",
]
