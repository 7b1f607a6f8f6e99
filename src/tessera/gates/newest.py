"""How many customers the newest snapshot owes: the number `gate_customer_features` holds it to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tessera.gates.previous import MIN_SHARE_OF_PREVIOUS_ROWS, previous_observation

if TYPE_CHECKING:
    import pandas as pd

    from tessera.runs import Run

_OBSERVED_BY = "feature_statistics.customers.floor"


def customers_floor(remembered: pd.DataFrame, run: Run) -> dict[str, int]:
    """Return the fewest customers that the newest snapshot may have, given the last green run.

    The rows of ``customer_features`` do not say: most of them are past snapshots.

    Parameters
    ----------
    remembered
        Evidence of ``gate_customer_features`` of earlier runs; rows of this very run do not count.
    run
        The run that is checked. When it accepts volumes there is nothing to compare with.

    Returns
    -------
    dict
        ``newest_customers_floor``; 0 without an earlier run.
    """
    earlier = remembered[remembered["run_id"] != run.run_id]
    gate, folder = "gate_customer_features", run.feeds_folder
    before = previous_observation(earlier, gate, folder, _OBSERVED_BY)
    owed = 0 if run.accepts_volumes else before or 0
    return {"newest_customers_floor": math.ceil(MIN_SHARE_OF_PREVIOUS_ROWS * owed)}
