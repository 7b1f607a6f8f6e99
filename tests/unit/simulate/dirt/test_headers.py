import pyarrow as pa

from tessera.simulate.dirt.headers import HEADERS, with_other_headers

TABLE = pa.table({"order_id": ["O1", "O2"], "line_number": [1, 2]})


def names(feed):
    return with_other_headers(feed, TABLE)[0].column_names


def test_names_are_shouted_spaced_padded_or_turned_round():
    assert names("orders") == ["ORDER_ID", "LINE_NUMBER"]
    assert names("order_lines") == ["Order Id", "Line Number"]
    assert names("messages") == [" order_id  ", " line_number  "]
    assert names("tickets") == ["line_number", "order_id"]


def test_unknown_columns_stand_before_and_behind_the_known_ones():
    table, kind = with_other_headers("web_events", TABLE)
    assert kind == "unknown_columns"
    assert table.column_names[1:3] == ["order_id", "line_number"]
    assert table.column(0).to_pylist() == [0, 1]
    assert table.num_columns == 4


def test_a_feed_without_an_odd_header_keeps_its_own():
    assert "products" not in HEADERS
    assert with_other_headers("products", TABLE) == (TABLE, "")
