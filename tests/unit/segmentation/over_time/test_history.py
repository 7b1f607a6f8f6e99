from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation.over_time.history import tell_history
from tessera.segmentation.over_time.memory import Memory
from tessera.segmentation.over_time.schemas import SEGMENT_HISTORY_SCHEMA
from tessera.segmentation.over_time.spine import Spine


class This:
    schema = "main"
    identifier = "segment_history"

    def __str__(self) -> str:
        return self.identifier


@pytest.fixture
def warehouse():
    """A connection in which builds follow each other."""
    with duckdb.connect() as connection:
        yield connection


def build(warehouse, reigns, run, *snapshots):
    """Build the history of some snapshots, that of as_of last; return the table as it is then."""
    spine = Spine.of(warehouse.from_df(pd.concat(snapshots)), reigns, run.as_of)
    today = snapshots[-1]
    ours = {reign.model_id for reign in reigns}
    memory = Memory.of(warehouse, This(), ours, today, run)
    tell_history(spine, reigns, memory, run).create_view("told", replace=True)
    warehouse.execute("create or replace table rewritten as select * from told")
    warehouse.execute("create or replace table segment_history as select * from rewritten")
    return warehouse.table("segment_history").df()


def where(history, customer, run_id=None):
    """Return a customer's segments by day."""
    rows = history[history["customer_id"] == customer]
    if run_id is not None:
        rows = rows[rows["told_in_run_id"] == run_id]
    days = rows["snapshot_at"].dt.strftime("%m-%d")
    return dict(zip(days, rows["segment_id"], strict=True))


def test_every_snapshot_is_told_of_in_order_and_fits_the_schema(warehouse, reign, orders, a_run):
    history = build(
        warehouse,
        [reign],
        a_run("2024-02-10"),
        orders("2024-02-01", ada=(4, 2), ben=(7, 7)),
        orders("2024-01-01", ada=(3, 1.5)),
        orders("2024-02-10", ada=(4, 2), ben=(0, 0)),
    )
    frames.typed(history, SEGMENT_HISTORY_SCHEMA)
    assert where(history, "ada") == {"01-01": "s1", "02-01": "s1", "02-10": "s1"}
    assert where(history, "ben") == {"02-01": "s2", "02-10": "s1"}


def test_nightly_builds_start_from_the_month_start_and_do_not_add_up(
    warehouse, reign, orders, a_run
):
    month = orders("2024-01-01", ada=(3, 1.5))
    build(warehouse, [reign], a_run("2024-01-10"), month, orders("2024-01-10", ada=(7, 7)))
    history = build(
        warehouse,
        [reign],
        a_run("2024-01-20", "second"),
        month,
        orders("2024-01-20", ada=(4, 2)),
    )
    # moved on the tenth, she is back on the twentieth: 4 orders are no reason to leave
    assert where(history, "ada") == {"01-01": "s1", "01-20": "s1"}


def test_the_same_data_and_as_of_give_the_same_rows(warehouse, reign, orders, a_run):
    snapshots = [orders("2024-01-01", ada=(3, 1)), orders("2024-01-10", ada=(7, 7), ben=(1, 1))]
    once = build(warehouse, [reign], a_run("2024-01-10"), *snapshots)
    again = build(warehouse, [reign], a_run("2024-01-10"), *snapshots)
    pd.testing.assert_frame_equal(again, once)


def test_who_has_no_past_snapshots_starts_from_what_an_earlier_month_said(
    warehouse, reign, orders, a_run
):
    # Ben is too many to have a past: only builds know him
    build(
        warehouse,
        [reign],
        a_run("2024-01-20"),
        orders("2024-01-01", ada=(7, 3)),
        orders("2024-01-20", ada=(7, 3), ben=(3, 1.5)),
    )
    history = build(
        warehouse,
        [reign],
        a_run("2024-02-05", "second"),
        orders("2024-01-01", ada=(7, 3)),
        orders("2024-02-01", ada=(7, 3)),
        orders("2024-02-05", ada=(7, 3), ben=(4, 2)),
    )
    assert where(history, "ben") == {"01-20": "s1", "02-05": "s1"}
    assert where(history, "ada") == {"01-01": "s2", "02-01": "s2", "02-05": "s2"}


def test_what_an_earlier_reign_said_stays_as_it_was_said(warehouse, reign, orders, a_run):
    january = orders("2024-01-01", ada=(7, 3.5))
    build(warehouse, [reign], a_run("2024-01-10"), january, orders("2024-01-10", ada=(7, 3.5)))
    later = replace(
        reign,
        model_id="newer",
        reigns_from=pd.Timestamp("2024-02-10"),
        segment_ids=("s1", "s4", "s3"),
    )
    history = build(
        warehouse,
        [reign, later],
        a_run("2024-02-10", "second"),
        january,
        orders("2024-02-01", ada=(7, 3.5)),
        orders("2024-02-10", ada=(7, 3.5)),
    )
    assert where(history, "ada", "second") == {"01-01": "s2", "02-01": "s2", "02-10": "s4"}
    newest = history.iloc[-1]
    assert (newest["model_id"], newest["previous_segment_id"]) == ("newer", "s2")


