import numpy as np
import pyarrow as pa

from tessera.simulate.vendors.mail_columns import by_value, codes_of, iso_times


def test_codes_are_places_in_the_sorted_values():
    codes, values = codes_of(pa.chunked_array([["b", "a"], ["b"]]))
    assert values.to_pylist() == ["a", "b"]
    assert codes.tolist() == [1, 0, 1]


def test_coded_columns_are_read_as_their_words():
    column = pa.array(["x", "y", "x"]).dictionary_encode()
    assert by_value(column, str.upper).to_pylist() == ["X", "Y", "X"]


def test_times_keep_their_seconds_and_say_that_they_are_utc():
    times = pa.chunked_array([pa.array([np.datetime64("2024-12-31T23:59:59", "us"), None])])
    assert iso_times(times).to_pylist() == ["2024-12-31T23:59:59+00:00", None]
