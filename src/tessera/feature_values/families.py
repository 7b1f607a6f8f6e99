"""What each family of features is worth to each target: its share, and the loss without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera import frames
from tessera.feature_values.pasts import family_of, inputs_fingerprint, is_measured
from tessera.feature_values.permutation import auc_losses
from tessera.feature_values.schemas import FAMILY_VALUES_ORDER, FAMILY_VALUES_SCHEMA
from tessera.feature_values.shares import shares_by_origin

if TYPE_CHECKING:
    from tessera.feature_values.pasts import Past, Replayed

RECIPE = 1
"""Raise it when the way of measuring changes: everything is then measured anew."""


def value_families(
    replayed: Replayed, families: pd.DataFrame, remembered: pd.DataFrame
) -> pd.DataFrame:
    """Measure what each family is worth, unless this was measured on the same inputs before.

    Parameters
    ----------
    replayed
        The run's models and their fits at past origins.
    families
        A row per feature: ``feature_name``, ``family``.
    remembered
        The table as the last run left it; columns of ``FAMILY_VALUES_SCHEMA``.

    Returns
    -------
    DataFrame
        A row per target and family, ordered by ``FAMILY_VALUES_ORDER``. A target without candidates
        or origins has none. ``value`` sums the shares of the family's features, ``auc_loss`` is
        what the scores lose when it is shuffled (:mod:`~tessera.feature_values.permutation`); both
        are means over origins, low and high the lowest and the highest origin.
    """
    fingerprint = inputs_fingerprint(RECIPE, replayed, families)
    if is_measured(remembered, fingerprint):
        return remembered
    by_name, seed = family_of(families), replayed.run.seed
    measured = [_of_past(past, by_name, seed) for past in replayed.pasts()]
    if not measured:
        return frames.empty(FAMILY_VALUES_SCHEMA)
    told = pd.concat(measured, ignore_index=True)
    told = told.assign(inputs_fingerprint=fingerprint, run_id=replayed.run.run_id)
    return told[list(FAMILY_VALUES_SCHEMA.names)].sort_values(
        list(FAMILY_VALUES_ORDER), ignore_index=True
    )


def _of_past(past: Past, by_name: dict[str, str], seed: int) -> pd.DataFrame:
    names, losses = auc_losses(past, by_name, seed)
    by_feature = shares_by_origin(past)
    families = np.array([by_name[name] for name in past.feature_names])
    shares = np.column_stack([by_feature[:, families == name].sum(axis=1) for name in names])
    defined = losses[~np.isnan(losses).any(axis=1)]
    lost = defined if len(defined) else losses[:1]
    return pd.DataFrame(
        {
            "target": past.target,
            "family": names,
            "features": [int((families == name).sum()) for name in names],
            "value": shares.mean(axis=0),
            "value_low": shares.min(axis=0),
            "value_high": shares.max(axis=0),
            "auc_loss": lost.mean(axis=0),
            "auc_loss_low": lost.min(axis=0),
            "auc_loss_high": lost.max(axis=0),
            "model_id": past.model_id,
        }
    )
