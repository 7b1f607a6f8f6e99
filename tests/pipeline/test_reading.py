"""Feeds are read as real exports write them; what cannot be read is set aside, and counted."""

import re
import shutil
from datetime import date

import duckdb
import pytest
from odd_feeds import (
    BOOLEANS,
    LONG_TEXT,
    MISSHAPEN,
    NUMBERS,
    ORDERS,
    TIMES,
    write_odd_feeds,
)

from tessera.commands.failures import plain_message

STAGING = (
    "+path:models/staging",
    "--exclude-resource-type",
    "test",
    "--exclude-resource-type",
    "unit_test",
)


@pytest.fixture(scope="session")
def read(tmp_path_factory, shop_at):
    """The odd feeds, read once into staging by a `dbt build` without its tests."""
    shop = shop_at(tmp_path_factory.mktemp("odd [1]"))
    shop.feeds.mkdir()
    write_odd_feeds(shop.feeds)
    assert shop.run("--select", *STAGING, command="build") == {}
    return shop


def by_key(shop, sql):
    return dict(shop.query(sql))


def test_every_dialect_of_a_folder_is_read(read):
    orders = by_key(read, "select order_id, contact_id from pii.base_feeds__orders")
    names = {"windows": "“Zoë” €", "latin_1": "Zoë", "utf_16_be": "Łukasz", "utf_16_le": "😀"}
    names["utf_8"] = "Łukasz 😀"
    alike = ["bom", "crlf", "ends_1", "ends_2", "nul", "order", "pipe", "quotes", "sep", "tab"]
    alike += ["packed", "padded", "part", "part_*", "part_[1]"]
    assert orders == {**dict.fromkeys(alike, "ann"), **names}


def test_quoted_delimiters_and_line_ends_belong_to_the_value(read):
    channels = by_key(read, "select order_id, channel from pii.base_feeds__orders")
    assert channels["quotes"] == 'says "hi",\nand goes'
    assert channels["pipe"] == "a,b;c"


def test_a_row_is_numbered_within_its_file(read):
    assert read.query("select max(feed_row) from pii.base_feeds__orders") == [(2,)]


def test_numbers_are_read_by_one_rule(read):
    sql = (
        "select order_id, unit_price::varchar from pii.base_feeds__order_lines "
        "where feed_file like '%{}%'"
    )
    for place, kind in enumerate(["commas", "semicolons"]):
        expected = {
            text: None if meant[place] is None else f"{float(meant[place]):.9f}"
            for text, meant in NUMBERS.items()
        }
        assert by_key(read, sql.format(kind)) == expected


def test_times_are_utc_or_rejected_with_what_was_expected(read):
    times = read.query(
        "select feed_row, started_at::varchar, rejected_reason from pii.base_feeds__campaigns "
        "order by feed_row"
    )
    assert [time for _, time, _ in times] == list(TIMES.values())
    reasons = {reason for _, time, reason in times if time is None}
    assert len(reasons) == 1
    assert "is not a timestamp: expected the year first, as in 2024-03-31" in reasons.pop()


def test_typed_times_of_parquet_are_read_faithfully(read):
    times = by_key(
        read, "select campaign_id, assigned_at::varchar from pii.base_feeds__campaign_assignments"
    )
    noon = dict.fromkeys(
        ["zoned", "naive", "seconds", "millis", "micros", "nanos"], "2024-03-01 12:00:00"
    )
    assert times == {**noon, "dates": "2024-03-01 00:00:00", "nested": None, "nothing": None}
    rejected = by_key(
        read,
        "select feed_file, rejected_reason from staging.rejected_rows "
        "where feed = 'campaign_assignments'",
    )
    said = {re.search(r"(\w+)\.parquet", file)[1]: reason for file, reason in rejected.items()}
    assert said["nothing"] == "is required and empty"
    assert said["nested"].startswith("is not a timestamp")


def test_nested_and_numeric_values_become_the_text_that_they_are(read):
    values = read.query("select distinct contact_id, arm from pii.base_feeds__campaign_assignments")
    assert values == [("7", '{"name":"a","share":0.5}')]


