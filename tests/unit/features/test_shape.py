import pytest

from tessera.features.shape import Shape, read_shape


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("orders_count_7d", Shape("orders", "orders_count", "window", "count", 7)),
        ("order_lines_count_7d", Shape("order_lines", "order_lines_count", "window", "count", 7)),
        (
            "products_distinct_count_lifetime",
            Shape("products", "products_distinct_count", "window", "distinct_count", None),
        ),
        (
            "categories_top_share_90d",
            Shape("categories", "categories_top_share", "window", "top_share", 90),
        ),
        (
            "orders_amount_sum_30d_over_180d",
            Shape("orders", "orders_amount_sum", "comparison", "sum", 180),
        ),
        (
            "orders_count_90d_over_lifetime",
            Shape("orders", "orders_count", "comparison", "count", None),
        ),
        ("orders_count_30d_last_year", Shape("orders", "orders_count", "last_year", "count", 395)),
        (
            "orders_returned_days_since_last",
            Shape(
                "orders",
                "orders_returned_days_since_last",
                "recency",
                "days_since_last",
                None,
            ),
        ),
        ("calendar_month", Shape("calendar", "calendar_month", "state", None, None)),
        ("crm_attr_count", Shape("crm", "crm_attr_count", "state", None, None)),
        ("luck", Shape("luck", "luck", "state", None, None)),
    ],
)
def test_a_name_is_read_from_its_end(name, shape):
    assert read_shape(name) == shape
