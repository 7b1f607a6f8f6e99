"""How many customers one run may find to be others: the number `gate_identity` holds merges to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from tessera.gates.previous import previous_volumes

if TYPE_CHECKING:
    import pandas as pd

    from tessera.runs import Run

# The simulated shop merges 27 of 5,114 customers in its newest 30 days (0.5 %), 186 in its first
# month, when every feed begins. A tenth at once is a new source, or a shared key without a limit.
MOST_SHARE_OF_CUSTOMERS = 0.1
# In a small shop a tenth is a handful of people, whom one import ties together.
FEW = 100


def merges_ceiling(customer_identities: Any, remembered: pd.DataFrame, run: Run) -> dict[str, int]:
    """Return the most merges that this run may know of, given how many the last one knew.

    Parameters
    ----------
    customer_identities
        Relation with ``customer_id``, one row per customer and identifier.
    remembered
        Evidence of ``gate_identity`` of earlier runs; rows of this very run do not count.
    run
        The run that is checked. When it accepts volumes there is nothing to compare with.

    Returns
    -------
    dict
        ``identity_merges_rows_ceiling``. Without an earlier run: the number of rows, since each
        merge leaves one identifier that is no customer any more.
    """
    rows, customers = customer_identities.aggregate(
        "count(*), count(distinct customer_id)"
    ).fetchall()[0]
    earlier = remembered[remembered["run_id"] != run.run_id]
    volumes = previous_volumes(earlier, "gate_identity", run.feeds_folder)
    before = None if run.accepts_volumes else volumes.get("identity_merges")
    if before is None:
        return {"identity_merges_rows_ceiling": int(rows)}
    allowed = max(FEW, math.ceil(MOST_SHARE_OF_CUSTOMERS * customers))
    return {"identity_merges_rows_ceiling": int(before) + allowed}
