"""Features: how their columns are told from keys and labels, and how a model reads them."""

from tessera.features.columns import (
    FeatureError,
    feature_columns,
    numeric_features,
    readable_features,
    require_features,
)
from tessera.features.encoding import Encoding, fit_encoding

__all__ = [
    "Encoding",
    "FeatureError",
    "feature_columns",
    "fit_encoding",
    "numeric_features",
    "readable_features",
    "require_features",
]
