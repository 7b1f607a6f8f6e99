"""What the leak gate looks at: a target's rows, its models at an origin, and today's customers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tessera.propensity.algorithms.rules import RECENCY_FEATURE
from tessera.propensity.leakage.importance import importance_of
from tessera.propensity.leakage.measures import (
    LAWFUL_FORESIGHT,
    FeatureMeasures,
    measure_features,
    previous_labels,
)

if TYPE_CHECKING:
    import pandas as pd

    from tessera.metrics import Floats
    from tessera.propensity.encoded_model import EncodedModel
    from tessera.propensity.labelled import Labelled
    from tessera.propensity.targets import Target


@dataclass(frozen=True)
class Judged:
    """A model as the protocol judged it at its newest origin.

    Attributes
    ----------
    model_id, algorithm
        As in the registry.
    model
        One fit of the newest origin.
    training, scored
        The rows it learnt from, and those it was asked about.
    auc, auc_low
        Of all origins together, out of time and person, and the low end of its interval.
    people_asked
        Earlier rows of those asked about, at snapshots that were learnt from; None if unknown.
    """

    model_id: str
    algorithm: str
    model: EncodedModel
    training: Labelled
    scored: Labelled
    auc: float
    auc_low: float
    people_asked: Labelled | None = None

    @cached_property
    def importance(self) -> dict[str, float]:
        """Each feature's share of what the model says; empty where it says nothing."""
        return importance_of(self.model, self.scored.features)


@dataclass(frozen=True)
class Evidence:
    """All that is known about a target.

    Attributes
    ----------
    target
        What is predicted.
    rows
        Rows with an answer, maybe a sample of whole customers.
    outcomes
        Every column that looks forward, of these rows, float64: labels and amounts.
    scoring
        Features of the customers who are to be scored.
    observed_until
        Up to when the world has been seen.
    judged
        The models, the trees first.
    """

    target: Target
    rows: Labelled
    outcomes: pd.DataFrame
    scoring: pd.DataFrame
    observed_until: pd.Timestamp
    judged: tuple[Judged, ...] = ()

    @cached_property
    def past_labels(self) -> Floats:
        """The answer to the same question one horizon earlier, NaN where there is none."""
        return previous_labels(self.rows, self.target.horizon)

    @cached_property
    def measures(self) -> FeatureMeasures:
        """What each feature says alone."""
        return measure_features(self.rows, self.past_labels)

    @cached_property
    def importance(self) -> dict[str, float]:
        """Each feature's largest share among the models that read more than one."""
        shares: dict[str, float] = {}
        for judged in self.judged:
            if len(judged.model.encoding.levels) > 1:
                for name, share in judged.importance.items():
                    shares[name] = max(share, shares.get(name, 0.0))
        return shares

    @cached_property
    def rule_auc(self) -> float:
        """What the one-line rule says alone, and may say: .5 where its feature is not there.

        Recency that says more of the coming days than of those before has seen them itself, and
        excuses nothing. What the label is compared with is a part of the question, and says what it
        says: who has spent much can hardly spend more.
        """
        names, alone = self.measures.names, self.measures.alone
        asked = [alone[names.index(each)] for each in self.target.compared_with if each in names]
        allowed = [0.5, *(float(auc) for auc in asked)]
        if RECENCY_FEATURE in names:
            place = names.index(RECENCY_FEATURE)
            recency, past = float(alone[place]), float(self.measures.past[place])
            allowed.append(recency if np.isnan(past) else min(recency, past + LAWFUL_FORESIGHT))
        return max(allowed)
