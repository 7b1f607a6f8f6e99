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
    "FeatureError",
    "FeatureVersionError",
    "define_features",
    "feature_columns",
    "load_versions",
    "numeric_features",
    "read_columns",
    "read_queries",
    "remember_versions",
    "require_current",
    "require_features",
    "versions_read",
]
