"""Scores: how likely each customer is to do what a target asks, how that ranks, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import frames, registry
from tessera.features import require_features
from tessera.propensity.encoded_model import load_encoded
from tessera.propensity.reasons import tell_reasons
from tessera.propensity.schemas import PROPENSITY_SCORES_SCHEMA
from tessera.propensity.targets import Target

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.propensity.algorithms.algorithm import Floats
    from tessera.propensity.encoded_model import EncodedModel
    from tessera.runs import Run

ROWS_PER_CHUNK = 50_000
"""Customers scored at a time: 300 features of them, and as many contributions, take 240 MB."""

GRADES = {"A": 90.0, "B": 70.0, "C": 40.0, "D": 20.0, "E": 0.0}
"""Lowest percentile of each grade: a grade is a place in the queue, so that A is always a tenth."""

RISK_BANDS = {"very_high": 0.7, "high": 0.6, "medium": 0.2, "low": 0.0}
"""Lowest probability of each band: a band is a promise, so that it may be empty. The upper two are
what people act on, and are held to it (models/marts/risk_band_promises.sql); below .2 four of five
will not do it."""


def score_customers(scoring_set: pd.DataFrame, champions: pd.DataFrame, run: Run) -> pd.DataFrame:
    """Score every eligible customer with the champion of each target.

    Parameters
    ----------
    scoring_set
        A row per customer at the newest snapshot: keys, features, ``is_eligible_<target>``.
    champions
        A row per target: the champion's row of the registry (``registry.load_champions``), and
        its ``calibration`` where it has one (:func:`tessera.propensity.with_calibrations`).
    run
        The build.

    Returns
    -------
    DataFrame
        A row per eligible customer and target, columns of ``PROPENSITY_SCORES_SCHEMA``, ordered by
        target and customer. ``percentile`` is in (0, 100), higher is likelier, equal probabilities
        share one; ``decile`` 1 is the likeliest tenth; ``grade`` ranks (A is the likeliest tenth)
        and ``risk_band`` reads the probability itself, proven or not. Reasons are the features that
        moved the log-odds most, either way (:func:`tessera.propensity.reasons.tell_reasons`).

    Raises
    ------
    FeatureError
        A champion reads a feature that the scoring set lacks, or holds as another kind of value.
    KeyError
        The scoring set does not say who is eligible for a champion's target.
    """
    ordered = registry.records(champions.sort_values("target", kind="stable"))
    scored = [_scored(scoring_set, champion, run) for champion in ordered]
    scored = [scores for scores in scored if len(scores)]
    if not scored:
        return frames.empty(PROPENSITY_SCORES_SCHEMA)
    scores = pd.concat(scored, ignore_index=True)
    return scores[list(PROPENSITY_SCORES_SCHEMA.names)]


def percentiles(probabilities: Floats) -> Floats:
    """Return the share of customers less likely, plus half of those as likely, in percent.

    Examples
    --------
    >>> percentiles(np.array([0.1, 0.9, 0.5, 0.5])).tolist()
    [12.5, 87.5, 50.0, 50.0]
    """
    ranks = pd.Series(probabilities).rank(method="average").to_numpy()
    return np.asarray((ranks - 0.5) * 100.0 / max(len(probabilities), 1))


def deciles(percentile: Floats) -> NDArray[np.int64]:
    """Return 1 for the likeliest tenth to 10 for the least likely.

    Examples
    --------
    >>> deciles(np.array([97.5, 50.0, 0.5])).tolist()
    [1, 6, 10]
    """
    return np.minimum(10, (100.0 - percentile) // 10.0 + 1).astype(np.int64)


def _scored(scoring_set: pd.DataFrame, champion: dict[str, Any], run: Run) -> pd.DataFrame:
    """Return the scores of one target, ordered by customer."""
    target = Target(champion["target"], int(champion["horizon_days"]))
    names: list[str] = json.loads(champion["feature_names"])
    require_features(scoring_set, names)
    places = _places_of_eligible(scoring_set, target)
    model = load_encoded(
        champion["algorithm"],
        champion["encoding"],
        champion["model_text"],
        champion.get("calibration"),
    )
    chunks = [
        _explained(model, scoring_set.iloc[places[start : start + ROWS_PER_CHUNK]])
        for start in range(0, len(places), ROWS_PER_CHUNK)
    ]
    if not chunks:
        return pd.DataFrame()
    scores = _ranked(pd.concat(chunks, ignore_index=True))
    said = {"model_id": champion["model_id"], "run_id": run.run_id, "scored_at": run.run_started_at}
    return scores.assign(target=target.name, **said)


def _places_of_eligible(scoring_set: pd.DataFrame, target: Target) -> NDArray[np.intp]:
    """Return where the eligible stand, in the order of their ids; the frame is not copied."""
    if target.eligibility_column not in scoring_set.columns:
        raise KeyError(
            f"scoring_set has no column '{target.eligibility_column}', so that nobody can be "
            f"scored for the champion of '{target.name}'; declare the target again or rebuild"
        )
    is_eligible = scoring_set[target.eligibility_column].astype("boolean").fillna(value=False)
    places = np.flatnonzero(is_eligible.to_numpy(dtype=np.bool_))
    return places[np.argsort(scoring_set["customer_id"].to_numpy(dtype=object)[places])]


def _explained(model: EncodedModel, customers: pd.DataFrame) -> pd.DataFrame:
    """Return probability and reasons of a chunk of customers."""
    scores = customers[["customer_id", "snapshot_at"]].assign(
        probability=model.predict_probability(customers)
    )
    return pd.concat([scores, tell_reasons(model, customers)], axis=1)


def _ranked(scores: pd.DataFrame) -> pd.DataFrame:
    """Add what can only be said beside the others: percentile, decile, grade; and the band."""
    percentile = percentiles(scores["probability"].to_numpy())
    return scores.assign(
        percentile=percentile,
        decile=deciles(percentile),
        grade=_named(percentile, GRADES),
        risk_band=_named(scores["probability"].to_numpy(), RISK_BANDS),
    )


def _named(values: Floats, lowest: dict[str, float]) -> NDArray[np.object_]:
    """Return for each value the first name whose lowest value it reaches."""
    reached = values[:, None] >= np.array(list(lowest.values()))
    names: NDArray[np.object_] = np.array(list(lowest), dtype=object).take(reached.argmax(axis=1))
    return names
