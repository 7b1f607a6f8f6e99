"""A fitted segmentation: from features to the nearest segment, as JSON, read without code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tessera.registry import canonical_json
from tessera.segmentation.algorithms import Prototypes, Spec, segment_means
from tessera.segmentation.features import SegmentFeature
from tessera.segmentation.scaling import Scaling, fit_scaling

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]


@dataclass(frozen=True)
class SegmentModel:
    """A frozen segmentation: geometry alone. Arrays have one entry per segment, by their places.

    Who the segments are (ids and names) is decided when a model comes into force:
    :mod:`tessera.segmentation.over_time.reigns`.

    Attributes
    ----------
    spec
        Which algorithm was asked for what.
    features
        What the seed said of the features at the fit, in the order of its weights.
    scaling
        From features to points.
    prototypes
        What stands for each segment among points.
    centroids
        Shape (segments, dimensions): the mean point of each segment's customers at the fit.
    profile
        Shape (segments, numeric features): where each segment's mean lies in standard deviations
        from the population's at the fit, in the order of ``scaling.names``.
    population
        Hashes of some customers of the fit, by which the model knows its own shop again.
    """

    spec: Spec
    features: tuple[SegmentFeature, ...]
    scaling: Scaling
    prototypes: Prototypes
    centroids: Floats
    profile: Floats
    population: tuple[float, ...]

    @property
    def segments(self) -> int:
        """Return how many segments there are."""
        return len(self.centroids)

    @property
    def numeric_features(self) -> tuple[SegmentFeature, ...]:
        """Return what the columns of ``profile`` are."""
        by_name = {feature.name: feature for feature in self.features}
        return tuple(by_name[name] for name in self.scaling.names)

    def distances(self, frame: pd.DataFrame) -> Floats:
        """Return how far each row of ``frame`` lies from each segment, shape (rows, segments).

        Whatever the algorithm, the smallest is the segment a customer belongs to.
        """
        return self.prototypes.distances(self.scaling.points(frame))

    def assign(self, frame: pd.DataFrame) -> Places:
        """Return the place of the nearest segment of each row; the first of several."""
        places: Places = self.distances(frame).argmin(axis=1)
        return places

    def as_text(self) -> str:
        """Return the model as JSON; floats are written so that they read back exactly."""
        return canonical_json(
            {
                "algorithm": self.spec.algorithm,
                "size": self.spec.size,
                "features": [feature.as_plain() for feature in self.features],
                "scaling": self.scaling.as_plain(),
                "prototypes": self.prototypes.as_plain(),
                "centroids": self.centroids.tolist(),
                "profile": self.profile.tolist(),
                "population": list(self.population),
            }
        )


def read_model(model_row: pd.Series[Any] | Mapping[str, Any]) -> SegmentModel:
    """Read the model in a row of ``segment_models``."""
    plain = json.loads(model_row["model_text"])
    return SegmentModel(
        spec=Spec(plain["algorithm"], plain["size"]),
        features=tuple(SegmentFeature(**feature) for feature in plain["features"]),
        scaling=Scaling.from_plain(plain["scaling"]),
        prototypes=Prototypes.from_plain(plain["prototypes"]),
        centroids=np.array(plain["centroids"], dtype=np.float64),
        profile=np.array(plain["profile"], dtype=np.float64),
        population=tuple(plain["population"]),
    )


@dataclass(frozen=True)
class Ground:
    """What the models of one fit share.

    Attributes
    ----------
    features, scaling, population
        As in :class:`SegmentModel`.
    points
        The customers of the fit among points.
    numbers
        Their numeric features in the unit of points, also where points are components.
    """

    features: tuple[SegmentFeature, ...]
    scaling: Scaling
    population: tuple[float, ...]
    points: Floats
    numbers: Floats

    @classmethod
    def of(
        cls,
        customers: pd.DataFrame,
        features: tuple[SegmentFeature, ...],
        population: tuple[float, ...],
    ) -> Ground:
        """Learn from ``customers`` how their features become points."""
        scaling = fit_scaling(customers, features)
        points, numbers = scaling.points(customers), scaling.numbers.points(customers)
        return cls(features, scaling, population, points, numbers)


def make_model(spec: Spec, prototypes: Prototypes, ground: Ground) -> SegmentModel:
    """Return the model of ``prototypes``, which were fitted on the points of ``ground``."""
    labels = prototypes.nearest(ground.points)
    spread = ground.numbers.std(axis=0)
    apart = segment_means(ground.numbers, labels, prototypes.segments) - ground.numbers.mean(axis=0)
    return SegmentModel(
        spec=spec,
        features=ground.features,
        scaling=ground.scaling,
        prototypes=prototypes,
        centroids=segment_means(ground.points, labels, prototypes.segments),
        profile=apart / np.where(spread > 0, spread, 1.0),
        population=ground.population,
    )


def registry_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table as dicts by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
