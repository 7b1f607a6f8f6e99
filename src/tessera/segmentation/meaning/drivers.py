"""The ten things that tell a segment's members from everybody else, of all features there are.

A small surrogate (LightGBM: few, shallow trees) learns from every numeric feature of the mart who
is in the segment; exact TreeSHAP (Lundberg 2018) says what moved it for the members. It is grown
anew on bootstrap samples of customers: a driver's importance is the mean over these, its stability
how often it was among the ten. Windows of one measure are one thing and share its contributions,
and of features that rank customers alike one speaks for all: ten drivers say ten things.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import lightgbm
import numpy as np
import pandas as pd

from tessera import frames, samples
from tessera.feature_values.redundancy import agreement
from tessera.features import feature_columns, readable_features
from tessera.segmentation.meaning.driver_words import told_drivers
from tessera.segmentation.meaning.schemas import SEGMENT_DRIVER_SCORES_SCHEMA
from tessera.segmentation.model import read_model, registry_rows
from tessera.segmentation.sampling import choose_customers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tessera.runs import Run

    Floats = NDArray[np.float64]
    Booleans = NDArray[np.bool_]

SAMPLE = "segment drivers"
"""What the numbers are for by which customers are chosen."""
SAMPLE_CUSTOMERS = 20_000
"""Customers whose medians are told: a segment of 5 % then has 1,000."""
FIT_CUSTOMERS = 5_000
"""Customers the surrogate learns from."""
RANKED_CUSTOMERS = 2_000
"""Customers whose ranks are compared: a correlation of .8 of so many is known to .01."""
EXPLAINED_CUSTOMERS = 300
"""Members that are asked what moved them: the mean over so many moves by 2 to 4 %."""

FEWEST = 10
"""Members, and others, below which nothing is told: medians would be about persons."""
ALIKE = 0.8
"""Correlation of ranks from which one feature speaks for both. At .9 the ten of a segment of
Complete Journey named its orders three times, by count, by lines and by gaps."""
DRIVERS_TOLD = 10
REFITS = 10
"""Bootstrap samples: stability is told in tenths. Ten fits for each of six segments, 60 features of
2,469 customers, take half a second."""
TREES = 20

PARAMETERS: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.2,
    "num_leaves": 5,
    "min_data_in_leaf": 5,
    "lambda_l2": 10.0,
    "feature_fraction": 0.5,
    "max_bin": 63,
    "feature_pre_filter": False,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}

_WINDOW = re.compile(r"_(\d+d|lifetime)(?=_|$)")


def read_driver_sample(relation: Any) -> pd.DataFrame:
    """Read the customers that drivers are found on from a table with a row per customer.

    ``dbt.ref("scoring_set")`` and ``dbt.ref("segment_assignments")`` give the same customers.
    """
    return samples.read_sample(relation, SAMPLE_CUSTOMERS, SAMPLE)


def find_drivers(
    assignments: pd.DataFrame, customers: pd.DataFrame, champions: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Find the drivers of each segment: columns of ``SEGMENT_DRIVER_SCORES_SCHEMA``.

    Parameters
    ----------
    assignments
        A row per customer with ``segment_id``.
    customers
        A row per customer at the newest snapshot, with all features.
    champions
        The champion's row of ``segment_models``, or no row. Where several features rank customers
        alike, one that the champion reads speaks for them.
    run
        The build; its seed draws the samples.

    Returns
    -------
    DataFrame
        A row per segment and rank, at most :data:`DRIVERS_TOLD`. None of a segment with fewer than
        :data:`FEWEST` members, or that has all customers but so few.
    """
    if champions.empty or assignments.empty or customers.empty:
        return frames.empty(SEGMENT_DRIVER_SCORES_SCHEMA)
    joined = choose_customers(
        customers.merge(assignments[["customer_id", "segment_id"]], on="customer_id"),
        SAMPLE_CUSTOMERS,
    )
    features = _numbers(joined)
    own = read_model(registry_rows(champions)[0]).scaling.names
    spokesmen = features[_spokesmen(features, joined["customer_id"], own)]
    if not len(spokesmen.columns):
        return frames.empty(SEGMENT_DRIVER_SCORES_SCHEMA)
    fitted = choose_customers(joined[["customer_id", "snapshot_at", "segment_id"]], FIT_CUSTOMERS)
    rows = np.flatnonzero(joined["customer_id"].isin(fitted["customer_id"]).to_numpy())
    told = list(_by_segment(joined["segment_id"], spokesmen, rows, run.seed))
    if not told:
        return frames.empty(SEGMENT_DRIVER_SCORES_SCHEMA)
    drivers = pd.concat(told, ignore_index=True).assign(run_id=run.run_id)
    return drivers[list(SEGMENT_DRIVER_SCORES_SCHEMA.names)]