def test_booleans_have_five_spellings(read):
    read_as = read.query(
        "select email_consent from pii.base_feeds__contacts where contact_id like 'b%' "
        "and rejected_reason is null order by feed_row"
    )
    assert [value for (value,) in read_as] == list(BOOLEANS.values())
    assert read.query(
        "select rejected_value, rejected_reason from staging.rejected_rows "
        "where rejected_column = 'email_consent' order by feed_row"
    ) == [
        (shape, "is not a boolean: expected true or false, yes or no, 1 or 0")
        for shape in ("xxxxx", "9")
    ]


def test_a_date_is_the_day_as_written(read):
    days = by_key(
        read,
        "select contact_id, birth_date from pii.base_feeds__contacts where contact_id like 'd%'",
    )
    assert days == {**dict.fromkeys(["d0", "d1", "d3"], date(1980, 5, 17)), "d2": None}


def test_attributes_are_kept_and_other_columns_ignored(read):
    columns = read.query("describe pii.base_feeds__contacts")
    names = {column[0] for column in columns}
    assert "attr_score" in names
    assert "unknown" not in names


def test_a_text_of_five_million_characters_is_a_value(read):
    assert read.query(
        "select length(street) from pii.base_feeds__contacts where contact_id = 'long'"
    ) == [(len(LONG_TEXT.strip()),)]


def test_misshapen_lines_are_set_aside_one_by_one(read):
    assert read.query(
        "select feed_row, rejected_column, rejected_value, rejected_reason "
        "from staging.rejected_rows where feed = 'products' order by feed_row"
    ) == [
        (2, "line", "x9,xxx xxx", "has 2 values where the header has 3"),
        (3, "line", "x9,xxx,xxxx,xxxxxx", "has 4 values where the header has 3"),
        (5, "line", 'x9,"xxxxx xxxxxx,x', "opens a quoted value and never closes it"),
        (7, "line", 'x9,"xxxxxx" xxx xx,x', "has text after the closing quote of a value"),
        (9, "line", "x9,xxx?xxx,x", "holds bytes that are not of the file's encoding"),
    ]
    assert by_key(read, "select product_id, product_name from staging.stg_feeds__products") == {
        "p1": "good",
        "p4": "a blank value too many",
        "p6": "good",
        "p8": "Zoë",
        "p10": 'good, "quoted"',
    }


def test_an_empty_file_of_an_optional_feed_is_an_absent_feed(read):
    assert read.query("select count(*) from pii.base_feeds__campaign_outcomes") == [(0,)]


def test_all_rows_are_accounted_for(read):
    assert (
        read.query(
            "select * from staging.feed_accounting "
            "where rows_in != rows_kept + rows_duplicate + rows_rejected"
        )
        == []
    )
    account = read.query(
        "select * exclude (rows_repeated, rows_taken_back) from staging.feed_accounting"
    )
    accounts = {feed: counts for feed, *counts in account}
    lines = MISSHAPEN.splitlines()
    assert accounts["products"] == [len([line for line in lines[1:] if line]), 5, 0, 5]
    assert accounts["orders"] == [len(ORDERS) + 1 - len(["header_only", "nothing"]), 20, 0, 0]


def test_readable_copies_are_gone_after_the_run(read):
    assert {path.name for path in read.folder.iterdir()} == {"feeds", "build.duckdb"}


def test_a_lost_row_turns_the_accounting_red(read, tmp_path, shop_at):
    """One row vanishes from staging, another one while a file is read."""
    shutil.copytree(read.folder, tmp_path / "shop")
    shop = shop_at(tmp_path / "shop")
    accounting = "assert_feed_rows_are_accounted_for"
    assert shop.run("--select", "feed_accounting", accounting, command="build") == {}
    with duckdb.connect(shop.project.database) as connection:
        connection.execute("delete from staging.stg_feeds__orders where order_id = 'bom'")
        connection.execute("delete from pii.base_feeds__contacts where contact_id = 'b0'")
        connection.execute("delete from staging.stg_feeds__contacts where rowid = 0")
    failed = shop.run("--select", "feed_accounting", accounting, command="build")
    assert failed == {accounting: "Got 2 results, configured to fail if != 0"}


