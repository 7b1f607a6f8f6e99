"""Scores: how likely each customer is to do what a target asks, how that ranks, and why.

Customers are looked at a chunk at a time, each by herself; of each stays what was found, in columns
of numbers and categories, until all are there and can be ranked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import registry
from tessera.propensity.encoded_model import load_encoded
from tessera.propensity.reasons import put_in_words, tell_reasons
from tessera.propensity.schemas import PROPENSITY_SCORES_SCHEMA
from tessera.propensity.scoring_set import require_eligibility
from tessera.propensity.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from tessera.propensity.algorithms.algorithm import Floats
    from tessera.propensity.encoded_model import EncodedModel
    from tessera.runs import Run

ROWS_PER_PART = 100_000
"""Scores written at a time: as Arrow has them, with their texts written out, these take 45 MB."""

GRADES = {"A": 90.0, "B": 70.0, "C": 40.0, "D": 20.0, "E": 0.0}
"""Lowest percentile of each grade: a grade is a place in the queue, so that A is always a tenth."""

RISK_BANDS = {"very_high": 0.7, "high": 0.6, "medium": 0.2, "low": 0.0}
"""Lowest probability of each band: a band is a promise, so that it may be empty. The upper two are
what people act on, and are held to it (models/marts/risk_band_promises.sql); below .2 four of five
will not do it."""


def score_customers(
    scoring_set: Iterable[pd.DataFrame], champions: pd.DataFrame, run: Run
) -> Iterator[pd.DataFrame]:
    """Score every eligible customer with the champion of each target.

    Parameters
    ----------
    scoring_set
        Chunks of it (:func:`tessera.propensity.read_scoring_set`), in any order: a row per customer
        at the newest snapshot, with keys, features, ``is_eligible_<target>``. All are read before
        this returns.
    champions
        A row per target: the champion's row of the registry (``registry.load_champions``), and
        its ``calibration`` where it has one (:func:`tessera.propensity.with_calibrations`).
    run
        The build.

    Returns
    -------
    Iterator of DataFrame
        One after the other, a row per eligible customer and target, columns of
        ``PROPENSITY_SCORES_SCHEMA``, ordered by target and customer, whatever the chunks were.
        ``percentile`` is in (0, 100), higher is likelier, equal probabilities share one; ``decile``
        1 is the likeliest tenth; ``grade`` ranks (A is the likeliest tenth) and ``risk_band`` reads
        the probability itself, proven or not. Reasons are the features that moved the log-odds
        most, either way (:func:`tessera.propensity.reasons.tell_reasons`).

    Raises
    ------
    FeatureError
        A champion reads a feature that the scoring set lacks, or holds as another kind of value.
    KeyError
        The scoring set does not say who is eligible for a champion's target.
    """
    ordered = registry.records(champions.sort_values("target", kind="stable"))
    judges = [_Judge.of(champion) for champion in ordered]
    found: list[list[pd.DataFrame]] = [[] for _ in judges]
    for customers in scoring_set:
        for judge, of_judge in zip(judges, found, strict=True):
            asked = judge.asked(customers)
            if len(asked):
                of_judge.append(judge.explained(asked))
    said = {"run_id": run.run_id, "scored_at": run.run_started_at}
    return _parts([judge.said | said for judge in judges], found)


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


@dataclass(frozen=True)
class _Judge:
    """The champion of a target, ready to score; what it says of itself stands in each row."""

    target: Target
    model: EncodedModel
    said: dict[str, Any]

    @classmethod
    def of(cls, champion: dict[str, Any]) -> _Judge:
        texts = {name: champion[name] for name in ("algorithm", "encoding", "model_text")}
        return cls(
            Target(champion["target"], int(champion["horizon_days"])),
            load_encoded(**texts, calibration=champion.get("calibration")),
            {"target": champion["target"], "model_id": champion["model_id"]},
        )

    def asked(self, customers: pd.DataFrame) -> pd.DataFrame:
        """Return those of a chunk who are eligible."""
        require_eligibility(customers.columns, self.target)
        is_asked = customers[self.target.eligibility_column].astype("boolean").fillna(value=False)
        return customers[is_asked.to_numpy(dtype=np.bool_)]

    def explained(self, asked: pd.DataFrame) -> pd.DataFrame:
        """Return probability and reasons of each."""
        explained = self.model.explain(asked)
        scores = asked[["customer_id", "snapshot_at"]].assign(probability=explained.probabilities)
        reasons = tell_reasons(explained, self.model.encoding, asked)
        return pd.concat([scores, reasons], axis=1)


def _parts(said: list[dict[str, Any]], found: list[list[pd.DataFrame]]) -> Iterator[pd.DataFrame]:
    """Yield what was found of each target, ranked and in order, a part of the rows at a time."""
    columns = list(PROPENSITY_SCORES_SCHEMA.names)
    for of_all, of_target in zip(said, found, strict=True):
        if not of_target:
            continue
        scores = _ranked(pd.concat(of_target, ignore_index=True))
        of_target.clear()
        for start in range(0, len(scores), ROWS_PER_PART):
            part = scores.iloc[start : start + ROWS_PER_PART]
            yield part.assign(**of_all, **put_in_words(part))[columns]


def _ranked(scores: pd.DataFrame) -> pd.DataFrame:
    """Put a target's scores in order, and add what can only be said beside the others."""
    ordered = scores.sort_values("customer_id", kind="stable", ignore_index=True)
    probability = ordered["probability"].to_numpy()
    percentile = percentiles(probability)
    return ordered.assign(
        percentile=percentile,
        decile=deciles(percentile),
        grade=_named(percentile, GRADES),
        risk_band=_named(probability, RISK_BANDS),
    )


def _named(values: Floats, lowest: dict[str, float]) -> pd.Categorical:
    """Return for each value the first name whose lowest value it reaches."""
    reached = values[:, None] >= np.array(list(lowest.values()))
    return pd.Categorical.from_codes(reached.argmax(axis=1), list(lowest))
