"""Fitted centroids become segments: with ids and names carried on from the models before them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tessera.segmentation.algorithms import segment_means
from tessera.segmentation.alignment import align_ids, first_free_number
from tessera.segmentation.meaning import name_segments
from tessera.segmentation.model import SegmentModel
from tessera.segmentation.recipe import newest_ancestors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.runs import Run
    from tessera.segmentation.algorithms import Prototypes, Spec
    from tessera.segmentation.meaning import Playbook
    from tessera.segmentation.recipe import Recipe
    from tessera.segmentation.scaling import Scaling

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Made:
    """What the models of one fit share."""

    scaling: Scaling
    playbook: Playbook
    population: tuple[float, ...]


@dataclass
class Lineage:
    """Hands out segment ids while the models of one fit are made.

    A model carries on the ids of the newest older model of its spec. Where there is none, it
    carries on those of the model just made, so that ``s2`` means the same people whichever
    candidate wins. An id is never given twice.

    Attributes
    ----------
    ancestors
        Per spec, id and model of the newest older fit.
    first_free
        The first number that no segment of this shop has borne.
    sibling
        The model made last.
    """

    ancestors: dict[Spec, tuple[str, SegmentModel]]
    first_free: int
    sibling: SegmentModel | None = None

    @classmethod
    def of(cls, models: list[dict[str, Any]], recipe: Recipe, run: Run) -> Lineage:
        """Begin with the shop's remembered ``models`` of the days before ``run.as_of``."""
        older = [json.loads(row["model_text"]) for row in models if row["as_of"] < run.as_of]
        borne = [segment_id for plain in older for segment_id in plain["segment_ids"]]
        return cls(newest_ancestors(models, recipe, run), first_free_number(borne))

    def next_model(
        self, spec: Spec, prototypes: Prototypes, points: Floats, recipe: Recipe, made: Made
    ) -> SegmentModel:
        """Make the model of ``prototypes``, which were fitted on ``points``."""
        aligned_to, ancestor = self.ancestors.get(spec, ("", None))
        labels = prototypes.nearest(points)
        centroids = segment_means(points, labels, prototypes.segments)
        ids = self._ids(centroids, ancestor or self.sibling)
        profile = _profile(points, labels, prototypes.segments)[:, : len(made.scaling.names)]
        told = {feature.name: feature for feature in recipe.features}
        features = [told[name] for name in made.scaling.names]
        kept = _kept_archetypes(ids, ancestor)
        names, archetypes = name_segments(profile, features, made.playbook, kept)
        self.first_free = max(self.first_free, first_free_number(ids))
        self.sibling = SegmentModel(
            spec=spec,
            features=recipe.features,
            scaling=made.scaling,
            prototypes=prototypes,
            centroids=centroids,
            profile=profile,
            segment_ids=ids,
            segment_names=names,
            archetypes=archetypes,
            playbook_fingerprint=made.playbook.fingerprint,
            aligned_to=aligned_to,
            population=made.population,
        )
        return self.sibling

    def _ids(self, centroids: Floats, relative: SegmentModel | None) -> tuple[str, ...]:
        if relative is None:
            return tuple(f"s{self.first_free + place}" for place in range(len(centroids)))
        # Each in the deviations of its own population: "spends far more than most" stays the same
        # segment when prices rise or the whole shop grows older. Compared in one currency, a
        # refit of Complete Journey kept 2 of 6 ids after four months; compared so, all 6.
        return align_ids(centroids, relative.centroids, relative.segment_ids, self.first_free)


def _profile(points: Floats, labels: NDArray[np.int64], segments: int) -> Floats:
    """Return how many standard deviations each segment's mean lies from the mean of the points."""
    spread = points.std(axis=0)
    apart = segment_means(points, labels, segments) - points.mean(axis=0)
    profile: Floats = apart / np.where(spread > 0, spread, 1.0)
    return profile


def _kept_archetypes(ids: tuple[str, ...], ancestor: SegmentModel | None) -> dict[int, str]:
    """Return the archetype of each segment that bore its id before: who stays keeps the name."""
    if ancestor is None:
        return {}
    before = dict(zip(ancestor.segment_ids, ancestor.archetypes, strict=True))
    return {place: before[name] for place, name in enumerate(ids) if before.get(name)}
