from datetime import timedelta

from tessera.simulate.vendors import ga4
from tessera.simulate.vendors.vendor_shop import VendorShop

from .web_shop import NOON, exported


def events(*rows):
    return exported(ga4, *rows)["events"]


def params(event):
    return {
        each["key"]: each["value"]["string_value"] or each["value"]["int_value"]
        for each in event["event_params"]
    }


def test_the_pass_of_the_whole_shop_writes_nothing():
    assert list(ga4.exports(VendorShop(None, {}, seed=7))) == []


def test_times_are_microseconds_and_the_way_is_told_as_an_offset():
    (event,) = events(
        {
            "occurred_at": NOON.replace(microsecond=123_000),
            "received_at": NOON + timedelta(seconds=1),
        }
    )
    assert event["event_timestamp"] == 1709294400123000
    assert event["event_server_timestamp_offset"] == 877_000
    assert event["event_date"] == "20240301"


def test_parameters_hold_what_is_known_and_nothing_else():
    (event,) = events({"page_url": "https://shop.example/search", "search_query": "shoe"})
    assert params(event) == {
        "page_location": "https://shop.example/search",
        "page_referrer": "https://shop.example/",
        "search_term": "shoe",
        "ga_session_id": 5,
    }


def test_a_product_is_an_item_and_its_category_goes_with_it():
    (event,) = events({"event_name": "view_item", "product_id": "7", "category": "Shoes"})
    (item,) = event["items"]
    assert (item["item_id"], item["item_name"], item["item_category"]) == ("7", "Red shoe", "Shoes")
    assert "category" not in params(event)


def test_a_purchase_names_its_order_and_what_was_bought():
    (event,) = events({"event_name": "purchase", "revenue": 20.0})
    assert event["ecommerce"]["transaction_id"] == "17"
    assert [(item["quantity"], item["price"]) for item in event["items"]] == [(2, 10.5)]
    assert params(event)["currency"] == "EUR"


def test_a_purchase_whose_order_cannot_be_told_is_not_set():
    (event,) = events({"event_name": "purchase", "revenue": 19.99})
    assert event["ecommerce"]["transaction_id"] == "(not set)"
    assert event["items"] == []


def test_a_link_that_nobody_followed_is_no_record():
    (event,) = events({})
    assert event["collected_traffic_source"] is None


def test_the_day_before_the_last_is_delivered_twice_and_the_last_while_it_runs():
    days = [NOON + timedelta(days=day) for day in (0, 1, 2)]
    tables = exported(ga4, *({"occurred_at": day} for day in days))
    assert sorted(each["event_date"][-1] for each in tables["events"]) == ["1", "2", "2", "3"]
    assert [each["event_date"][-1] for each in tables["events_intraday"]] == ["3"]
