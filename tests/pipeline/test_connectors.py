"""Every connector on its own fixture, as it is and as exports drift, all of them in one session."""

import shutil
from collections import defaultdict

import duckdb
import pytest
from vendor_exports import (
    FIELDS,
    FIXTURES,
    NEW_COLUMN,
    VENDORS,
    as_a_warehouse_types,
    declared_tables,
    deliveries,
    expectations,
    names_of,
    plain,
    rows_of,
    write_alike,
    write_texts,
)

SWITCHES = {"connectors": VENDORS, "connector_fields": FIELDS}
MODELS = [f"path:models/staging/{vendor}" for vendor in VENDORS]
FEEDS = [(vendor, feed) for vendor in VENDORS for feed in expectations(vendor)["expected"]]


class Exports:
    """A feeds folder of vendors' exports, and the connectors' views over it."""

    def __init__(self, shop):
        self.shop = shop

    def connect(self):
        """Create the views; return what failed, and why."""
        return self.shop.run("--select", *MODELS, **SWITCHES)

    def rows(self, vendor, feed, names=("*",)):
        """Return the rows that a connector brings of a feed."""
        return self.shop.query(f"select {', '.join(names)} from pii.stg_{vendor}__{feed}")

    def compared(self, vendor, feed):
        """Return the rows of a feed, and those expected, as texts of the columns named."""
        expected = expectations(vendor)["expected"][feed]
        names = names_of(expected)
        texts = [f'cast("{name}" as varchar)' for name in names]
        wanted = [tuple(_text(row.get(name)) for name in names) for row in expected]
        return sorted(self.rows(vendor, feed, texts), key=repr), sorted(wanted, key=repr)


def _text(value):
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def plainly(rows):
    return sorted((tuple(plain(value) for value in row) for row in rows), key=repr)


@pytest.fixture(scope="module")
def exported(shop_at, tmp_path_factory):
    """How to deliver exports: a function writes them, and all connectors must read them."""

    def delivered(write):
        exports = Exports(shop_at(tmp_path_factory.mktemp("exports")))
        exports.shop.feeds.mkdir()
        write(exports.shop.feeds)
        assert exports.connect() == {}
        return exports

    return delivered


def each_file(write):
    """Write every file of every fixture anew, in the way of one function."""

    def written(folder):
        for delivery in deliveries():
            rows = rows_of(delivery)
            write(delivery, folder, rows, names_of(rows))

    return written


@pytest.fixture(scope="module")
def as_exported(exported):
    return exported(lambda folder: shutil.copytree(FIXTURES, folder, dirs_exist_ok=True))


@pytest.fixture(scope="module")
def as_text(exported):
    return exported(each_file(write_texts))


@pytest.mark.parametrize(("vendor", "feed"), FEEDS)
def test_a_fixture_gives_the_expected_rows(as_exported, vendor, feed):
    found, expected = as_exported.compared(vendor, feed)
    assert found == expected


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_feed_of_a_connector_has_expected_rows(vendor):
    models = (FIXTURES.parents[2] / f"models/staging/{vendor}").glob(f"stg_{vendor}__*.sql")
    feeds = {model.stem.removeprefix(f"stg_{vendor}__") for model in models}
    assert feeds == set(expectations(vendor)["expected"])


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_declared_table_has_a_fixture(vendor):
    there = {each.table for each in deliveries() if each.vendor == vendor}
    assert there == {table for table, _, _ in declared_tables(vendor)}


def assert_all_as_expected(exports):
    differing = {}
    for vendor, feed in FEEDS:
        found, expected = exports.compared(vendor, feed)
        if plainly(found) != plainly(expected):
            differing[vendor, feed] = (found, expected)
    assert differing == {}


def test_a_new_column_changes_nothing(exported):
    def write(delivery, folder, rows, names):
        new = [{NEW_COLUMN: "x", **row} for row in rows]
        write_alike(delivery, folder, new, [NEW_COLUMN, *names])

    assert_all_as_expected(exported(each_file(write)))


def test_values_that_are_all_text_change_nothing(as_text):
    assert_all_as_expected(as_text)


def test_values_as_a_warehouse_types_them_change_nothing(exported):
    def write(delivery, folder, rows, names):
        write_texts(delivery, folder, rows, names, as_a_warehouse_types)

    assert_all_as_expected(exported(each_file(write)))


def test_empty_tables_bring_no_rows(exported):
    def write(delivery, folder, _, names):
        write_alike(delivery, folder, [], names)

    exports = exported(each_file(write))
    brought = {key: exports.rows(*key) for key in FEEDS}
    assert {key: rows for key, rows in brought.items() if rows} == {}


def test_required_columns_alone_can_be_read(exported):
    def write(delivery, folder, rows, names):
        optional = set(delivery.dispensable(names))
        write_alike(delivery, folder, rows, [name for name in names if name not in optional])

    exports = exported(each_file(write))
    for vendor, feed in FEEDS:
        exports.rows(vendor, feed)


def test_any_one_optional_column_may_be_missing(as_text):
    by_turn = defaultdict(list)
    for delivery in deliveries():
        for turn, name in enumerate(delivery.dispensable(names_of(rows_of(delivery)))):
            by_turn[turn].append((delivery, name))
    assert_each_turn_can_be_read(as_text, by_turn.values())


def test_any_one_table_may_be_absent(as_text):
    by_turn = defaultdict(list)
    for vendor in VENDORS:
        for turn, delivery in enumerate(each for each in deliveries() if each.vendor == vendor):
            by_turn[turn].append((delivery, None))
    assert_each_turn_can_be_read(as_text, by_turn.values())


def assert_each_turn_can_be_read(exports, turns):
    """Leave a column, or every row, out of the files of a turn: views read them when asked."""
    for turn in turns:
        for delivery, left_out in turn:
            rows = rows_of(delivery)
            names = names_of(rows)
            kept = [{**row, left_out: None} for row in rows] if left_out else []
            write_texts(delivery, exports.shop.feeds, kept, names)
        vendors = {delivery.vendor for delivery, _ in turn}
        for vendor, feed in FEEDS:
            if vendor in vendors:
                exports.rows(vendor, feed)
        for delivery, _ in turn:
            rows = rows_of(delivery)
            write_texts(delivery, exports.shop.feeds, rows, names_of(rows))
