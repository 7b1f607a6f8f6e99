"""Values are said so that a marketer need not know the grammar of names."""

import pytest

from tessera.features import say


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("orders_days_since_last", 41.3, "no orders for 41 days"),
        ("orders_days_since_last", 1.2, "no orders for 1 day"),
        ("orders_days_since_first", 400.0, "the first of the orders 400 days ago"),
        ("orders_count_90d", 0.0, "no orders in the last 90 days"),
        ("orders_count_90d", 1.0, "1 order in the last 90 days"),
        ("tickets_urgent_count_lifetime", 2.0, "2 tickets marked as urgent ever"),
        ("products_distinct_count_30d", 7.0, "7 different products bought in the last 30 days"),
        (
            "orders_discounted_share_365d",
            0.4,
            "share of orders with a discount in the last 365 days: 40 %",
        ),
        ("orders_amount_avg_90d", None, "average amount of orders in the last 90 days: not known"),
        (
            "orders_count_30d_last_year",
            3.0,
            "number of orders in the 30 days before the same day a year earlier: 3",
        ),
        ("crm_country", "(other)", "country of the contact record: (other)"),
        ("weather_index", 2.5, "weather index: 2.5"),
    ],
)
def test_a_value_is_said(name, value, said):
    assert say(name, value) == said
