"""segment_assignments: the segment of each customer at as_of. One row per customer.

Thin binder over tessera.segmentation.over_time.assign_by_history.
"""

from duckdb import ColumnExpression, ConstantExpression

from tessera import frames, runs, segmentation
from tessera.segmentation import over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    today = ColumnExpression("snapshot_at") == ConstantExpression(run.as_of.to_pydatetime())
    history = dbt.ref("segment_history").filter(today)
    newest = frames.read(history, over_time.SEGMENT_HISTORY_ORDER)
    assigned = over_time.assign_by_history(newest, run)
    return frames.typed(assigned, segmentation.SEGMENT_ASSIGNMENTS_SCHEMA)
