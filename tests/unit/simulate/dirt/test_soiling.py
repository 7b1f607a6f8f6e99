import math
from collections import Counter
from datetime import datetime

import numpy as np
import pyarrow as pa
import pytest

from tessera.simulate.dirt import TRUTH_SCHEMA, soil
from tessera.simulate.settings import Dirt

AS_OF = np.datetime64("2026-01-01", "us")
STATUSES = {"completed", "cancelled", "returned"}


def soiled(feed, table, dirt, seed=3):
    return soil(feed, table, dirt, np.random.default_rng(seed), AS_OF)


def planted(truth, outcome):
    return sum(row["rows"] for row in truth.to_pylist() if row["outcome"] == outcome)


def many(table, times=20):
    """Return the orders twenty times, as different orders."""
    return pa.concat_tables(
        table.set_column(
            0, "order_id", pa.array([f"{name}-{part}" for name in table["order_id"].to_pylist()])
        )
        for part in range(times)
    )


def is_number(text):
    plain = text.strip("€$£ ").replace(",", ".")
    try:
        return abs(float(plain)) < 1e16
    except ValueError:
        return False


def is_past(text):
    if text.isdigit():
        return True
    try:
        return datetime.fromisoformat(text).year < 2100
    except ValueError:
        return False


def is_kept(row):
    """Judge a delivered order without Tessera's reader."""
    values = {name: "" if value is None else str(value).strip() for name, value in row.items()}
    numbers = [values[name] for name in values if name.endswith("amount") and values[name]]
    moments = [values[name] for name in ("ordered_at", "recorded_at") if values[name]]
    return (
        all(values[name] for name in ("order_id", "ordered_at", "amount"))
        and (values["email"] or values["user_ref"])
        and all(map(is_number, numbers))
        and all(map(is_past, moments))
        and values["status"].lower() in STATUSES
        and values["currency"].upper() != "XTS"
        and not values["order_id"].startswith("TEST")
    )


def test_no_dirt_leaves_a_feed_as_it_was(orders):
    delivered, truth = soiled("orders", orders, Dirt.NONE)
    assert delivered is orders
    assert truth.equals(TRUTH_SCHEMA.empty_table())


@pytest.mark.parametrize("dirt", [Dirt.REALISTIC, Dirt.HEAVY])
def test_the_truth_counts_rejected_rows_and_duplicates_as_another_reader_does(orders, dirt):
    delivered, truth = soiled("orders", many(orders), dirt)
    rows = delivered.rename_columns([name.lower() for name in delivered.column_names]).to_pylist()
    kept = [row for row in rows if is_kept(row)]
    assert planted(truth, "rejected") == len(rows) - len(kept) > 0
    keys = {row["order_id"].strip() for row in kept}
    assert planted(truth, "duplicate") == len(kept) - len(keys) > 0


def test_equal_random_streams_give_equal_dirt(orders):
    first, first_truth = soiled("orders", orders, Dirt.HEAVY)
    second, second_truth = soiled("orders", orders, Dirt.HEAVY)
    other, _ = soiled("orders", orders, Dirt.HEAVY, seed=4)
    assert first.equals(second)
    assert first_truth.equals(second_truth)
    assert not first.equals(other)


@pytest.mark.parametrize("dirt", [Dirt.REALISTIC, Dirt.HEAVY])
def test_every_block_of_a_feed_has_the_same_columns_and_types(orders, dirt):
    whole, _ = soiled("orders", orders, dirt)
    tiny, _ = soiled("orders", orders.slice(0, 2), dirt, seed=9)
    empty, _ = soiled("orders", orders.slice(0, 0), dirt)
    assert whole.schema.equals(tiny.schema)
    assert whole.schema.equals(empty.schema)
    assert empty.num_rows == 0


def test_realistic_dirt_keeps_types_and_almost_every_row_readable(orders):
    delivered, truth = soiled("orders", many(orders), Dirt.REALISTIC)
    assert delivered.schema.equals(orders.schema)
    assert planted(truth, "rejected") <= 0.001 * delivered.num_rows
    assert 0.001 <= planted(truth, "duplicate") / delivered.num_rows <= 0.003


def test_heavy_dirt_spoils_a_row_in_fifty_and_repeats_three_in_a_hundred(orders):
    delivered, truth = soiled("orders", many(orders), Dirt.HEAVY)
    assert all(pa.types.is_string(column.type) for column in delivered.schema)
    assert 0.01 <= planted(truth, "rejected") / delivered.num_rows <= 0.02
    assert 0.025 <= planted(truth, "duplicate") / delivered.num_rows <= 0.04


def test_rows_that_no_dirt_fell_on_are_as_they_were(orders):
    delivered, truth = soiled("orders", orders, Dirt.REALISTIC)
    before = Counter(map(tuple, orders.to_pandas().astype(str).to_numpy()))
    after = Counter(map(tuple, delivered.to_pandas().astype(str).to_numpy()))
    fallen = sum(truth["rows"].to_pylist())
    assert sum((before - after).values()) <= fallen < orders.num_rows / 10
    assert math.isclose(sum((after - before).values()), fallen, abs_tol=fallen / 2)


def test_a_column_of_few_words_may_come_as_a_dictionary(orders):
    place = orders.column_names.index("status")
    encoded = orders.set_column(place, "status", orders["status"].dictionary_encode())
    delivered, _ = soiled("orders", encoded, Dirt.REALISTIC)
    assert delivered.num_rows >= orders.num_rows


def test_a_feed_without_optional_columns_can_be_soiled_too(orders):
    bare = orders.select(["order_id", "email", "ordered_at", "amount"])
    delivered, truth = soiled("orders", bare, Dirt.HEAVY)
    assert delivered.num_columns == 4
    assert planted(truth, "rejected") > 0
