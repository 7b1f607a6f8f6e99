"""Propensity: how likely each customer is to do something within a horizon, and how well we know.

Four verbs, each a pure function from frames to a frame, and each called by one dbt model:
:func:`fit_candidates`, :func:`fit_replays`, :func:`evaluate_candidates`, :func:`score_customers`.
"""

from tessera.propensity.candidates import fit_candidates
from tessera.propensity.evaluation import evaluate_candidates
from tessera.propensity.labelled import LabelSupply, label_supply
from tessera.propensity.replays import fit_replays
from tessera.propensity.schemas import (
    PROPENSITY_EVALUATIONS_ORDER,
    PROPENSITY_EVALUATIONS_SCHEMA,
    PROPENSITY_MODELS_ORDER,
    PROPENSITY_MODELS_SCHEMA,
    PROPENSITY_REPLAYS_ORDER,
    PROPENSITY_REPLAYS_SCHEMA,
    PROPENSITY_SCORES_SCHEMA,
)
from tessera.propensity.scoring import score_customers
from tessera.propensity.targets import Target, load_targets
from tessera.propensity.training_set import read_training_set

__all__ = [
    "PROPENSITY_EVALUATIONS_ORDER",
    "PROPENSITY_EVALUATIONS_SCHEMA",
    "PROPENSITY_MODELS_ORDER",
    "PROPENSITY_MODELS_SCHEMA",
    "PROPENSITY_REPLAYS_ORDER",
    "PROPENSITY_REPLAYS_SCHEMA",
    "PROPENSITY_SCORES_SCHEMA",
    "LabelSupply",
    "Target",
    "evaluate_candidates",
    "fit_candidates",
    "fit_replays",
    "label_supply",
    "load_targets",
    "read_training_set",
    "score_customers",
]
