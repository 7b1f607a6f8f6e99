"""Which features matter: for each target out of time and out of person, and for the segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from tessera import frames, registry, samples
from tessera.feature_values.alone import auc_alone
from tessera.feature_values.pasts import family_of, inputs_fingerprint, is_measured
from tessera.feature_values.redundancy import redundancy_groups
from tessera.feature_values.schemas import FEATURE_VALUES_ORDER, FEATURE_VALUES_SCHEMA
from tessera.feature_values.segment_shares import explained_shares
from tessera.feature_values.shares import shares_by_origin, stability
from tessera.features import feature_columns, readable_features
from tessera.segmentation.model import read_model
from tessera.segmentation.sampling import SAMPLE, choose_customers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from tessera.feature_values.pasts import Past, Replayed

    Floats = NDArray[np.float64]

RECIPE = 1
"""Raise it when the way of measuring changes: everything is then measured anew."""
SEGMENTS = "segments"
"""What stands in ``target`` where the segments are explained, not a prediction."""
SNAPSHOTS = 4
"""Past snapshots at which the segments are looked at, beside the newest: as many as origins."""
SAMPLE_CUSTOMERS = 2_000
"""Customers whose ranks are compared: a correlation of .9 of so many is known to .01."""


def read_customers(relation: Any) -> pd.DataFrame:
    """Read from ``dbt.ref("scoring_set")`` the customers that :func:`value_features` looks at."""
    return samples.read_sample(relation, SAMPLE_CUSTOMERS, SAMPLE)


def value_features(
    replayed: Replayed,
    scoring_set: pd.DataFrame,
    segmentation: pd.DataFrame,
    families: pd.DataFrame,
    remembered: pd.DataFrame,
) -> pd.DataFrame:
    """Measure what each feature is worth, unless this was measured on the same inputs before.

    Parameters
    ----------
    replayed
        The run's models and their fits at past origins.
    scoring_set
        A row per customer at the newest snapshot, or of those that :func:`read_customers` reads.
    segmentation
        The champion's row of ``segment_models``, or no row.
    families
        A row per feature: ``feature_name``, ``family``.
    remembered
        The table as the last run left it; columns of ``FEATURE_VALUES_SCHEMA``.

    Returns
    -------
    DataFrame
        A row per target (and ``segments``) and feature, ordered by ``FEATURE_VALUES_ORDER``. A
        target without candidates or origins has none. ``value`` is the mean over origins of the
        feature's share of what moves the scores (:mod:`~tessera.feature_values.shares`), for the
        segments of the share of the feature that they explain
        (:mod:`~tessera.feature_values.segment_shares`); ``value_low`` and ``value_high`` are the
        lowest and the highest origin.
    """
    customers = choose_customers(scoring_set, SAMPLE_CUSTOMERS)
    looked_at = [*_past_snapshots(replayed.training_set), customers]
    snapshots = [rows for rows in looked_at if len(rows)]
    fingerprint = inputs_fingerprint(
        RECIPE,
        replayed,
        families,
        segmentation=list(segmentation["model_id"]),
        snapshots=[registry.fingerprint(_read(rows)) for rows in snapshots],
    )
    if is_measured(remembered, fingerprint):
        return remembered
    measured = [_of_past(past) for past in replayed.pasts()]
    if len(customers) and len(segmentation):
        measured.append(_of_segments(registry.records(segmentation)[0], snapshots))
    if not measured:
        return frames.empty(FEATURE_VALUES_SCHEMA)
    values = pd.concat(measured, ignore_index=True)
    values["family"] = values["feature_name"].map(family_of(families))
    told = _grouped(values, customers).assign(
        inputs_fingerprint=fingerprint, run_id=replayed.run.run_id
    )
    told = told.sort_values(list(FEATURE_VALUES_ORDER), ignore_index=True)
    return told[list(FEATURE_VALUES_SCHEMA.names)]


def _of_past(past: Past) -> pd.DataFrame:
    shares, alone = shares_by_origin(past), auc_alone(past)
    return _told(past.target, past.model_id, past.feature_names, shares, alone)


def _of_segments(champion: dict[str, Any], snapshots: Sequence[pd.DataFrame]) -> pd.DataFrame:
    names = feature_columns(snapshots[-1])
    explained = explained_shares(snapshots, names, read_model(champion))
    return _told(SEGMENTS, champion["model_id"], names, explained, np.full(len(names), np.nan))


def _told(
    target: str, model_id: str, names: list[str], by_origin: Floats, alone: Floats
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "target": target,
            "feature_name": names,
            "value": by_origin.mean(axis=0),
            "value_low": by_origin.min(axis=0),
            "value_high": by_origin.max(axis=0),
            "stability": stability(by_origin),
            "auc_alone": alone,
            "model_id": model_id,
        }
    )


def _grouped(values: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Name each feature's group after its head: the member worth most to the first target."""
    groups = redundancy_groups(_read(customers), customers["customer_id"])
    first = values[values["target"] == values["target"].min()].set_index("feature_name")["value"]
    members = pd.DataFrame({"feature_name": feature_columns(customers), "group": groups})
    members["value"] = members["feature_name"].map(first)
    members = members.sort_values(["value", "feature_name"], ascending=[False, True])
    members["redundancy_group"] = members.groupby("group")["feature_name"].transform("first")
    named = values.merge(
        members[["feature_name", "redundancy_group"]], on="feature_name", how="left"
    )
    return named.assign(is_group_head=named["feature_name"] == named["redundancy_group"])


def _past_snapshots(training_set: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the newest past snapshots, oldest first, of a bounded number of customers each."""
    dates = sorted(training_set["snapshot_at"].unique())[-SNAPSHOTS:]
    return [
        choose_customers(training_set[training_set["snapshot_at"] == date], SAMPLE_CUSTOMERS)
        for date in dates
    ]


def _read(rows: pd.DataFrame) -> Any:
    return readable_features(rows, feature_columns(rows))
