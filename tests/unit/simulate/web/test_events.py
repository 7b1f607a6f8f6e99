import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tessera.simulate.fulfilment import PLACES
from tessera.simulate.web.events import web_events
from tessera.simulate.web.traffic import draw_traffic

COLUMNS = [
    "event_id",
    "occurred_at",
    "event_name",
    "anonymous_id",
    "device_id",
    "user_ref",
    "email",
    "page_url",
    "product_id",
    "category",
    "search_query",
    "device",
    "referrer",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "session_ref",
    "revenue",
    "received_at",
]


def of(events, name):
    return events.filter(pc.equal(events["event_name"].cast(pa.string()), name))


def test_columns_are_those_of_the_feed(events):
    assert events.column_names == COLUMNS
    assert events.schema.field("occurred_at").type == pa.timestamp("us")
    assert events.schema.field("revenue").type == pa.float64()


def test_same_block_gives_the_same_events(block, events):
    assert web_events(block, draw_traffic(block)).equals(events)


def test_every_word_stands_once_in_its_dictionary(events):
    events.validate(full=True)
    for column in events.columns:
        if pa.types.is_dictionary(column.type):
            words = column.combine_chunks().dictionary
            assert len(pc.unique(words)) == len(words)


def test_event_ids_are_unique(events):
    assert pc.count_distinct(events["event_id"]).as_py() == len(events)


def test_events_are_sorted_and_lie_within_what_the_feeds_show(block, events, first_day):
    occurred = events["occurred_at"].to_numpy()
    assert (np.diff(occurred) >= np.timedelta64(0)).all()
    assert occurred[0] >= first_day
    assert occurred[-1] < np.datetime64(block.world.calendar.as_of)


def test_events_are_received_after_they_occurred(events):
    delay = events["received_at"].to_numpy() - events["occurred_at"].to_numpy()
    assert delay.min() > np.timedelta64(0)
    assert delay.max() < np.timedelta64(30, "s")


def test_every_order_on_the_web_has_one_purchase_event_at_its_second(block, events):
    is_shown = (block.baskets.day >= 0) & (block.baskets.day < block.world.calendar.observed_days)
    is_shown &= block.fulfilment.place != PLACES.index("store")
    ordered = np.sort(block.world.calendar.at(block.baskets.day[is_shown]))
    purchases = of(events, "purchase")
    np.testing.assert_array_equal(purchases["occurred_at"].to_numpy(), ordered)
    assert len(pc.unique(purchases["session_ref"])) == len(ordered)


def test_revenue_is_what_was_paid_and_stands_on_purchases_alone(block, events):
    one_line = np.flatnonzero(
        (np.diff(block.baskets.first_line) == 1)
        & (block.baskets.discount == 0)
        & (block.people.country[block.baskets.person] == 0)
        & (block.fulfilment.place == PLACES.index("web"))
        & (block.baskets.day > 100)
        & (block.baskets.day < 600)
    )[0]
    line = block.baskets.first_line[one_line]
    price = block.world.catalogue.list_price[block.baskets.product[line]]
    at = block.world.calendar.at(block.baskets.day[[one_line]])[0]
    purchases = of(events, "purchase")
    row = int(np.flatnonzero(purchases["occurred_at"].to_numpy() == at)[0])
    assert purchases["revenue"][row].as_py() == price * block.baskets.quantity[line]
    assert len(events) - events["revenue"].null_count == len(purchases)


def test_every_event_is_known_by_a_cookie_or_by_the_app(events):
    has_cookie = pc.is_valid(events["anonymous_id"]).to_numpy()
    has_app = pc.is_valid(events["device_id"]).to_numpy()
    assert (has_cookie ^ has_app).all()
    np.testing.assert_array_equal(has_app, pc.equal(events["device"], "app").to_numpy())


def test_account_stands_on_no_event_before_a_login_in_its_session(events):
    seen = set()
    rows = zip(
        events["session_ref"].to_pylist(),
        events["event_name"].to_pylist(),
        events["user_ref"].to_pylist(),
        strict=True,
    )
    for session, name, account in rows:
        if name == "login":
            seen.add(session)
        assert (account is not None) == (session in seen)


def test_accounts_are_not_used_before_they_were_opened(block, events, first_day):
    opened = dict(
        zip(block.identities.account.to_pylist(), block.identities.account_day, strict=True)
    )
    day = (events["occurred_at"].to_numpy() - first_day) / np.timedelta64(1, "D")
    used = zip(events["user_ref"].to_pylist(), day, strict=True)
    assert all(opened[account] <= when for account, when in used if account)


def test_much_browsing_stays_anonymous(events):
    known = 1 - events["user_ref"].null_count / len(events)
    assert 0.05 < known < 0.4


def test_only_the_first_event_of_a_session_tells_where_it_came_from(events):
    rows = events.filter(pc.is_valid(events["referrer"]))
    assert len(pc.unique(rows["session_ref"])) == len(rows)


@pytest.mark.parametrize("name", ["view_item", "price_comparison", "add_to_cart"])
def test_events_about_a_product_name_it(events, name):
    rows = of(events, name)
    assert len(rows) > 0
    assert rows["product_id"].null_count == 0
    assert rows["category"].null_count == 0
    assert rows["page_url"][0].as_py().endswith(f"/p/{rows['product_id'][0].as_py()}")


def test_searches_and_nothing_else_have_a_query(events):
    assert of(events, "search")["search_query"].null_count == 0
    assert len(of(events, "search")) == len(events) - events["search_query"].null_count


def test_addresses_stand_where_somebody_typed_one_in(events):
    rows = events.filter(pc.is_valid(events["email"]))
    assert set(rows["event_name"].to_pylist()) == {"purchase", "newsletter_signup"}
    assert events["email"].null_count > 0.95 * len(events)