def test_zone_less_times_are_wall_times_of_the_declared_zone(unbuilt):
    times = {
        "2024-01-15 12:00": "2024-01-15 11:00:00",  # winter, one hour ahead of UTC
        "2024-07-15 12:00": "2024-07-15 10:00:00",  # summer, two
        "2024-07-15": "2024-07-14 22:00:00",
        "2024-03-31 02:30": "2024-03-31 01:30:00",  # skipped that night: read as 03:30
        "2024-10-27 02:30": "2024-10-27 01:30:00",  # there twice: the second, in winter time
        "2024-07-15 12:00Z": "2024-07-15 12:00:00",
        "2024-07-15T12:00:00-05:00": "2024-07-15 17:00:00",
        "1709287200": "2024-03-01 10:00:00",
        "20240715120000": "2024-07-15 10:00:00",
    }
    rows = [f"c,{place},{text}" for place, text in enumerate(times)]
    unbuilt.write("campaigns", "\n".join(["campaign_id,name,started_at", *rows]))
    assert unbuilt.run("--select", "base_feeds__campaigns", feeds_time_zone="Europe/Berlin") == {}
    read_as = unbuilt.query(
        "select started_at::varchar from pii.base_feeds__campaigns order by name"
    )
    assert [time for (time,) in read_as] == list(times.values())


def test_an_unknown_zone_is_refused_in_words(unbuilt):
    failures = unbuilt.run("--select", "base_feeds__campaigns", feeds_time_zone="Berlin'; drop")
    assert plain_message(failures["base_feeds__campaigns"]) == (
        "var 'feeds_time_zone' must be the name of a time zone such as Europe/Berlin, or UTC; "
        "got: Berlin'; drop"
    )


def test_each_file_that_cannot_be_read_ends_in_one_plain_message(unbuilt):
    feeds = unbuilt.feeds
    unbuilt.write("orders", "")
    unbuilt.write("contacts", "Contact ID,contact-id\n1,2\n")
    (feeds / "campaigns.csv").unlink()
    (feeds / "campaigns.csv").mkdir()
    (feeds / "products.csv").unlink()
    (feeds / "products.parquet").write_bytes(b"PAR1 cut off")
    unbuilt.write("order_lines", "order_id,line_number,product_id\n")
    (feeds / "campaign_outcomes.csv").write_bytes(bytes(range(256)) * 9)
    unbuilt.write("campaign_assignments", "campaign_id,arm,assigned_at\n")
    failures = unbuilt.run("--select", "models/staging/feeds/base")
    said = {name.split("__")[1]: plain_message(message) for name, message in failures.items()}
    assert said == {
        "order_rows": (
            f"feed 'orders' ({feeds}/orders.csv): the file is empty. A shop without orders needs a "
            "header row at least; if there should be orders, deliver the file again."
        ),
        "contacts": (
            f"{feeds}/contacts.csv: the columns 'Contact ID' and 'contact-id' both mean "
            "contact_id. Keep one of them, or rename the other"
        ),
        "campaigns": (
            f"{feeds}/campaigns.csv: is a folder, not a file. A folder of files of this feed must "
            "be called campaigns"
        ),
        "products": (
            f"{feeds}/products.parquet: is no readable Parquet file; it may be cut off. "
            "Deliver it again"
        ),
        "order_lines": (
            f"feed 'order_lines' ({feeds}/order_lines.csv): required column 'quantity' is missing. "
            "Columns found: line_number, order_id, product_id. Add the column or rename the one "
            "that holds it; docs/feeds.md lists every feed."
        ),
        "campaign_outcomes": f"{feeds}/campaign_outcomes.csv: is not text. Save it as CSV (UTF-8)",
        "campaign_assignments": (
            f"feed 'campaign_assignments' ({feeds}/campaign_assignments.csv): no column says whose "
            "row it is. Columns found: arm, assigned_at, campaign_id. Add one of: customer_ref, "
            "contact_id, user_ref, email, phone, device_id, anonymous_id; docs/feeds.md lists "
            "every feed."
        ),
    }
