"""Segmentation: candidates fitted once and frozen, measured and chosen, followed and told."""

from tessera.segmentation.candidates import REFIT_AFTER_DAYS, fit_candidates
from tessera.segmentation.champion import describe_by_champion
from tessera.segmentation.evaluation import evaluate_candidates
from tessera.segmentation.features import SegmentationError
from tessera.segmentation.meaning import PlaybookError, fit_predicates, read_playbook
from tessera.segmentation.reading import read_customers, read_past
from tessera.segmentation.schemas import (
    SEGMENT_ASSIGNMENTS_ORDER,
    SEGMENT_ASSIGNMENTS_SCHEMA,
    SEGMENT_EVALUATIONS_ORDER,
    SEGMENT_EVALUATIONS_SCHEMA,
    SEGMENT_MODELS_ORDER,
    SEGMENT_MODELS_SCHEMA,
    SEGMENT_PREDICATES_ORDER,
    SEGMENT_PREDICATES_SCHEMA,
)

__all__ = [
    "REFIT_AFTER_DAYS",
    "SEGMENT_ASSIGNMENTS_ORDER",
    "SEGMENT_ASSIGNMENTS_SCHEMA",
    "SEGMENT_EVALUATIONS_ORDER",
    "SEGMENT_EVALUATIONS_SCHEMA",
    "SEGMENT_MODELS_ORDER",
    "SEGMENT_MODELS_SCHEMA",
    "SEGMENT_PREDICATES_ORDER",
    "SEGMENT_PREDICATES_SCHEMA",
    "PlaybookError",
    "SegmentationError",
    "describe_by_champion",
    "evaluate_candidates",
    "fit_candidates",
    "fit_predicates",
    "read_customers",
    "read_past",
    "read_playbook",
]
