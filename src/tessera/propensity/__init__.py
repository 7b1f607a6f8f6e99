"""Propensity: how likely each customer is to do something within a horizon, and how well we know.

Seven verbs, each a pure function from frames to a frame, and each called by one dbt model:
:func:`fit_candidates`, :func:`fit_replays`, :func:`calibrate_candidates`,
:func:`evaluate_candidates`, :func:`score_customers`, :func:`replay_scores`,
:func:`distribute_scores`.
"""

from tessera.propensity.calibrations import calibrate_candidates, with_calibrations
from tessera.propensity.candidates import fit_candidates
from tessera.propensity.evaluation import evaluate_candidates
from tessera.propensity.labelled import LabelSupply, label_supply
from tessera.propensity.replayed_scores import replay_scores
from tessera.propensity.replays import fit_replays
from tessera.propensity.schemas import (
    PROPENSITY_CALIBRATIONS_ORDER,
    PROPENSITY_CALIBRATIONS_SCHEMA,
    PROPENSITY_EVALUATIONS_ORDER,
    PROPENSITY_EVALUATIONS_SCHEMA,
    PROPENSITY_MODELS_ORDER,
    PROPENSITY_MODELS_SCHEMA,
    PROPENSITY_REPLAYS_ORDER,
    PROPENSITY_REPLAYS_SCHEMA,
    PROPENSITY_SCORES_SCHEMA,
    REPLAYED_SCORES_SCHEMA,
    SCORE_DISTRIBUTIONS_ORDER,
    SCORE_DISTRIBUTIONS_SCHEMA,
)
from tessera.propensity.score_distributions import distribute_scores
from tessera.propensity.scoring import score_customers
from tessera.propensity.scoring_set import read_scoring_set
from tessera.propensity.targets import Target, load_targets
from tessera.propensity.training_set import read_training_set

__all__ = [
    "PROPENSITY_CALIBRATIONS_ORDER",
    "PROPENSITY_CALIBRATIONS_SCHEMA",
    "PROPENSITY_EVALUATIONS_ORDER",
    "PROPENSITY_EVALUATIONS_SCHEMA",
    "PROPENSITY_MODELS_ORDER",
    "PROPENSITY_MODELS_SCHEMA",
    "PROPENSITY_REPLAYS_ORDER",
    "PROPENSITY_REPLAYS_SCHEMA",
    "PROPENSITY_SCORES_SCHEMA",
    "REPLAYED_SCORES_SCHEMA",
    "SCORE_DISTRIBUTIONS_ORDER",
    "SCORE_DISTRIBUTIONS_SCHEMA",
    "LabelSupply",
    "Target",
    "calibrate_candidates",
    "distribute_scores",
    "evaluate_candidates",
    "fit_candidates",
    "fit_replays",
    "label_supply",
    "load_targets",
    "read_scoring_set",
    "read_training_set",
    "replay_scores",
    "score_customers",
    "with_calibrations",
]
