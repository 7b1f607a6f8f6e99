"""Segments held against what was there before, on a map, and to what they promise."""

from tessera.segmentation.comparison.clauses import ContractError
from tessera.segmentation.comparison.comparison import compare_segmentations
from tessera.segmentation.comparison.contract import check_contract
from tessera.segmentation.comparison.evidence import read_evidence
from tessera.segmentation.comparison.map_points import map_customers, read_shown
from tessera.segmentation.comparison.pasts import read_pasts
from tessera.segmentation.comparison.published import read_published
from tessera.segmentation.comparison.schemas import (
    SEGMENT_COMPARISONS_SCHEMA,
    SEGMENT_CONTRACT_CLAUSES_SCHEMA,
    SEGMENT_MAP_POINTS_SCHEMA,
)

__all__ = [
    "SEGMENT_COMPARISONS_SCHEMA",
    "SEGMENT_CONTRACT_CLAUSES_SCHEMA",
    "SEGMENT_MAP_POINTS_SCHEMA",
    "ContractError",
    "check_contract",
    "compare_segmentations",
    "map_customers",
    "read_evidence",
    "read_pasts",
    "read_published",
    "read_shown",
]
