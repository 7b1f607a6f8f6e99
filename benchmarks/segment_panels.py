"""A shop month by month: who is how near to which segment of a model that was frozen early."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd

from tessera.segmentation.algorithms import Spec, fit_specs
from tessera.segmentation.features import available_features, read_features
from tessera.segmentation.model import SegmentModel
from tessera.segmentation.over_time.damping import DECLARED, typical_clearness
from tessera.segmentation.over_time.recent import recent_twin
from tessera.segmentation.scaling import fit_scaling

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Places = NDArray[np.int64]
    Flags = NDArray[np.bool_]

SEED = 7
NOBODY = -1
"""Stands for the segment of who is not there."""


@dataclass(frozen=True)
class Shop:
    """What a build knows of its customers at each month start.

    Attributes
    ----------
    name
        As the tables call it.
    months
        Each month start, oldest first, with a row per customer.
    outcomes
        Log of the spend of the next 90 days by month start and customer, where these are over.
    seed
        The rows of ``seeds/segment_features.csv``.
    """

    name: str
    months: dict[pd.Timestamp, pd.DataFrame]
    outcomes: pd.Series
    seed: pd.DataFrame


@dataclass(frozen=True)
class Panel:
    """Distances to the segments of one frozen model. The first axis is the month.

    Attributes
    ----------
    months
        Month starts, the fit first.
    customer_ids
        Everybody who is ever there, ordered.
    apart, recent
        Distances of customers and of their recent twins, shape (months, customers, segments).
    is_there
        Shape (months, customers).
    outcomes
        Shape (months, customers); NaN where they are not known.
    typical
        How clear the typical member of each segment is, at the fit.
    """

    months: tuple[pd.Timestamp, ...]
    customer_ids: NDArray[np.object_]
    apart: Floats
    recent: Floats
    is_there: Flags
    outcomes: Floats
    typical: Floats

    @property
    def nearest(self) -> Places:
        """Return the undamped segments, shape (months, customers)."""
        places = np.nan_to_num(self.apart, nan=np.inf).argmin(axis=2)
        nearest: Places = np.where(self.is_there, places, NOBODY)
        return nearest


def read_shop(database: Path, name: str, seed: pd.DataFrame) -> Shop:
    """Read the month starts that a build knows; ``as_of``, within a month, is left out."""
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.sql(
            "select * from features.customer_features "
            "where snapshot_at = date_trunc('month', snapshot_at) order by snapshot_at, customer_id"
        ).df()
        spend = connection.sql(
            "select snapshot_at, customer_id, ln(1 + greatest(outcome_amount_90d, 0)) as spend "
            "from features.training_set where outcome_amount_90d is not null"
        ).df()
    months = {at: each.reset_index(drop=True) for at, each in rows.groupby("snapshot_at")}
    outcomes = spend.set_index(["snapshot_at", "customer_id"])["spend"].astype(np.float64)
    return Shop(name, months, outcomes, seed)


def fit_model(shop: Shop, at: pd.Timestamp, segments: int) -> SegmentModel:
    """Fit k-means of so many segments on the customers of one month start."""
    customers = shop.months[at]
    features = available_features(customers, read_features(shop.seed))
    scaling = fit_scaling(customers, features)
    ((spec, prototypes),) = fit_specs(scaling.points(customers), [Spec("kmeans", segments)], SEED)
    nothing = np.zeros((prototypes.segments, 0))
    return SegmentModel(spec, features, scaling, prototypes, nothing, nothing, ())


def first_ids(segments: int) -> tuple[str, ...]:
    """Return the ids of a first reign."""
    return tuple(f"s{place + 1}" for place in range(segments))


def follow_model(shop: Shop, model: SegmentModel, since: pd.Timestamp) -> Panel:
    """Place everybody by a frozen model at every month start from ``since`` on."""
    months = tuple(at for at in shop.months if at >= since)
    customer_ids = np.unique(np.concatenate([shop.months[at]["customer_id"] for at in months]))
    shape = (len(months), len(customer_ids))
    apart, recent = (np.full((*shape, model.segments), np.nan) for _ in range(2))
    is_there, outcomes = np.zeros(shape, dtype=np.bool_), np.full(shape, np.nan)
    names = [feature.name for feature in model.features]
    for month, at in enumerate(months):
        rows = shop.months[at]
        places = np.searchsorted(customer_ids, rows["customer_id"].to_numpy(dtype=object))
        apart[month, places] = model.distances(rows)
        recent[month, places] = model.distances(recent_twin(rows, names, DECLARED.recent_days))
        is_there[month, places] = True
        known = pd.MultiIndex.from_product([[at], rows["customer_id"]])
        outcomes[month, places] = shop.outcomes.reindex(known).to_numpy()
    typical = typical_clearness(apart[0][is_there[0]])
    return Panel(months, customer_ids, apart, recent, is_there, outcomes, typical)