def test_a_past_that_was_corrected_is_told_anew_within_the_reign(warehouse, reign, orders, a_run):
    today = orders("2024-02-10", ada=(0, 0))
    build(warehouse, [reign], a_run("2024-02-10"), orders("2024-02-01", ada=(7, 3)), today)
    corrected = build(
        warehouse, [reign], a_run("2024-02-10", "second"), orders("2024-02-01", ada=(14, 7)), today
    )
    assert where(corrected, "ada") == {"02-01": "s3", "02-10": "s1"}


def test_another_shop_in_the_warehouse_is_kept_and_not_claimed(warehouse, reign, orders, a_run):
    build(warehouse, [reign], a_run("2024-01-10", "mine"), orders("2024-01-10", ada=(7, 3)))
    other = replace(reign, model_id="other")
    history = build(
        warehouse, [other], a_run("2024-01-20", "theirs"), orders("2024-01-20", ada=(0, 0))
    )
    assert where(history, "ada", "mine") == {"01-10": "s2"}
    assert where(history, "ada", "theirs") == {"01-20": "s1"}
    assert pd.isna(history["previous_segment_id"]).all()


def test_a_replayed_day_does_not_look_at_what_later_builds_said(warehouse, reign, orders, a_run):
    first, second = orders("2024-01-01", ada=(3, 1.5)), orders("2024-02-01", ada=(14, 7))
    build(warehouse, [reign], a_run("2024-02-10"), first, second, orders("2024-02-10", ada=(14, 7)))
    history = build(
        warehouse, [reign], a_run("2024-01-10", "replay"), first, orders("2024-01-10", ada=(4, 2))
    )
    assert where(history, "ada", "replay") == {"01-01": "s1", "01-10": "s1"}
    assert where(history, "ada", "first") == {"02-01": "s3", "02-10": "s3"}


def test_a_shop_without_customers_tells_nothing(warehouse, reign, orders, a_run):
    nobody = orders("2024-01-10", ada=(1, 1)).iloc[:0]
    assert build(warehouse, [], a_run("2024-01-10"), nobody).empty


def test_too_little_history_promises_no_membership(warehouse, reign, orders, a_run):
    history = build(warehouse, [reign], a_run("2024-01-10"), orders("2024-01-10", ada=(7, 3)))
    assert history["membership_score"].isna().all()
    assert history["is_between_segments"].tolist() == [False]


def test_who_was_merged_into_somebody_has_no_history_under_the_old_name(
    warehouse, reign, orders, a_run
):
    build(
        warehouse,
        [reign],
        a_run("2024-01-10"),
        orders("2024-01-10", ada=(7, 3), old=(7, 3)),
    )
    history = build(
        warehouse, [reign], a_run("2024-02-10", "second"), orders("2024-02-10", ada=(7, 3))
    )
    assert where(history, "old") == {}
    assert where(history, "ada") == {"02-10": "s2"}


def test_of_two_models_that_said_the_same_day_the_newer_word_stands(
    warehouse, reign, orders, a_run
):
    day = orders("2024-01-01", ada=(7, 3.5))
    build(warehouse, [reign], a_run("2024-02-10"), day, orders("2024-02-10", ada=(7, 3)))
    replayed = replace(reign, model_id="replayed", reigns_from=pd.Timestamp("2024-01-10"))
    build(
        warehouse, [replayed], a_run("2024-01-10", "replay"), day, orders("2024-01-10", ada=(7, 3))
    )
    later = replace(reign, reigns_from=pd.Timestamp("2024-02-10"))
    history = build(
        warehouse,
        [replayed, later],
        a_run("2024-02-10", "third"),
        day,
        orders("2024-02-10", ada=(7, 3)),
    )
    told = history[history["told_in_run_id"] == "third"]
    assert not told.duplicated(["customer_id", "snapshot_at"]).any()
    assert where(history, "ada", "third").keys() == {"01-01", "02-10"}


def test_a_lone_segment_is_one_that_nobody_leaves(warehouse, reign, orders, a_run):
    class Point:
        segments = 1
        features = reign.model.features

        def distances(self, frame):
            return frame[["orders_count_180d"]].to_numpy(dtype=float)

    alone = replace(
        reign,
        model=Point(),
        segment_ids=("s1",),
        segment_names=("All",),
        archetypes=("",),
        typical=np.ones((1, 1)),
    )
    history = build(warehouse, [alone], a_run("2024-01-10"), orders("2024-01-10", ada=(7, 3)))
    assert history[["segment_id", "membership_score"]].to_numpy().tolist() == [["s1", 1.0]]
    assert not history["is_between_segments"].any()
