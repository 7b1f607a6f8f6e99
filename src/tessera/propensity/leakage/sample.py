"""Samples of whole customers: enough to be sure of, and few enough for a shop of millions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tessera import samples
from tessera.hashing import hashed_shares

if TYPE_CHECKING:
    import pandas as pd

    from tessera.propensity.labelled import Labelled

MOST_ROWS = 20_000
"""Rows looked at: an AUC over 2,000 positives is known to .01 (Hanley and McNeil 1982), far finer
than any threshold here, and 400 columns of them are ranked in seconds."""
SAMPLE = "leak sample"
"""What the numbers are for by which customers are chosen."""


def bounded(rows: Labelled, outcomes: pd.DataFrame) -> tuple[Labelled, pd.DataFrame]:
    """Return whole customers, chosen by hash, who have at most :data:`MOST_ROWS` rows."""
    if len(rows) <= MOST_ROWS:
        return rows, outcomes
    shares = hashed_shares(rows.customer_ids, SAMPLE)
    is_chosen = shares < np.sort(shares)[MOST_ROWS]
    return rows.where(is_chosen), outcomes[is_chosen]


def read_scoring_sample(relation: Any) -> pd.DataFrame:
    """Read at most :data:`MOST_ROWS` customers of the scoring set, chosen by hash.

    Parameters
    ----------
    relation
        What ``dbt.ref("scoring_set")`` returns: a row per customer.
    """
    return samples.read_sample(relation, MOST_ROWS, SAMPLE)
