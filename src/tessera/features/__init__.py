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
from tessera.features.sayings import phrase_of, say, tell_value
from tessera.features.statistics import STATISTICS_SCHEMA, feature_statistics
from tessera.features.versions import (
    FEATURE_VERSIONS_ORDER,
    FEATURE_VERSIONS_SCHEMA,
    FeatureVersionError,
    load_versions,
    remember_versions,
    require_current,
    versions_read,
)

__all__ = [
    "FEATURE_DEFINITIONS_ORDER",
    "FEATURE_DEFINITIONS_SCHEMA",
    "FEATURE_VERSIONS_ORDER",
    "FEATURE_VERSIONS_SCHEMA",
    "STATISTICS_SCHEMA",
    "Encoding",
    "FeatureError",
    "FeatureVersionError",
    "define_features",
    "feature_columns",
    "feature_statistics",
    "fit_encoding",
    "load_earlier_features",
    "load_versions",
    "numeric_features",
    "phrase_of",
    "read_columns",
    "read_queries",
    "readable_features",
    "remember_versions",
    "require_current",
    "require_features",
    "say",
    "tell_value",
    "versions_read",
]
