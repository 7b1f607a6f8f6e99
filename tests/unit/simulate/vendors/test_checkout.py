import pyarrow as pa

from tessera.simulate.vendors.checkout import Checkout

from .web_shop import LINES, NOON, ORDERS, web_events


def test_two_orders_alike_cannot_be_told_apart():
    twin = ORDERS.set_column(0, "order_id", pa.array(["18"]))
    checkout = Checkout(pa.concat_tables([ORDERS, twin]), LINES)
    events = web_events({"event_name": "purchase", "revenue": 20.0})
    assert checkout.orders_of(events).tolist() == [-1]


def test_an_order_delivered_twice_is_one():
    checkout = Checkout(pa.concat_tables([ORDERS, ORDERS]), LINES)
    events = web_events({"event_name": "purchase", "revenue": 20.0, "occurred_at": NOON})
    assert checkout.orders_of(events).tolist() == [0]


def test_only_purchases_end_in_orders():
    events = web_events({"event_name": "begin_checkout", "revenue": 20.0})
    assert Checkout(ORDERS, LINES).orders_of(events).tolist() == [-1]


def test_what_came_back_was_not_bought_again():
    (line,) = Checkout(ORDERS, LINES).items_of(0)
    assert line["quantity"] == 2.0
