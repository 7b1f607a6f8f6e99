"""Reading the scoring set: of a large one only what the champions read, and never all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import frames, registry
from tessera.features import Encoding, require_features
from tessera.propensity.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROWS_PER_CHUNK = 50_000
"""Customers scored at a time: of 300 features, each time that they are copied, 120 MB."""

KEYS = ("customer_id", "snapshot_at")


def read_scoring_set(relation: Any, champions: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Read what champions need to know of each customer, in chunks of :data:`ROWS_PER_CHUNK`.

    Parameters
    ----------
    relation
        What ``dbt.ref("scoring_set")`` returns: a row per customer at the newest snapshot.
    champions
        A row per target: the champion's row of the registry.

    Yields
    ------
    DataFrame
        Some customers: keys, ``is_eligible_<target>``, and every feature that a champion reads.

    Raises
    ------
    FeatureError
        A champion reads a feature that the scoring set lacks.
    KeyError
        The scoring set does not say who is eligible for a champion's target.
    """
    wanted = dict.fromkeys(KEYS)
    for champion in registry.records(champions):
        target = Target(champion["target"], int(champion["horizon_days"]))
        require_eligibility(relation.columns, target)
        wanted[target.eligibility_column] = None
        wanted |= dict.fromkeys(Encoding.from_text(champion["encoding"]).levels)
    features = [name for name in wanted if name not in KEYS]
    require_features(pd.DataFrame(columns=relation.columns), features)
    return frames.read_chunks(relation, list(wanted), ROWS_PER_CHUNK)


def require_eligibility(columns: Iterable[str], target: Target) -> None:
    """Refuse a scoring set that does not say whom a target can be asked of."""
    if target.eligibility_column not in columns:
        raise KeyError(
            f"scoring_set has no column '{target.eligibility_column}', so that nobody can be "
            f"scored for the champion of '{target.name}'; declare the target again or rebuild"
        )
