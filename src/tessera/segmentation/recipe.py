"""The recipe of a fit, and which remembered models still hold for this shop at this time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import sklearn

from tessera import registry
from tessera.features import versions_read
from tessera.hashing import hashed_shares
from tessera.segmentation.algorithms import STARTS
from tessera.segmentation.model import registry_rows
from tessera.segmentation.reduction import COMPONENTS
from tessera.segmentation.scaling import CLIP

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.runs import Run
    from tessera.segmentation.features import SegmentFeature

FIT_CUSTOMERS = 50_000
"""Customers a fit looks at. A centroid's sampling error (one robust deviation / root of the
segment's members) is then .02 in a segment of 5 %."""

FORMAT = 2
"""Counts changes of what a model's text holds; one of an older format is not in force."""

SKETCH_CUSTOMERS = 64
"""Customers that a model remembers (as hashes) to know its own shop again."""

SAME_SHOP = 0.5
"""Share of them that must still be there. Merged or erased people cost a few per cent; another
shop's file in the same warehouse (first the demo, then real data) shares none."""


@dataclass(frozen=True)
class Recipe:
    """What decides a fit beside the rows: the features, weights and definitions, and settings."""

    features: tuple[SegmentFeature, ...]
    seed: int
    versions: Mapping[str, str] | None = None

    @property
    def settings(self) -> dict[str, Any]:
        """Return the settings that two fits must share to be of one recipe."""
        return {
            "clip": CLIP,
            "components": COMPONENTS,
            "features": [feature.as_plain() for feature in self.features],
            "fit_customers": FIT_CUSTOMERS,
            "format": FORMAT,
            "seed": self.seed,
            "starts": STARTS,
        }

    @property
    def feature_names(self) -> str:
        """Return the names as the registry writes them."""
        return json.dumps([feature.name for feature in self.features])

    @property
    def feature_versions(self) -> str:
        """Return by which definitions the features are read, as the registry writes it."""
        return versions_read((feature.name for feature in self.features), self.versions)

    def described(self, algorithm: str, segments: int) -> dict[str, Any]:
        """Return what the registry says of a fit by this recipe."""
        return {
            "algorithm": algorithm,
            "segments": segments,
            "feature_names": self.feature_names,
            "feature_versions": self.feature_versions,
            # The library is told, but a new version does not end the reign of fitted centroids.
            "settings": registry.canonical_json(
                {**self.settings, "library": f"scikit-learn {sklearn.__version__}"}
            ),
        }

    def is_of(self, row: dict[str, Any]) -> bool:
        """Tell whether a row of the registry was fitted by this recipe."""
        settings = json.loads(row["settings"])
        settings.pop("library", None)
        same = ("feature_names", "feature_versions")
        is_same = all(row[name] == getattr(self, name) for name in same)
        return is_same and bool(settings == self.settings)


def sketch_population(scoring_set: pd.DataFrame) -> tuple[float, ...]:
    """Return the lowest :data:`SKETCH_CUSTOMERS` hashes of the customers."""
    shares = np.unique(hashed_shares(scoring_set["customer_id"], "segment population"))
    return tuple(shares[:SKETCH_CUSTOMERS].tolist())


def models_of_shop(
    remembered: pd.DataFrame, scoring_set: pd.DataFrame, run: Run
) -> list[dict[str, Any]]:
    """Return the remembered models that were fitted on this shop at or before ``run.as_of``."""
    rows = registry_rows(remembered)
    if not rows:
        return []
    people = hashed_shares(scoring_set["customer_id"], "segment population")
    return [
        row
        for row in rows
        if row["as_of"] <= run.as_of
        and np.isin(json.loads(row["model_text"])["population"], people).mean() >= SAME_SHOP
    ]


def generation_in_force(
    models: list[dict[str, Any]], recipe: Recipe, run: Run, refit_after_days: int
) -> list[dict[str, Any]]:
    """Return the models of the newest fit by ``recipe`` that is young enough; none when one is due.

    One day can hold two fits (data corrected in between): they are told apart by the rows they
    were fitted on, and the one made later is in force.
    """
    oldest = run.as_of - pd.Timedelta(days=refit_after_days)
    young = [row for row in models if row["as_of"] > oldest and recipe.is_of(row)]
    newest = _fit_of(max(young, key=_fitted_at)) if young else None
    return [row for row in young if _fit_of(row) == newest]


def _fitted_at(row: dict[str, Any]) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the day a model looks from, and when it was fitted: later ones replace earlier."""
    return row["as_of"], row["trained_at"]


def _fit_of(row: dict[str, Any]) -> tuple[pd.Timestamp, str]:
    """Return what the models of one fit share: their day and the rows they were fitted on."""
    return row["as_of"], row["training_fingerprint"]
