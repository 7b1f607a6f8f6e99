"""Every connector on its own fixture, as it is and as exports drift, all of them in one session."""

import shutil
from itertools import combinations

import duckdb
import pytest
from vendor_exports import (
    FIELDS,
    FIXTURES,
    NEW_COLUMN,
    VENDORS,
    as_a_warehouse_types,
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
TURNS = 8
LEFT_OUT = list(combinations(range(TURNS), TURNS // 2))
"""The turns in which each thing is missing. None of these sets holds another: for any two things
there is a turn in which the one is missing and the other is there."""
FEEDS = [(vendor, feed) for vendor in VENDORS for feed in expectations(vendor)["expected"]]


class Exports:
    """A feeds folder of vendors' exports, and the connectors' queries over it.

    The queries are those that dbt compiled; they read the files anew whenever they are asked.
    """

    def __init__(self, shop):
        self.shop = shop
        self.queries = {}

    def compile(self):
        """Let dbt write the queries; return what failed, and why."""
        self.queries, failed = self.shop.compile("--select", *MODELS, **SWITCHES)
        return failed

    def read(self, vendors=VENDORS):
        """Return a database in which every model of these vendors is a table."""
        read = duckdb.connect()
        read.execute("attach ':memory:' as build; create schema build.pii; set threads = 1")
        for relation, query in self.queries.items():
            if relation.split("_")[1] in vendors:
                read.execute(f"create table {relation} as {query}")
        return read


def compared(read, vendor, feed):
    """Return the rows that a connector brings of a feed, and those expected, as texts."""
    expected = expectations(vendor)["expected"][feed]
    names = names_of(expected)
    texts = ", ".join(f'cast("{name}" as varchar)' for name in names)
    found = read.sql(f"select {texts} from build.pii.stg_{vendor}__{feed}").fetchall()
    wanted = [tuple(_text(row.get(name)) for name in names) for row in expected]
    return sorted(found, key=repr), sorted(wanted, key=repr)


def _text(value):
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def plainly(rows):
    return sorted((tuple(plain(value) for value in row) for row in rows), key=repr)


def left_out(things, turn):
    """Return which of some things are missing in a turn."""
    return [thing for thing, turns in zip(things, LEFT_OUT, strict=False) if turn in turns]


@pytest.fixture(scope="module")
def exported(shop_at, tmp_path_factory):
    """How to deliver exports: a function writes them, and every connector must take them."""

    def delivered(write):
        exports = Exports(shop_at(tmp_path_factory.mktemp("exports")))
        exports.shop.feeds.mkdir()
        write(exports.shop.feeds)
        assert exports.compile() == {}
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
    def copied(folder):
        for vendor in VENDORS:
            shutil.copytree(FIXTURES / vendor, folder / vendor)

    return exported(copied).read()


@pytest.fixture(scope="module")
def as_text(exported):
    """Exports whose values are all text, with a column more than there is today."""

    def write(delivery, folder, rows, names):
        new = [{NEW_COLUMN: "x", **row} for row in rows]
        write_texts(delivery, folder, new, [NEW_COLUMN, *names])

    return exported(each_file(write))


@pytest.mark.parametrize(("vendor", "feed"), FEEDS)
def test_a_fixture_gives_the_expected_rows(as_exported, vendor, feed):
    found, expected = compared(as_exported, vendor, feed)
    assert found == expected


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_feed_of_a_connector_has_expected_rows(vendor):
    models = (FIXTURES.parents[2] / f"models/staging/{vendor}").glob(f"stg_{vendor}__*.sql")
    feeds = {model.stem.removeprefix(f"stg_{vendor}__") for model in models}
    assert feeds == set(expectations(vendor)["expected"])


def assert_all_as_expected(read):
    differing = {}
    for vendor, feed in FEEDS:
        found, expected = compared(read, vendor, feed)
        if plainly(found) != plainly(expected):
            differing[vendor, feed] = (found, expected)
    assert differing == {}


def test_values_that_are_all_text_and_a_new_column_change_nothing(as_text):
    assert_all_as_expected(as_text.read())


def test_values_as_a_warehouse_types_them_change_nothing(exported):
    def write(delivery, folder, rows, names):
        write_texts(delivery, folder, rows, names, as_a_warehouse_types)

    assert_all_as_expected(exported(each_file(write)).read())


def rows_brought(read):
    """Return how many rows each connector brings of each feed, once each says where it lies."""
    counts = "select count(*), count(feed_file), count(feed_row) from build.pii.stg_{}__{}"
    brought = {each: read.sql(counts.format(*each)).fetchall()[0] for each in FEEDS}
    assert all(len(set(each)) == 1 for each in brought.values())
    return {each: rows for each, (rows, _, _) in brought.items()}


def test_empty_tables_bring_no_rows(exported):
    def write(delivery, folder, _, names):
        write_alike(delivery, folder, [], names)

    assert set(rows_brought(exported(each_file(write)).read()).values()) == {0}


def test_required_columns_alone_can_be_read(exported):
    assert all(len(delivery.columns) <= len(LEFT_OUT) for delivery in deliveries())

    def write(delivery, folder, rows, names):
        optional = set(delivery.dispensable(names))
        write_texts(delivery, folder, rows, [name for name in names if name not in optional])

    rows_brought(exported(each_file(write)).read())


@pytest.mark.parametrize("turn", range(TURNS))
def test_any_one_optional_column_may_be_missing(as_text, turn):
    for delivery in deliveries():
        rows = rows_of(delivery)
        names = names_of(rows)
        missing = dict.fromkeys(left_out(delivery.dispensable(names), turn))
        write_texts(delivery, as_text.shop.feeds, [row | missing for row in rows], names)
    rows_brought(as_text.read())


@pytest.mark.parametrize("turn", range(TURNS))
def test_any_one_table_may_be_empty(as_text, turn):
    for vendor in VENDORS:
        mine = [delivery for delivery in deliveries() if delivery.vendor == vendor]
        for delivery in mine:
            rows = rows_of(delivery)
            kept = [] if delivery in left_out(mine, turn) else rows
            write_texts(delivery, as_text.shop.feeds, kept, names_of(rows))
    rows_brought(as_text.read())


def test_a_table_without_a_required_column_is_told_with_its_file_and_column(shop_at, tmp_path):
    exports = Exports(shop_at(tmp_path))
    expected = set()
    for delivery in deliveries():
        rows = rows_of(delivery)
        names = names_of(rows)
        column = next((each for each in delivery.columns if each.is_required), None)
        if column is None or delivery.table in {
            each.table
            for each in deliveries()
            if each.vendor == delivery.vendor and each is not delivery
        }:
            continue
        kept = [name for name in names if same(name) not in column.names]
        write_alike(delivery, exports.shop.feeds, rows, kept)
        expected.add((delivery, column.name))
    said = set(exports.compile().values())
    print(said)
