"""Which features matter, to what, how steadily, and what a small choice of them would lose.

Three verbs, each a pure function from frames to a frame, and each called by one dbt model:
:func:`value_features`, :func:`value_families`, :func:`score_profiles`.
"""

from tessera.feature_values.families import value_families
from tessera.feature_values.pasts import Replayed
from tessera.feature_values.profiles import score_profiles
from tessera.feature_values.schemas import (
    FAMILY_VALUES_ORDER,
    FAMILY_VALUES_SCHEMA,
    FEATURE_VALUES_ORDER,
    FEATURE_VALUES_SCHEMA,
    PROFILE_SCORES_ORDER,
    PROFILE_SCORES_SCHEMA,
)
from tessera.feature_values.values import read_customers, value_features

__all__ = [
    "FAMILY_VALUES_ORDER",
    "FAMILY_VALUES_SCHEMA",
    "FEATURE_VALUES_ORDER",
    "FEATURE_VALUES_SCHEMA",
    "PROFILE_SCORES_ORDER",
    "PROFILE_SCORES_SCHEMA",
    "Replayed",
    "read_customers",
    "score_profiles",
    "value_families",
    "value_features",
]
