import json

from tessera.simulate.vendors import segment
from tessera.simulate.vendors.vendor_shop import VendorShop

from .web_shop import exported

BOT = "Mozilla/5.0 (compatible; ExampleBot/1.0)"


def tables(*rows):
    return {name: rows for name, rows in exported(segment, *rows).items() if rows}


def test_the_pass_of_the_whole_shop_writes_nothing():
    assert list(segment.exports(VendorShop(None, {}, seed=7))) == []


def test_an_event_is_in_tracks_and_with_its_properties_in_its_own_table():
    written = tables({"event_id": "E1", "event_name": "view_item", "product_id": "7"})
    assert set(written) == {"tracks", "product_viewed"}
    (track,), (own,) = written["tracks"], written["product_viewed"]
    assert (track["id"], track["event"], track["event_text"]) == (
        "E1",
        "product_viewed",
        "Product Viewed",
    )
    assert "product_id" not in track
    assert (own["id"], own["product_id"]) == ("E1", "7")


def test_a_page_is_no_track():
    written = tables({"event_name": "page_view", "page_url": "https://shop.example/"})
    assert set(written) == {"pages"}
    assert written["pages"][0]["url"] == "https://shop.example/"


def test_an_event_without_a_table_is_a_track_alone():
    written = tables({"event_name": "newsletter_signup", "email": "anna@mail.example"})
    assert set(written) == {"tracks"}
    assert written["tracks"][0]["event_text"] == "Newsletter Signup"
    assert written["tracks"][0]["context_traits_email"] == "anna@mail.example"


def test_an_order_is_told_with_its_products_as_text():
    (order,) = tables({"event_name": "purchase", "revenue": 20.0})["order_completed"]
    assert (order["order_id"], order["subtotal"], order["total"]) == ("17", 20.0, 24.95)
    assert json.loads(order["products"]) == [{"product_id": "7", "price": 10.5, "quantity": 2.0}]


def test_a_purchase_whose_order_cannot_be_told_names_none():
    (order,) = tables({"event_name": "purchase", "revenue": 19.99})["order_completed"]
    assert (order["order_id"], order["products"], order["subtotal"]) == (None, None, 19.99)


def test_a_crawler_keeps_its_words_and_a_phone_is_what_its_browser_says():
    written = tables(
        {"event_id": "E1", "event_name": "search", "device": BOT},
        {"event_id": "E2", "event_name": "search", "device": "mobile"},
    )
    bot, phone = written["products_searched"]
    assert bot["context_user_agent"] == BOT
    assert "iPhone" in phone["context_user_agent"]
