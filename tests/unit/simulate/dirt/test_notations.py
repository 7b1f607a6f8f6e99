from datetime import UTC, datetime

import numpy as np
import pyarrow as pa

from tessera.simulate.dirt import notations
from tessera.simulate.dirt.kinds import Rows

MOMENT = datetime(2025, 3, 1, 14, 30, tzinfo=UTC)
TABLE = pa.table(
    {
        "amount": [1234.5] * 40,
        "ordered_at": pa.array([MOMENT.replace(tzinfo=None)] * 40, pa.timestamp("us")),
        "birth_date": pa.array([MOMENT.date()] * 40, pa.date32()),
    }
)
ROWS = Rows(TABLE, np.random.default_rng(5), np.datetime64("2026-01-01", "us"))


def test_money_keeps_its_value_under_a_decimal_comma_or_a_sign():
    assert set(notations.DECIMAL_COMMAS.change(ROWS, "amount")["amount"].to_pylist()) == {"1234,50"}
    signed = set(notations.CURRENCY_SIGNS.change(ROWS, "amount")["amount"].to_pylist())
    assert signed == {"€ 1234.50", "€1234.50", "$1234.50", "£ 1234.50"}


def test_an_epoch_is_the_same_moment_in_seconds_or_milliseconds():
    spelled = set(notations.EPOCHS.change(ROWS, "ordered_at")["ordered_at"].to_pylist())
    seconds = int(MOMENT.timestamp())
    assert spelled == {str(seconds), str(seconds * 1_000)}


def test_a_time_with_an_offset_is_the_same_moment():
    spelled = notations.OFFSET_TIMES.change(ROWS, "ordered_at")["ordered_at"].to_pylist()
    assert {datetime.fromisoformat(each) for each in spelled} == {MOMENT}


def test_a_date_has_no_offset():
    assert not any(notations.OFFSET_TIMES.chosen(ROWS, "birth_date").to_pylist())
