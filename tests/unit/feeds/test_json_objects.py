"""Vendors leave JSON: one object a line, or one list of them."""

from __future__ import annotations

import gzip

import pytest

from tessera.feeds import FeedProblemError, inspect_feed
from tessera.feeds.paths import table_paths


def found(folder, *declared):
    delivery = inspect_feed(str(folder), "orders", declared, folder / "copies")
    return delivery.files[0] if delivery.files else None


def test_every_key_of_every_object_is_a_column(tmp_path):
    (tmp_path / "orders.jsonl").write_text('{"OrderId": 1}\n\n{"Email": "a", "x": {"y": 1}}\n')
    file = found(tmp_path, "order_id", "email")
    assert (file.reader, file.layout, file.rows) == ("json", "newline_delimited", 2)
    assert file.columns == {"order_id": "OrderId", "email": "Email", "x": "x"}


def test_a_list_of_objects_is_read_as_lines_are(tmp_path):
    (tmp_path / "orders.json").write_text('\ufeff [{"a": 1},\n {"a": 2}]')
    file = found(tmp_path)
    assert (file.layout, file.rows) == ("array", 2)


def test_a_line_that_is_no_json_is_counted_and_left_to_the_reader(tmp_path):
    (tmp_path / "orders.ndjson").write_text('{"a": 1}\nno json\n5\n')
    file = found(tmp_path)
    assert (file.rows, list(file.columns)) == (3, ["a"])


def test_gzip_is_seen_in_the_bytes(tmp_path):
    (tmp_path / "orders.json").write_bytes(gzip.compress(b'{"a": 1}\n'))
    file = found(tmp_path)
    assert file.is_gzipped
    assert file.rows == 1


def test_a_list_that_breaks_off_is_refused_by_name(tmp_path):
    (tmp_path / "orders.json").write_text('[{"a": 1}, {"a"')
    with pytest.raises(FeedProblemError, match=r"orders\.json: is no readable JSON; it may be cut"):
        found(tmp_path)


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_file_with_nothing_in_it_is_blank(tmp_path, text):
    (tmp_path / "orders.json").write_text(text)
    assert found(tmp_path) is None


def test_a_table_may_go_by_several_names_but_only_one_at_a_time(tmp_path):
    (tmp_path / "Order.csv").touch()
    names = ["orders", "order"]
    assert table_paths(str(tmp_path), names) == [f"{tmp_path}/Order.csv"]
    (tmp_path / "orders.csv").touch()
    with pytest.raises(FeedProblemError, match="table 'orders' exists more than once"):
        table_paths(str(tmp_path), names)
    assert table_paths(str(tmp_path / "nowhere"), names) == []


def test_two_files_of_one_name_of_a_table_are_told_as_a_table(tmp_path):
    for name in ("order.csv", "order.parquet"):
        (tmp_path / name).touch()
    with pytest.raises(FeedProblemError, match=r"^table 'order' exists more than once"):
        table_paths(str(tmp_path), ["orders", "order"])


def test_a_table_that_is_kept_by_days_is_all_of_its_days(tmp_path):
    for name in ("events_20240101.csv", "events_20240102.json", "events.csv", "other_20240101.csv"):
        (tmp_path / name).touch()
    found = table_paths(str(tmp_path), ["events", "events_2*"])
    assert [path.rpartition("/")[2] for path in found] == [
        "events.csv",
        "events_20240101.csv",
        "events_20240102.json",
    ]
