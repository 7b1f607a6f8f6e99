"""What earlier builds said of segments, and what of it still stands.

A table with a row per customer and month outgrows memory. It is written and read through DuckDB,
which puts on disk what it cannot hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import frames
from tessera.segmentation.over_time.schemas import SEGMENT_HISTORY_SCHEMA
from tessera.segmentation.over_time.stays import by_customer, no_state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tessera.runs import Run

# Who was merged into somebody else or left the feeds since has no history under the old name.
_RECALL = """
create or replace temp table segment_history_remembered as
with known as (
    select *, model_id in (select unnest($ours::varchar[])) as is_ours from remembered
)
select * from known
where
    not is_ours
    or snapshot_at > $as_of
    or customer_id in (select customer_id from known_people)
"""

_SAID = "create or replace temp table segment_history_said as select * from said_schema"

_STATE = """
select customer_id, segment_id, previous_segment_id, entered_at
from segment_history_remembered
where is_ours and snapshot_at < ?
qualify row_number() over (partition by customer_id order by snapshot_at desc) = 1
order by customer_id
"""

# No longer there: what is said again in this build, what was said earlier in the month that runs,
# and what was said between month starts of a customer whose month starts are known. Kept, but not
# claimed: what is said of a later as_of, or of another shop.
_WHOLE = """
create or replace temp table segment_history_whole as
select * exclude (is_ours, is_claimed) replace (
    case when is_claimed then $run_id else told_in_run_id end as told_in_run_id
)
from (
    select *, is_ours and snapshot_at <= $as_of as is_claimed from segment_history_remembered
) as remembered
where
    not is_claimed
    or (
        snapshot_at <= $cycle_began_at
        and not exists (
            select 1 from segment_history_said as said
            where
                said.customer_id = remembered.customer_id
                and (
                    said.snapshot_at = remembered.snapshot_at
                    or (
                        said.snapshot_at < $as_of
                        and remembered.snapshot_at
                        != date_trunc('month', remembered.snapshot_at)
                    )
                )
        )
    )
qualify not is_claimed or row_number() over (
    partition by is_claimed, customer_id, snapshot_at order by scored_at desc, model_id
) = 1
union all
select * from segment_history_said
order by snapshot_at, customer_id
"""


@dataclass
class Memory:
    """The history as it was, and as this build adds to it.

    Attributes
    ----------
    session
        The DuckDB connection that dbt hands to a Python model.
    """

    session: Any

    @classmethod
    def of(
        cls, session: Any, this: Any, ours: Iterable[str], people: pd.DataFrame, run: Run
    ) -> Memory:
        """Recall what the table ``this`` says; nothing before the first build.

        Parameters
        ----------
        session
            The DuckDB connection that dbt hands to a Python model.
        this
            ``dbt.this``.
        ours
            The models that ever reigned in this shop. Rows by others are kept and not looked at.
        people
            A row per customer known at ``as_of``. What was said of others until then is dropped.
        run
            The build.
        """
        remembered = frames.remembered_relation(session, this, SEGMENT_HISTORY_SCHEMA)
        session.register("remembered", remembered)
        session.register("known_people", people[["customer_id"]])
        as_of = run.as_of.to_pydatetime()
        session.execute(_RECALL, {"ours": sorted(ours), "as_of": as_of})
        session.register("said_schema", SEGMENT_HISTORY_SCHEMA.empty_table())
        session.execute(_SAID)
        for name in ("remembered", "known_people", "said_schema"):
            session.unregister(name)
        return cls(session)

    def newest_until(self, as_of: pd.Timestamp) -> pd.Timestamp | None:
        """Return the newest snapshot of this shop that was told of, None without one."""
        (found,) = self.session.execute(
            "select max(snapshot_at) from segment_history_remembered "
            "where is_ours and snapshot_at <= ?",
            [as_of.to_pydatetime()],
        ).fetchone()
        return None if found is None else pd.Timestamp(found)

    def state_before(self, instant: pd.Timestamp) -> pd.DataFrame:
        """Return where each customer of this shop was last told to be, before an instant."""
        rows = self.session.execute(_STATE, [instant.to_pydatetime()]).df()
        return by_customer(rows) if len(rows) else no_state()

    def say(self, rows: pd.DataFrame) -> None:
        """Add rows of ``SEGMENT_HISTORY_SCHEMA``."""
        self.session.register("said_now", frames.typed(rows, SEGMENT_HISTORY_SCHEMA))
        self.session.execute("insert into segment_history_said select * from said_now")
        self.session.unregister("said_now")

    def whole(self, as_of: pd.Timestamp, cycle_began_at: pd.Timestamp, run_id: str) -> Any:
        """Return the table as it is from now on: a relation, its rows ordered.

        Parameters
        ----------
        as_of
            What lies after it is kept and not claimed.
        cycle_began_at
            The month start before ``as_of``. What earlier builds said since is said anew.
        run_id
            The run that stands by the rows of this shop.
        """
        instants = {
            "as_of": as_of.to_pydatetime(),
            "cycle_began_at": cycle_began_at.to_pydatetime(),
        }
        self.session.execute(_WHOLE, {**instants, "run_id": run_id})
        return self.session.table("segment_history_whole")
