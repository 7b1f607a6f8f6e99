from datetime import datetime

import pyarrow as pa
import pytest

from tessera.simulate.vendors.shopify import CONNECTOR_FIELDS, exports
from tessera.simulate.vendors.vendor_shop import VendorShop

MARCH = datetime.fromisoformat("2024-03-01T12:00:00")
LATER = datetime.fromisoformat("2024-03-09T12:00:00")
EACH_ONCE = {
    "email": "ada@example.com",
    "phone": None,
    "customer_ref": "4711",
    "currency": "EUR",
    "discount_amount": 2.0,
    "shipping_amount": 4.95,
    "cost_amount": 5.5,
    "channel": "store",
    "store_id": "store_03",
    "ordered_at": datetime.fromisoformat("2024-03-01T11:00:00"),
}


def order(order_id, amount, status="completed", recorded_at=MARCH, **other):
    told = {"order_id": order_id, "amount": amount, "status": status, "recorded_at": recorded_at}
    return EACH_ONCE | told | other


def line(order_id, number, quantity, unit_price, discount=0.0, recorded_at=MARCH):
    return {
        "order_id": order_id,
        "line_number": number,
        "product_id": f"10{number}",
        "quantity": quantity,
        "unit_price": unit_price,
        "discount_amount": discount,
        "is_return": quantity < 0,
        "recorded_at": recorded_at,
    }


def table(rows):
    told = pa.Table.from_pylist(rows)
    for name in ("phone", "customer_ref", "store_id"):
        if name in told.column_names:
            told = told.set_column(
                told.column_names.index(name), name, told[name].cast(pa.string())
            )
    return told


@pytest.fixture(scope="module")
def shop():
    """One order that was kept, one cancelled, one back, and one of which a line came back."""
    deliveries = [
        order("1", 18.0),
        order("2", 10.0, customer_ref=None, channel="web", store_id=None),
        order("3", 10.0, channel="app"),
        order("4", 30.0),
        order("2", 10.0, "cancelled", LATER, customer_ref=None, channel="web", store_id=None),
        order("3", 10.0, "returned", LATER, channel="app"),
        order("4", 20.0, recorded_at=LATER),
    ]
    lines = [
        line("1", 1, 2.0, 10.0, discount=2.0),
        line("2", 1, 1.0, 10.0),
        line("3", 1, 1.0, 10.0),
        line("4", 1, 2.0, 5.0),
        line("4", 2, 1.0, 20.0),
        line("4", 3, -2.0, 5.0, recorded_at=LATER),
    ]
    return VendorShop(0, {"orders": table(deliveries), "order_lines": table(lines)}, 7)


@pytest.fixture(scope="module")
def tables(shop):
    return {name: each.to_pylist() for name, each in exports(shop)}


def by_id(rows):
    return {row["id"]: row for row in rows}


def test_an_order_is_one_row_that_tells_how_it_stands_today(tables):
    orders = by_id(tables["order"])
    assert list(orders) == ["1", "2", "3", "4", "991"]
    status = [orders[each]["financial_status"] for each in "1234"]
    assert status == ["paid", "refunded", "refunded", "partially_refunded"]
    assert [orders[each]["subtotal_price"] for each in "1234"] == [
        "18.00",
        "10.00",
        "10.00",
        "30.00",
    ]


def test_an_order_whose_end_is_told_before_it_is_two_copies():
    deliveries = [order("1", 10.0, "cancelled"), order("1", 10.0, recorded_at=LATER)]
    lines = table([line("1", 1, 1.0, 10.0)])
    told = dict(exports(VendorShop(0, {"orders": table(deliveries), "order_lines": lines}, 7)))
    copies = [row for row in told["order"].to_pylist() if not row["test"]]
    assert [(row["updated_at"][:10], bool(row["cancelled_at"])) for row in copies] == [
        ("2024-03-01", True),
        ("2024-03-09", False),
    ]
    assert len(told["refund"]) == 0