def _by_segment(
    segment_ids: pd.Series, features: pd.DataFrame, rows: NDArray[np.intp], seed: int
) -> Iterator[pd.DataFrame]:
    """Yield the drivers of each segment that has some; the surrogate learns from ``rows`` alone."""
    surrogate = Surrogate(features.iloc[rows], seed)
    for segment_id in sorted(segment_ids.unique()):
        inside = (segment_ids == segment_id).to_numpy()
        if min(inside[rows].sum(), (~inside[rows]).sum()) < FEWEST:
            continue
        drivers = told_drivers(surrogate.explain(inside[rows]), features, inside, DRIVERS_TOLD)
        if len(drivers):
            yield drivers.assign(segment_id=segment_id)


class Surrogate:
    """Trees over the features of some customers, for one segment after the other."""

    def __init__(self, features: pd.DataFrame, seed: int) -> None:
        self.matrix = features.to_numpy()
        self.things = things_of(list(features.columns))
        self.seed = seed
        self.data = lightgbm.Dataset(
            self.matrix, label=np.zeros(len(features)), params=PARAMETERS, free_raw_data=False
        )

    def explain(self, inside: Booleans) -> pd.DataFrame:
        """Return what moves the log-odds of being inside, for those who are.

        Returns
        -------
        DataFrame
            A row per thing: ``place`` of the feature that moves most of it, ``importance`` (mean
            over the fits of the mean absolute contribution), ``contribution`` (of the signed one)
            and ``stability`` (share of the fits in which it is among :data:`DRIVERS_TOLD`).
        """
        members = self.matrix[np.flatnonzero(inside)[:EXPLAINED_CUSTOMERS]]
        by_fit = [
            np.asarray(trees.predict(members, pred_contrib=True, num_threads=1))[:, :-1]
            for trees in self._fits(inside)
        ]
        per_feature = np.mean([np.abs(of_rows).mean(axis=0) for of_rows in by_fit], axis=0)
        names = sorted(set(self.things))
        columns = [[i for i, t in enumerate(self.things) if t == thing] for thing in names]
        summed = [np.column_stack([c[:, some].sum(axis=1) for some in columns]) for c in by_fit]
        strengths = np.array([np.abs(of_rows).mean(axis=0) for of_rows in summed])
        return pd.DataFrame(
            {
                "place": [some[int(per_feature[some].argmax())] for some in columns],
                "importance": strengths.mean(axis=0),
                "contribution": np.mean([of_rows.mean(axis=0) for of_rows in summed], axis=0),
                "stability": np.mean([_is_among_first(each) for each in strengths], axis=0),
            }
        )

    def _fits(self, inside: Booleans) -> Iterator[lightgbm.Booster]:
        # The bins of the features are cut once: a segment is another label, a bootstrap sample
        # other weights of the same rows.
        self.data.construct().set_label(inside.astype(float))
        random = np.random.default_rng(self.seed)
        for fit in range(REFITS):
            drawn = random.integers(0, len(inside), len(inside))
            self.data.set_weight(np.bincount(drawn, minlength=len(inside)).astype(float))
            settings = {**PARAMETERS, "seed": self.seed + fit}
            yield lightgbm.train(settings, self.data, TREES, keep_training_booster=True)


def things_of(names: Sequence[str]) -> list[str]:
    """Return what each feature measures, whatever the window.

    Examples
    --------
    >>> things_of(["orders_count_30d", "orders_count_90d", "orders_count_30d_over_90d"])
    ['orders_count', 'orders_count', 'orders_count_over']
    """
    return [_WINDOW.sub("", name) for name in names]


def _is_among_first(strengths: Floats) -> Booleans:
    """Tell which are among the strongest that move anything."""
    first = np.argsort(-strengths, kind="stable")[:DRIVERS_TOLD]
    is_first = np.zeros(len(strengths), dtype=np.bool_)
    is_first[first] = True
    return is_first & (strengths > 0)


def _numbers(customers: pd.DataFrame) -> pd.DataFrame:
    """Return the features that are numbers and not the same for everybody."""
    names = [name for name in feature_columns(customers) if name != "segment_id"]
    read = readable_features(customers, names)
    kept = [
        name for name in names if read[name].dtype == np.float64 and len(read[name].unique()) > 1
    ]
    return read[kept]


def _spokesmen(features: pd.DataFrame, who: pd.Series, preferred: Sequence[str]) -> list[str]:
    """Return features of which no two rank customers alike: the champion's, then short names."""
    names = list(features.columns)
    alike = agreement(features.iloc[:RANKED_CUSTOMERS], who.iloc[:RANKED_CUSTOMERS])
    order = sorted(range(len(names)), key=lambda i: (names[i] not in preferred, len(names[i]), i))
    kept: list[int] = []
    for place in order:
        if names[place] in preferred or (alike[place, kept] < ALIKE).all():
            kept.append(place)
    return [names[place] for place in sorted(kept)]
