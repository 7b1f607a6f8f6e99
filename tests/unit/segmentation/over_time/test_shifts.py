from __future__ import annotations

from dataclasses import replace

import duckdb
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation.over_time.schemas import SEGMENT_SHIFTS_SCHEMA
from tessera.segmentation.over_time.shifts import tell_shifts
from tessera.segmentation.over_time.spine import Spine


class Reader:
    class _Feature:
        name = "sessions_mobile_share_lifetime"

    features = (_Feature(),)


@pytest.fixture
def shares(reign, a_run):
    """The shares of the shop's only customer, month by month, as the table tells them."""

    def told(*by_month: float) -> pd.DataFrame:
        rows = pd.DataFrame(
            {
                "customer_id": "ada",
                "snapshot_at": pd.date_range("2023-01-01", periods=len(by_month), freq="MS"),
                "sessions_mobile_share_30d": by_month,
            }
        )
        reader = replace(reign, model=Reader())
        with duckdb.connect() as connection:
            relation = connection.from_df(rows)
            run = a_run("2025-01-01")
            spine = Spine.of_months(relation, reader, run.as_of)
            return tell_shifts(spine, reader, run)

    return told


def test_a_shift_is_called_at_the_first_month_start_after_it_and_not_before(shares):
    found = shares(0.5, 0.51, 0.49, 0.5, 0.51, 0.49, 0.51, 0.49, 0.7)
    frames.typed(found, SEGMENT_SHIFTS_SCHEMA)
    assert found["is_shift"].tolist() == [False] * 8 + [True]
    assert found["usual"].iloc[-1] == pytest.approx(0.5)


def test_with_fewer_than_six_months_nothing_is_usual(shares):
    assert not shares(0.5, 0.51, 0.49, 0.5, 0.51, 0.9)["is_shift"].any()


def test_what_never_varied_has_no_distance(shares):
    found = shares(*[0.5] * 7, 0.6)
    assert found["distance"].isna().all()


def test_without_a_reign_or_its_columns_there_is_nothing_to_tell(reign, a_run, orders):
    with duckdb.connect() as connection:
        relation = connection.from_df(orders("2024-01-01", ada=(1, 1)))
        run = a_run("2024-02-01")
        for known in (None, reign):
            spine = Spine.of_months(relation, known, run.as_of)
            assert tell_shifts(spine, known, run).empty
