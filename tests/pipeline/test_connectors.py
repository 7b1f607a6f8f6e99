"""Every connector on its own fixture, as it is and as exports drift, all of them in one session."""

import re
import shutil

import pytest
from connector_queries import MODELS, SWITCHES, Exports, plainly, turns_of
from vendor_exports import (
    FIXTURES,
    NEW_COLUMN,
    VENDORS,
    as_a_warehouse_types,
    deliveries,
    expectations,
    names_of,
    rows_of,
    write_alike,
    write_texts,
)


def each_vendor(test):
    """Ask a test of every vendor by itself."""
    return pytest.mark.parametrize("vendor", VENDORS)(test)


@pytest.fixture(scope="module")
def exported(shop_at, tmp_path_factory):
    """How to deliver exports: a function writes the files of all vendors, dbt compiles once."""

    def delivered(write):
        exports = Exports(shop_at(tmp_path_factory.mktemp("exports")))
        for delivery in deliveries():
            rows = rows_of(delivery)
            write(delivery, exports.shop.feeds, rows, names_of(rows))
        return exports.compile()

    return delivered


@pytest.fixture(scope="module")
def as_exported(exported):
    """Each file as it is."""

    def copy(delivery, folder, *_):
        (folder / delivery.place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(delivery.file, folder / delivery.place)

    return exported(copy)


@pytest.fixture(scope="module")
def as_text(exported):
    """Each value as text, and a column more than there is today."""

    def write(delivery, folder, rows, names):
        new = [{NEW_COLUMN: "x", **row} for row in rows]
        write_texts(delivery, folder, new, [NEW_COLUMN, *names])

    return exported(write)


@pytest.fixture(scope="module")
def as_typed(exported):
    """Each value of the type that a warehouse gives it."""

    def write(delivery, folder, rows, names):
        write_texts(delivery, folder, rows, names, as_a_warehouse_types)

    return exported(write)


@pytest.fixture(scope="module")
def as_empty(exported):
    """Each file without a row."""

    def write(delivery, folder, _, names):
        write_alike(delivery, folder, [], names)

    return exported(write)


@pytest.fixture(scope="module")
def as_required(exported):
    """Each file with no more columns than it needs."""

    def write(delivery, folder, rows, names):
        optional = set(delivery.dispensable(names))
        write_texts(delivery, folder, rows, [name for name in names if name not in optional])

    return exported(write)


def test_every_connector_has_a_fixture():
    sources = (FIXTURES.parents[2] / "models/staging").glob("*/_*__sources.yml")
    assert {path.parent.name for path in sources} - {"feeds"} == set(VENDORS)


@each_vendor
def test_every_feed_of_a_connector_has_expected_rows(vendor):
    models = (FIXTURES.parents[2] / f"models/staging/{vendor}").glob(f"stg_{vendor}__*.sql")
    feeds = {model.stem.removeprefix(f"stg_{vendor}__") for model in models}
    assert feeds == set(expectations(vendor)["expected"])


@each_vendor
def test_a_fixture_gives_the_expected_rows(as_exported, vendor):
    for feed, (found, expected) in as_exported.compared(vendor).items():
        assert (feed, found) == (feed, expected)


@each_vendor
def test_values_that_are_all_text_and_a_new_column_change_nothing(as_text, vendor):
    for feed, (found, expected) in as_text.compared(vendor).items():
        assert (feed, plainly(found)) == (feed, plainly(expected))


@each_vendor
def test_values_as_a_warehouse_types_them_change_nothing(as_typed, vendor):
    for feed, (found, expected) in as_typed.compared(vendor).items():
        assert (feed, plainly(found)) == (feed, plainly(expected))


@each_vendor
def test_empty_tables_bring_no_rows(as_empty, vendor):
    assert set(as_empty.counts(vendor).values()) == {0}


@each_vendor
def test_required_columns_alone_can_be_read(as_required, vendor):
    as_required.counts(vendor)


@each_vendor
def test_any_one_optional_column_may_be_missing(as_text, vendor):
    mine = [(each, rows_of(each)) for each in deliveries() if each.vendor == vendor]
    optional = {each: each.dispensable(names_of(rows)) for each, rows in mine}
    for missing in turns_of(range(max(len(names) for names in optional.values()))):
        for delivery, rows in mine:
            gone = {name: None for place, name in enumerate(optional[delivery]) if place in missing}
            kept = [row | gone for row in rows]
            write_texts(delivery, as_text.shop.feeds, kept, names_of(rows))
        as_text.counts(vendor)


@each_vendor
def test_any_one_table_may_be_empty(as_text, vendor):
    mine = [(each, rows_of(each)) for each in deliveries() if each.vendor == vendor]
    for empty in turns_of([delivery for delivery, _ in mine]):
        for delivery, rows in mine:
            kept = [] if delivery in empty else rows
            write_texts(delivery, as_text.shop.feeds, kept, names_of(rows))
        as_text.counts(vendor)


def test_a_table_without_a_required_column_is_told_with_its_file_and_column(shop_at, tmp_path):
    exports = Exports(shop_at(tmp_path))
    for delivery in deliveries():
        rows = rows_of(delivery)
        needed = delivery.needed()[:1]
        kept = [name for name in names_of(rows) if not any(column.means(name) for column in needed)]
        write_alike(delivery, exports.shop.feeds, rows, kept)
    failed = exports.shop.run("--select", *MODELS, **SWITCHES)
    told = [message for message in failed.values() if "is missing" in message]
    said = (
        r"connector '(\w+)' \(.*/\1/[^)]+\): column '(\w+)' of table '(\w+)' is missing[^.]*\. "
        r"Columns found: .+\. Export it, or correct its name; docs/connectors/\1\.md lists every "
    )
    found = [re.search(said, message) for message in told]
    assert all(found)
    needed = {
        (each.vendor, column.name, each.table) for each in deliveries() for column in each.needed()
    }
    assert {each.groups() for each in found} <= needed
    assert {each[1] for each in found} == set(VENDORS)


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"connectors": "ga4"}, "'connectors' must be a list such as [shopify, ga4]; got: ga4"),
        ({"connectors": ["shopfiy"]}, "names 'shopfiy', which is none. There are: shopify,"),
        ({"connector_fields": {"ga4.evnets": {"attr_a": "a"}}}, "reads a table 'evnets'"),
        ({"connector_fields": {"ga4.events": "note"}}, "must list columns by table"),
        ({"connector_fields": {"ga4.events": {"Tier": "note"}}}, "'Tier' cannot be filled"),
    ],
)
def test_a_switch_that_is_mistyped_stops_the_build(shop_at, tmp_path, variables, told):
    given = {**SWITCHES, **variables}
    failed = shop_at(tmp_path).run("--select", "connector_tables", read_with=SWITCHES, **given)
    assert told in failed["connector_tables"]


def test_a_listed_field_that_no_file_has_is_told_with_the_var(shop_at, tmp_path):
    shop = shop_at(tmp_path)
    shutil.copytree(FIXTURES / "klaviyo", shop.feeds / "klaviyo")
    given = {**SWITCHES, "connector_fields": {"klaviyo.profiles": {"attr_tier": "Teir"}}}
    failed = shop.run("--select", "path:models/staging/klaviyo", read_with=SWITCHES, **given)
    assert any("'teir'" in each and "connector_fields" in each for each in failed.values())


def test_a_connector_of_which_nothing_lies_there_stops_the_build(shop_at, tmp_path):
    shop = shop_at(tmp_path)
    shop.feeds.mkdir()
    failed = shop.run("--select", "connector_tables", read_with=SWITCHES, **SWITCHES)
    assert list(failed) == ["connector_tables"]
    assert "is switched on, but nothing of it was found in" in failed["connector_tables"]
