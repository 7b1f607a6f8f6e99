"""What the whole mart adds over its first sixty features and over the starter profile."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from rich.table import Table

from tessera import frames
from tessera.feature_values import PROFILE_SCORES_SCHEMA, Replayed, score_profiles

if TYPE_CHECKING:
    from benchmarks.churn import Fitted, TrainingData

PROFILES = Path("seeds/feature_profiles.csv")
WINDOWS = ("7d", "30d", "90d", "180d", "365d", "lifetime")
OF_ORDERS = ("count", "amount_sum", "amount_avg", "amount_max", "discount_sum", "discounted_share")
OF_LINES = ("count", "discounted_share", "returned_share")
COMPARED = ("7d_over_90d", "30d_over_180d", "90d_over_365d")


def first_features() -> list[str]:
    """Return the first sixty features of the mart as it was when it began: orders and their lines.

    Examples
    --------
    >>> len(first_features()), first_features()[-1]
    (60, 'order_lines_returned_share_180d')
    """
    counts = [f"orders_{measure}_{window}" for window, measure in product(WINDOWS, OF_ORDERS)]
    recency = ["orders_days_since_last", "orders_days_since_first"]
    gaps = [
        f"orders_gap_days_{aggregate}_{window}"
        for window, aggregate in product(("365d", "lifetime"), ("median", "max"))
    ]
    compared = [
        f"orders_{measure}_{pair}" for pair, measure in product(COMPARED, ("count", "amount_sum"))
    ]
    lines = [f"order_lines_{measure}_{window}" for window, measure in product(WINDOWS, OF_LINES)]
    return [*counts, *recency, *gaps, *compared, *lines[:12]]


def measure_profiles(data: TrainingData, fitted: list[Fitted]) -> pd.DataFrame:
    """Score LightGBM on the whole mart, on its first sixty features and on the starter profile.

    The rows, origins and folds are those of ``fitted``, whose fits on the whole mart are used.

    Returns
    -------
    DataFrame
        Columns of ``PROFILE_SCORES_SCHEMA``, a row per target and choice of features.
    """
    models = pd.concat([each.models for each in fitted], ignore_index=True)
    replays = pd.concat([each.replays for each in fitted], ignore_index=True)
    replayed = Replayed(data.training_set, data.targets, models, replays, data.run)
    with PROFILES.open(encoding="utf-8", newline="") as file:
        chosen = [(row["profile"], row["feature_name"]) for row in csv.DictReader(file)]
    chosen += [("first 60", name) for name in first_features()]
    profiles = pd.DataFrame(chosen, columns=["profile", "feature_name"])
    return score_profiles(replayed, profiles, frames.empty(PROFILE_SCORES_SCHEMA))


def profiles_table(scores: pd.DataFrame) -> Table:
    """Lay out a line per target and choice of features."""
    table = Table(
        title="LightGBM on fewer features: ROC AUC on the same rows, origins and folds",
        caption="What the full mart adds: paired difference, 95 % interval over people.",
        title_justify="left",
        caption_justify="left",
    )
    for heading in ("target", "features read"):
        table.add_column(heading, no_wrap=True)
    for heading in ("number", "AUC", "interval", "full adds", "interval"):
        table.add_column(heading, justify="right")
    for row in scores.itertuples():
        is_full = row.profile == "full"
        added = f"{row.added_by_full_low:+.3f} to {row.added_by_full_high:+.3f}"
        table.add_row(
            row.target,
            row.profile,
            f"{row.features}",
            f"{row.roc_auc:.3f}",
            f"{row.low:.3f}-{row.high:.3f}",
            "" if is_full else f"{row.added_by_full:+.3f}",
            "" if is_full else added,
        )
    return table
