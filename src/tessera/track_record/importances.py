"""What a champion leans on: the mean absolute SHAP value of each feature, in log-odds.

Where :mod:`tessera.feature_values` asks what a feature is worth to trees at past origins, this asks
what moves the scores of the release itself, whatever the algorithm. A model is asked once, when it
is first champion, so that two releases can be laid side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import frames, registry, samples
from tessera.hashing import hashed_shares
from tessera.propensity import Target
from tessera.propensity.encoded_model import load_encoded
from tessera.track_record.schemas import MODEL_IMPORTANCES_ORDER, MODEL_IMPORTANCES_SCHEMA

if TYPE_CHECKING:
    from tessera.runs import Run

MOST_CUSTOMERS = 5_000
"""Customers asked about: the mean over so many moves by 1 or 2 % from sample to sample."""
SAMPLE = "importance"
"""What the numbers are for by which they are chosen."""
MOST_MODELS = 20
"""Champions remembered per target."""


def read_customers(relation: Any, champions: pd.DataFrame) -> pd.DataFrame:
    """Read from ``dbt.ref("scoring_set")`` those whom the champions are asked about."""
    asked = [_target(champion).eligibility_column for champion in registry.records(champions)]
    return samples.read_sample(relation, MOST_CUSTOMERS, SAMPLE, among=asked)


def measure_importances(
    scoring_set: pd.DataFrame, champions: pd.DataFrame, earlier: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Return what past and present champions lean on.

    Parameters
    ----------
    scoring_set
        A row per customer at the newest snapshot, or of those that :func:`read_customers` reads:
        keys, features, ``is_eligible_<target>``.
    champions
        A row per target: the champion's row of the registry.
    earlier
        The table as the last run left it; columns of ``MODEL_IMPORTANCES_SCHEMA``.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per model and feature that it reads, ordered by ``MODEL_IMPORTANCES_ORDER``. The
        shares of a model sum to 1, or are all 0 when it gives everybody the same score. A target
        that nobody may be asked about has no row.
    """
    fresh = champions[~champions["model_id"].isin(earlier["model_id"])]
    measured = [_measured(scoring_set, champion, run) for champion in registry.records(fresh)]
    told = [earlier, *measured] if len(earlier) else measured
    told = [rows for rows in told if len(rows)]
    if not told:
        return frames.empty(MODEL_IMPORTANCES_SCHEMA)
    importances = pd.concat(told, ignore_index=True)
    kept = importances[_is_among_newest(importances)]
    return kept.sort_values(list(MODEL_IMPORTANCES_ORDER), ignore_index=True)


def _measured(scoring_set: pd.DataFrame, champion: dict[str, Any], run: Run) -> pd.DataFrame:
    target = _target(champion)
    people = _sampled(scoring_set, target)
    if people.empty:
        return frames.empty(MODEL_IMPORTANCES_SCHEMA)
    model = load_encoded(champion["algorithm"], champion["encoding"], champion["model_text"])
    importance = np.abs(model.contributions(people)).mean(axis=0)
    total = importance.sum()
    return pd.DataFrame(
        {
            "target": target.name,
            "model_id": champion["model_id"],
            "algorithm": champion["algorithm"],
            "champion_as_of": run.as_of,
            "feature_name": list(model.encoding.levels),
            "importance": importance,
            "share": importance / total if total > 0 else importance,
            "customers": len(people),
            "run_id": run.run_id,
        },
        columns=MODEL_IMPORTANCES_SCHEMA.names,
    )


def _target(champion: dict[str, Any]) -> Target:
    return Target(champion["target"], int(champion["horizon_days"]))


def _sampled(scoring_set: pd.DataFrame, target: Target) -> pd.DataFrame:
    is_eligible = scoring_set[target.eligibility_column].astype("boolean").fillna(value=False)
    places = np.flatnonzero(is_eligible.to_numpy(dtype=np.bool_))
    share = hashed_shares(scoring_set["customer_id"].iloc[places], SAMPLE)
    chosen = np.sort(places[np.argsort(share, kind="stable")[:MOST_CUSTOMERS]])
    people: pd.DataFrame = scoring_set.iloc[chosen]
    return people


def _is_among_newest(importances: pd.DataFrame) -> pd.Series:
    """Say which rows are of the newest champions of their target."""
    models = importances[["target", "champion_as_of", "model_id"]].drop_duplicates()
    newest = models.sort_values(["champion_as_of", "model_id"]).groupby("target").tail(MOST_MODELS)
    is_kept: pd.Series = importances["model_id"].isin(newest["model_id"])
    return is_kept
