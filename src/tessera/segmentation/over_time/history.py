"""The history of segments: every customer at every snapshot, damped, under the reign of the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera.segmentation.over_time.membership import fit_membership
from tessera.segmentation.over_time.placing import place_customers
from tessera.segmentation.over_time.rehearsal import month_pairs, place_past, rehearse
from tessera.segmentation.over_time.reigns import reign_at
from tessera.segmentation.over_time.schemas import SEGMENT_HISTORY_SCHEMA
from tessera.segmentation.over_time.stays import no_state, state_after, stay_or_move

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from tessera.runs import Run
    from tessera.segmentation.over_time.membership import Membership
    from tessera.segmentation.over_time.memory import Memory
    from tessera.segmentation.over_time.reigns import Reign
    from tessera.segmentation.over_time.spine import Spine

    Floats = NDArray[np.float64]

BETWEEN = 0.1
"""Below a tenth of the typical clearness a customer is between two segments; below 0 another one is
nearer, and damping holds her."""

LONG_AGO = pd.Timestamp("1900-01-01")
"""Before any snapshot."""


def tell_history(spine: Spine, reigns: Sequence[Reign], memory: Memory, run: Run) -> Any:
    """Say where everybody is and was, and return the whole table.

    Each snapshot since the reign in force began is said anew, in order, each from the state of the
    one before; so are snapshots that no build has told of. What earlier reigns said stays as it
    was said. ``as_of`` starts from the last month start, whatever builds came in between, so that
    nightly builds do not add up: within a month a move can be taken back.

    Parameters
    ----------
    spine
        The snapshots.
    reigns
        Those of this shop, oldest first; none when it has no customers.
    memory
        What earlier builds said; it is added to.
    run
        The build.

    Returns
    -------
    DuckDBPyRelation
        Columns of ``SEGMENT_HISTORY_SCHEMA``, ordered by snapshot and customer. Who has no past
        snapshots starts from what an earlier month said of her.
    """
    reign = reign_at(reigns, run.as_of)
    past = [instant for instant in spine.instants if instant < run.as_of]
    cycle_began_at = past[-1] if past else LONG_AGO
    if reign is not None:
        teller = _Teller(spine, memory, run)
        due = _due(past, reign, memory.newest_until(run.as_of))
        state = memory.state_before(due[0]) if due else no_state()
        for instant in due:
            state = teller.say(instant, reign_at(reigns, instant) or reign, state)
        known = memory.state_before(cycle_began_at + pd.Timedelta(microseconds=1))
        state = pd.concat([known[state.index.get_indexer(known.index) < 0], state])
        pairs = list(month_pairs(rehearse_past(spine, reign, run.as_of)))
        teller.say(run.as_of, reign, state, fit_membership(pairs))
    return memory.whole(run.as_of, cycle_began_at, run.run_id)


def rehearse_past(spine: Spine, reign: Reign, as_of: pd.Timestamp) -> list[pd.DataFrame]:
    """Return where some customers would have been of late, had the reign always been one."""
    days = reign.damping.recent_days
    return rehearse(place_past(spine.sampled(as_of), reign.model, days), reign)


def _due(
    past: Sequence[pd.Timestamp], reign: Reign, told_until: pd.Timestamp | None
) -> list[pd.Timestamp]:
    """Return the past snapshots that this build says: all, when none was ever told of."""
    if told_until is None:
        return list(past)
    return [instant for instant in past if instant >= reign.reigns_from or instant > told_until]


@dataclass(frozen=True)
class _Teller:
    """Says one snapshot after the other."""

    spine: Spine
    memory: Memory
    run: Run

    def say(
        self,
        instant: pd.Timestamp,
        reign: Reign,
        state: pd.DataFrame,
        membership: Membership | None = None,
    ) -> pd.DataFrame:
        """Say one snapshot; return the state after it."""
        customers = self.spine.read(instant)
        if customers.empty:
            return state
        days = reign.damping.recent_days
        stays = stay_or_move(place_customers(customers, instant, reign.model, days), reign, state)
        told = stays.assign(
            segment_name=stays["segment_id"].map(reign.names_by_id),
            membership_score=_scores(stays, reign, membership),
            is_between_segments=stays["clearness"] < BETWEEN,
            model_id=reign.model_id,
            run_id=self.run.run_id,
            scored_at=self.run.run_started_at,
            told_in_run_id=self.run.run_id,
        )
        self.memory.say(told[list(SEGMENT_HISTORY_SCHEMA.names)])
        return state_after(state, stays)


def _scores(stays: pd.DataFrame, reign: Reign, membership: Membership | None) -> Floats | float:
    """Return the scores; 1 where there is one segment, which nobody can leave; NaN for unknown."""
    if len(reign.segment_ids) == 1:
        return 1.0
    return membership.scores(stays) if membership else float("nan")
