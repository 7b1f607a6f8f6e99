"""The leak gate of models: whether what was learnt is the answer instead of a forecast.

The audit of features (:mod:`tessera.leaks`) reads queries. Here the numbers are looked at: what a
model was fitted on, what it leans on, and what stands in the snapshot that is to be scored.
"""

from tessera.propensity.leakage.audit import find_model_leaks, leaks_of
from tessera.propensity.leakage.evidence import Evidence, Judged
from tessera.propensity.leakage.finding import (
    MODEL_LEAKS_SCHEMA,
    ModelLeak,
    model_leaks_frame,
)
from tessera.propensity.leakage.sample import read_scoring_sample

__all__ = [
    "MODEL_LEAKS_SCHEMA",
    "Evidence",
    "Judged",
    "ModelLeak",
    "find_model_leaks",
    "leaks_of",
    "model_leaks_frame",
    "read_scoring_sample",
]