def test_an_order_that_came_back_to_another_store_is_two_copies():
    deliveries = [order("1", 10.0), order("1", 10.0, "returned", LATER, store_id="store_04")]
    lines = table([line("1", 1, 1.0, 10.0)])
    told = dict(exports(VendorShop(0, {"orders": table(deliveries), "order_lines": lines}, 7)))
    copies = [row for row in told["order"].to_pylist() if not row["test"]]
    stores = [(row["metafield_custom_store"], row["updated_at"][:10]) for row in copies]
    assert stores == [("store_03", "2024-03-01"), ("store_04", "2024-03-09")]


def test_only_a_cancelled_order_has_a_day_of_cancelling(tables):
    days = {row["id"]: row["cancelled_at"] for row in tables["order"] if row["cancelled_at"]}
    assert days == {"2": "2024-03-09T07:00:00-05:00"}


def test_times_are_new_yorks_and_say_so(tables):
    kept = by_id(tables["order"])["1"]
    assert kept["processed_at"] == "2024-03-01T06:00:00-05:00"
    assert kept["created_at"] == kept["updated_at"] == "2024-03-01T07:00:00-05:00"


def test_the_order_with_which_the_checkout_was_tried_says_so(tables):
    assert [row["id"] for row in tables["order"] if row["test"]] == ["991"]


def test_each_refund_is_dated_and_pays_back_what_was_paid(tables):
    paid_back = {}
    for row in tables["order_line_refund"]:
        refund = row["refund_id"]
        paid_back[refund] = paid_back.get(refund, 0) + float(row["subtotal"])
    assert paid_back == {"27": 10.0, "37": 10.0, "47": 10.0}
    assert {row["created_at"] for row in tables["refund"]} == {"2024-03-09T07:00:00-05:00"}
    assert {row["id"] for row in tables["refund"]} == set(paid_back)


def test_what_never_left_the_shop_is_no_return(tables):
    kinds = {row["refund_id"]: row["restock_type"] for row in tables["order_line_refund"]}
    assert kinds == {"27": "cancel", "37": "return", "47": "return"}


def test_a_refunded_line_names_a_line_that_was_bought(tables):
    bought = {row["id"] for row in tables["order_line"]}
    assert {row["order_line_id"] for row in tables["order_line_refund"]} <= bought


def test_a_line_has_its_discount_in_a_table_of_its_own(tables):
    assert tables["discount_allocation"] == [
        {"order_line_id": "1001", "index": "0", "amount": "2.00"}
    ]
    assert {row["total_discount"] for row in tables["order_line"]} == {"0.00"}


def test_customers_say_nothing_of_who_they_are(tables):
    (customer,) = tables["customer"]
    assert customer["id"] == "4711"
    assert not any(customer[name] for name in ("email", "phone", "first_name", "last_name"))


def test_what_shopify_has_no_field_for_lies_in_the_listed_ones(tables):
    kept = by_id(tables["order"])["1"]
    assert kept[CONNECTOR_FIELDS["shopify.orders"]["store_id"]] == "store_03"
    assert kept[CONNECTOR_FIELDS["shopify.orders"]["cost_amount"]] == "5.50"


def test_products_are_written_once_for_the_whole_shop():
    products = pa.table(
        {
            "product_id": ["101"],
            "name": ["Pan"],
            "category": ["Kitchen"],
            "subcategory": ["Pans"],
            "brand": ["Nobody"],
            "department": ["Home"],
        }
    )
    ((name, rows),) = exports(VendorShop(None, {"products": products}, 7))
    assert name == "product"
    assert rows.to_pylist() == [
        {
            "id": "101",
            "title": "Pan",
            "product_type": "Kitchen",
            "vendor": "Nobody",
            "metafield_custom_subcategory": "Pans",
            "metafield_custom_department": "Home",
        }
    ]
