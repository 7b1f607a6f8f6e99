"""What lies in a folder is judged feed by feed: what stops a build, what spoils it, what is odd."""

from dataclasses import replace

import pandas as pd
import pytest

from tessera.check.facts import Orphans, References, Rejection
from tessera.check.finding import Severity
from tessera.check.findings import feed_findings, in_order, reference_findings


def told(*feeds, unread=()):
    return [(finding.severity.name, finding.what) for finding in feed_findings(feeds, unread)]


def per_month(rows):
    return tuple((pd.Timestamp(f"{month}-01"), count) for month, count in rows.items())


def test_a_feed_in_good_order_is_not_talked_about(make_feed, ordered_at):
    assert told(make_feed(columns=[ordered_at])) == []


def test_a_feed_that_is_absent_is_no_problem_of_its_own(make_feed):
    assert told(make_feed(files=(), rows_in=0, rows_kept=0)) == []


def test_an_unreadable_feed_stops_the_build_in_the_readers_own_words(make_feed):
    assert told(make_feed(error="no column 'amount'")) == [("STOPS", "no column 'amount'")]


def test_of_an_error_of_duckdb_the_query_is_not_shown(make_feed):
    (finding,) = feed_findings([make_feed(error="too small\nLINE 10: from read_parquet\n^")], ())
    assert finding.what == "too small"
    assert "of the kind its ending says" in finding.advice


def test_rejected_rows_say_where_why_and_what_to_do(make_feed):
    rejection = Rejection("amount", "is not a decimal(18,2)", 3, "xxx 9", "orders.csv", 7)
    (finding,) = feed_findings(
        [make_feed(rows_rejected=3, rows_kept=97, rejections=(rejection,))], ()
    )
    assert finding.what == (
        "3 rows (3 %) would be set aside: amount is not a decimal(18,2), mostly like 'xxx 9'; "
        "the first is row 7 of orders.csv"
    )
    assert finding.advice.startswith("Write numbers with a point")


def test_only_the_first_reasons_are_told_and_the_rest_counted(make_feed):
    reasons = tuple(Rejection(f"c{i}", "is odd", 2, None, "f.csv", 1) for i in range(7))
    whats = [
        what for _, what in told(make_feed(rows_rejected=14, rows_kept=86, rejections=reasons))
    ]
    assert len(whats) == 6
    assert whats[-1] == "4 rows more would be set aside for 2 other reasons"


@pytest.mark.parametrize(("kept", "severity"), [(99, "NOTE"), (98, "WARNING")])
def test_more_than_one_repeated_key_in_a_hundred_is_a_warning(make_feed, kept, severity):
    (found,) = told(make_feed(rows_kept=kept))
    assert found[0] == severity


def test_what_connectors_bring_anew_is_a_note_however_much_it_is(make_feed):
    (found,) = feed_findings([make_feed(files=(), connectors=("shopify",), rows_kept=60)], ())
    assert found.severity is Severity.NOTE
    assert found.advice.startswith("Connectors bring a fact anew each time it was changed")


def test_a_row_of_which_the_vendor_says_that_it_does_not_count_is_a_note(make_feed, ordered_at):
    rejection = Rejection("event_date", "is a day sent again", 1, None, "ga4/events.csv", 7)
    (found,) = feed_findings(
        [make_feed(columns=[ordered_at], rows_rejected=1, rows_kept=99, rejections=(rejection,))],
        (),
    )
    assert found.severity is Severity.NOTE
    assert found.advice == "The vendor itself says so."
    assert "set aside: event_date is a day sent again; the first is row 7 of" in found.what


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        ("ordered_at", "is true: of the feed itself"),
        ("line", "has too many values"),
        ("customer reference", "was forgotten"),
        ("products", "is no JSON list"),
        ("metric_id", "has no name: export the table metrics, too"),
    ],
)
def test_what_the_judge_or_a_mend_can_tell_is_not_the_vendors_word(
    make_feed, ordered_at, column, reason
):
    rejection = Rejection(column, reason, 1, None, "segment/order_completed.csv", 7)
    (found,) = feed_findings(
        [make_feed(columns=[ordered_at], rows_rejected=1, rows_kept=99, rejections=(rejection,))],
        (),
    )
    assert found.severity is Severity.WARNING
    assert "vendor" not in found.advice


