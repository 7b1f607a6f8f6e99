"""The demo shop keeps the rules that its README states."""

from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

DEMO_SHOP = Path(__file__).parents[2] / "seeds" / "demo_shop"


@pytest.fixture(scope="module")
def shop():
    with duckdb.connect() as connection:
        for path in DEMO_SHOP.glob("*.csv"):
            connection.read_csv(str(path)).create_view(path.stem)
        yield connection


def _orders_of(shop, customer: str) -> list[tuple[datetime, float]]:
    relation = shop.table("orders").filter(f"contact_id = '{customer}'").order("ordered_at")
    return [(at, float(amount)) for at, amount in relation.project("ordered_at, amount").fetchall()]


def test_the_shop_fits_in_two_hundred_kilobytes():
    assert sum(path.stat().st_size for path in DEMO_SHOP.iterdir()) <= 200_000


def test_weekly_01_spends_twenty_every_seventh_day_at_noon(shop):
    first = datetime(2024, 1, 1, 12)  # noqa: DTZ001
    assert _orders_of(shop, "weekly_01") == [
        (first + timedelta(days=7 * week), 20.0) for week in range(61)
    ]


def test_lapsed_01_buys_five_times_the_last_two_at_half_price(shop):
    assert [(at.month, at.day, amount) for at, amount in _orders_of(shop, "lapsed_01")] == [
        (1, 1, 40.0),
        (1, 15, 40.0),
        (1, 29, 40.0),
        (2, 12, 20.0),
        (2, 26, 20.0),
    ]


def test_lines_add_up_to_their_order_and_every_order_has_lines(shop):
    sinners = shop.sql("""
        select orders.order_id
        from orders
        left join (
            select order_id, sum(quantity * unit_price - discount_amount) as amount
            from order_lines
            group by order_id
        ) as lines on orders.order_id = lines.order_id
        where lines.amount is distinct from orders.amount
    """)
    assert sinners.fetchall() == []


def test_every_line_names_a_product_and_every_assignment_a_campaign(shop):
    assert shop.sql("from order_lines anti join products using (product_id)").fetchall() == []
    assert (
        shop.sql("from campaign_assignments anti join campaigns using (campaign_id)").fetchall()
        == []
    )


def test_churn_in_30_days_has_at_least_150_of_either_outcome(shop):
    counted = shop.sql("""
        with snapshots as (
            select timestamp '2025-03-01' - to_months(months::integer) as snapshot_at
            from range(1, 13) as past (months)
        ),
        looks as (
            select
                contact_id,
                snapshot_at,
                bool_or(ordered_at < snapshot_at and ordered_at >= snapshot_at - interval 90 days)
                    as is_eligible,
                bool_or(ordered_at >= snapshot_at and ordered_at < snapshot_at + interval 30 days)
                    as has_order
            from orders, snapshots
            where status = 'completed'
            group by contact_id, snapshot_at
        )
        select has_order, count(*) from looks where is_eligible group by has_order
    """)
    assert all(looks >= 150 for _, looks in counted.fetchall())
