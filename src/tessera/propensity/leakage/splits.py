"""Splits: whether a judged model had seen the people, or the days, that it was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.features import feature_columns
from tessera.propensity.leakage.finding import ModelLeak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tessera.propensity.labelled import Labelled
    from tessera.propensity.leakage.evidence import Evidence, Judged

TWINS = 0.2
"""Share of the people asked about who stand in training under another id, alike in every number at
two snapshots. One-time buyers of one day and price are lawful twins: some per cent of a shop."""
FEWEST_VARIED = 5
"""Features with more than ten values each that twins must share: two counts are soon equal."""
FEWEST_PEOPLE = 30
"""People asked about: of fewer, a fifth is a handful."""


def broken_splits(evidence: Evidence) -> Iterator[ModelLeak]:
    """Yield the models that learnt from whom or what they were asked about, and open labels."""
    yield from _open_labels(evidence)
    for judged in evidence.judged:
        yield from _same_people(judged)
        yield from _overlapping_windows(evidence, judged)
        yield from _twins(judged)


def _open_labels(evidence: Evidence) -> Iterator[ModelLeak]:
    ends = evidence.rows.snapshot_at + evidence.target.horizon
    still_open = int((ends > evidence.observed_until).sum())
    if still_open:
        yield ModelLeak(
            "label_not_closed",
            None,
            observed=float(still_open),
            threshold=0.0,
            words=(
                f"{still_open} rows of '{evidence.target.label_column}' have an answer although "
                f"their {evidence.target.horizon_days} days had not ended by "
                f"{evidence.observed_until:%Y-%m-%d}: a label is NULL until its horizon closes."
            ),
        )


def _same_people(judged: Judged) -> Iterator[ModelLeak]:
    shared = judged.scored.customer_ids.drop_duplicates().isin(
        judged.training.customer_ids.unique()
    )
    if shared.any():
        yield _of_model(
            "same_person_on_both_sides",
            judged,
            float(shared.mean()),
            0.0,
            f"{int(shared.sum())} customers stand among those learnt from and those asked about: "
            "split by customer_id.",
        )


def _overlapping_windows(evidence: Evidence, judged: Judged) -> Iterator[ModelLeak]:
    if not len(judged.scored):
        return
    asked_at = judged.scored.snapshot_at.min()
    reach = int((judged.training.snapshot_at + evidence.target.horizon > asked_at).sum())
    if reach:
        yield _of_model(
            "label_window_overlap",
            judged,
            float(reach),
            0.0,
            f"the label windows of {reach} rows learnt from reach into the days asked about, which "
            f"begin at {asked_at:%Y-%m-%d}: learn only from horizons that had ended by then.",
        )


def _twins(judged: Judged) -> Iterator[ModelLeak]:
    """Compare people at snapshots that both sides have: by their whole row of numbers."""
    names = _varied(judged.training)
    if len(names) < FEWEST_VARIED:
        return
    told = _fingerprints(judged.training, names)
    snapshots = judged.training.snapshot_at
    people = judged.people_asked
    if people is None or people.customer_ids.nunique() < FEWEST_PEOPLE:
        return
    is_twin = pd.MultiIndex.from_arrays([people.snapshot_at, _fingerprints(people, names)]).isin(
        pd.MultiIndex.from_arrays([snapshots, told])
    )
    by_person = pd.Series(is_twin).groupby(people.customer_ids.to_numpy()).agg(["sum", "count"])
    compared = by_person[by_person["count"] > 1]
    share = float((compared["sum"] == compared["count"]).mean()) if len(compared) else 0.0
    if share >= TWINS:
        yield _of_model(
            "same_person_on_both_sides",
            judged,
            share,
            TWINS,
            f"{share:.0%} of those asked about stand among those learnt from under another id, "
            "alike in every number: unify them, or the model is asked what it was told.",
        )


def _varied(rows: Labelled) -> list[str]:
    features = rows.features
    numbers = [name for name in feature_columns(features) if features[name].dtype == np.float64]
    return [name for name in numbers if features[name].nunique() > 10]  # noqa: PLR2004 - "varied"


def _fingerprints(rows: Labelled, names: list[str]) -> np.ndarray:
    hashed = pd.util.hash_pandas_object(rows.features[names], index=False)
    return np.asarray(hashed.to_numpy())


def _of_model(
    rule: str, judged: Judged, observed: float, threshold: float, words: str
) -> ModelLeak:
    said = f"{judged.algorithm}: {words}"
    return ModelLeak(rule, None, observed, threshold, said, model_id=judged.model_id)
