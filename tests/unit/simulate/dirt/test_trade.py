import numpy as np
import pyarrow as pa

from tessera.simulate.dirt import trade
from tessera.simulate.dirt.kinds import Rows

AS_OF = np.datetime64("2026-01-01", "us")


def rows(table):
    return Rows(table, np.random.default_rng(5), AS_OF)


def test_a_test_order_says_so_in_id_address_and_channel_and_names_no_customer(orders):
    changes = trade.TEST_ORDERS.change(rows(orders), "")
    assert changes["order_id"][7].as_py() == "TEST-O7"
    assert all(email.startswith("test@") for email in changes["email"].to_pylist())
    assert set(changes["channel"].to_pylist()) == {"test"}
    assert changes["user_ref"].null_count == 1_000


def test_only_returned_orders_are_booked_before_they_arrived(orders):
    chosen = trade.EARLY_RETURNED_ORDERS.chosen(rows(orders), "")
    assert chosen.to_pylist() == [number % 4 == 0 for number in range(1_000)]
    recorded = trade.EARLY_RETURNED_ORDERS.change(rows(orders), "")["recorded_at"]
    assert (recorded.to_numpy(zero_copy_only=False) < orders["ordered_at"].to_numpy()).all()


def test_quantities_of_returns_are_negative_and_prices_of_gifts_are_zero():
    lines = pa.table({"quantity": [2, 3], "unit_price": [5.0, 7.5]})
    assert trade.NEGATIVE_QUANTITIES.change(rows(lines), "")["quantity"].to_pylist() == [-2, -3]
    assert trade.ZERO_PRICES.change(rows(lines), "")["unit_price"].to_pylist() == [0.0, 0.0]
