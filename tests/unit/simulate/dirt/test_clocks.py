import numpy as np
import pyarrow as pa

from tessera.simulate.dirt.clocks import skew_clocks


def offsets(before, after):
    return after["occurred_at"].to_numpy() - before["occurred_at"].to_numpy()


def test_a_wrong_clock_is_wrong_by_the_same_time_in_all_its_events(events):
    skewed = skew_clocks(events, 0.5, np.random.default_rng(1))
    off = offsets(events, skewed.table).astype(np.int64)
    cookies = np.array(events["anonymous_id"].to_pylist())
    per_cookie = {cookie: set(off[cookies == cookie]) for cookie in set(cookies)}
    assert all(len(each) == 1 for each in per_cookie.values())
    assert 5 <= sum(each != {0} for each in per_cookie.values()) <= 15
    assert (skewed.skewed == (off != 0)).all()


def test_some_clocks_are_ahead_of_the_server_and_some_behind(events):
    off = offsets(events, skew_clocks(events, 1.0, np.random.default_rng(1)).table)
    assert off.min() < np.timedelta64(-30, "s")
    assert off.max() > np.timedelta64(30, "s")
    assert abs(off).max() <= np.timedelta64(12, "h")


def test_events_that_nobody_received_keep_their_time(events):
    place = events.column_names.index("received_at")
    nobody = events.set_column(place, "received_at", pa.nulls(1_000, pa.timestamp("us")))
    skewed = skew_clocks(nobody, 1.0, np.random.default_rng(1))
    assert not skewed.skewed.any()
    assert skewed.table.equals(nobody)