def test_lines_without_their_order_are_a_warning_and_customers_without_contact_a_note(make_feed):
    lines = make_feed("order_lines", orphans=(Orphans("order_id", "orders", 100, 2),))
    orders = make_feed(orphans=(Orphans("contact_id", "contacts", 100, 60, is_reference=True),))
    whole = make_feed(orphans=(Orphans("product_id", "products", 100, 0),))
    assert [severity for severity, _ in told(lines, orders, whole)] == ["WARNING", "NOTE"]


def test_a_month_without_rows_in_a_steady_feed_is_named(make_feed):
    months = (
        (pd.Timestamp(2024, 1, 1), 30),
        (pd.Timestamp(2024, 3, 1), 25),
        (pd.Timestamp(2024, 4, 1), 40),
    )
    (found,) = told(make_feed(months=months))
    assert found == ("WARNING", "no rows in 2024-02, where a usual month has 30")


def test_a_sparse_feed_may_skip_a_month(make_feed):
    months = (
        (pd.Timestamp(2024, 1, 1), 3),
        (pd.Timestamp(2024, 3, 1), 25),
        (pd.Timestamp(2024, 4, 1), 19),
    )
    assert told(make_feed(months=months)) == []


def test_a_price_or_a_time_that_never_changes_is_odd(make_feed, make_column):
    columns = [
        make_column("amount", "decimal(18,2)", required=True, is_constant=True),
        make_column("discount_amount", "decimal(18,2)", is_constant=True),
        make_column("currency", is_constant=True),
        make_column("few_amount", "decimal(18,2)", required=True, is_constant=True, filled=19),
    ]
    assert [(severity, what.split()[0]) for severity, what in told(make_feed(columns=columns))] == [
        ("WARNING", "amount"),
        ("NOTE", "discount_amount"),
    ]


def test_times_from_before_all_shops_are_a_default(make_feed, ordered_at):
    old = replace(ordered_at, earliest=pd.Timestamp(1970, 1, 1))
    assert told(make_feed(columns=[old])) == [("WARNING", "ordered_at begins in 1970")]


@pytest.mark.parametrize(("recorded", "is_told"), [((2024, 2, 1), False), ((2024, 6, 1), True)])
def test_rows_copied_long_after_the_facts_hide_the_past(
    make_feed, make_column, ordered_at, recorded, is_told
):
    first = pd.Timestamp(*recorded)
    last = pd.Timestamp(2025, 1, 1)
    copied = make_column("recorded_at", "timestamp", past=True, earliest=first, latest=last)
    assert bool(told(make_feed(columns=[ordered_at, copied]))) == is_told


def test_a_column_that_is_nearly_one_that_is_missing_is_pointed_out(make_feed, make_column):
    absent = make_column("channel", is_present=False, filled=0)
    found = told(make_feed(columns=[absent], unread_columns=("chanel", "warehouse")))
    assert found == [("WARNING", "column chanel is not read, and channel is not there")]


def test_an_empty_column_and_a_file_that_nobody_reads_are_notes(make_feed, make_column):
    empty = make_column("channel", filled=0)
    found = told(make_feed(columns=[empty]), unread=["Orders.xlsx"])
    assert found == [
        ("NOTE", "channel is there, but never filled"),
        ("NOTE", "nothing reads Orders.xlsx"),
    ]


def test_contacts_that_never_ordered_most_likely_carry_other_ids():
    orders = References("orders", 50, 50, (("contact_id", 50),))
    strangers = References("contacts", 100, 4, (("email", 100),))
    some = References("tickets", 100, 5, (("email", 100),))
    (finding,) = reference_findings([orders, strangers, some])
    assert (finding.subject, finding.what) == ("contacts", "4 % of its 100 customers have an order")
    assert reference_findings([References("contacts", 100, 0, ())]) == []


def test_visitors_need_not_have_ordered():
    orders = References("orders", 50, 50, (("contact_id", 50),))
    visitors = References("web_events", 9000, 50, (("anonymous_id", 9000), ("contact_id", 50)))
    assert reference_findings([orders, visitors]) == []


def test_the_gravest_comes_first(make_feed):
    found = feed_findings([make_feed(rows_kept=90), make_feed("products", error="broken")], ["x"])
    assert [f.severity for f in in_order(found)] == [*Severity]
