from itertools import chain

import pyarrow as pa

from tessera.simulate.vendors.division import divided


def strings(**columns):
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def events(**columns):
    names = ("event_id", "anonymous_id", "device_id", "email", "device")
    count = len(columns["event_id"])
    return strings(**{name: columns.get(name, [None] * count) for name in names})


NO_MESSAGES = strings(campaign_id=[], channel=[])
WHOLE = ("orders", "order_lines", "contacts", "campaign_assignments", "tickets")


def shares(**feeds):
    given = {name: strings(x=[]) for name in WHOLE}
    return divided(given | {"web_events": events(event_id=[]), "messages": NO_MESSAGES} | feeds)


def whose(of, feed):
    return {
        vendor: share[feed].column(0).to_pylist() for vendor, share in of.items() if feed in share
    }


def test_texts_and_follow_ups_go_to_klaviyo_and_other_mail_to_mailchimp():
    messages = strings(
        campaign_id=["order_follow_up", "news", "text_news", None],
        channel=["email", "email", "sms", "email"],
    )
    assert whose(shares(messages=messages), "messages") == {
        "klaviyo": ["order_follow_up", "text_news"],
        "mailchimp": ["news", None],
    }


def test_every_event_goes_to_one_vendor():
    count = 40
    told = events(
        event_id=[str(number) for number in range(count)],
        anonymous_id=[f"V{number}" if number > 10 else None for number in range(count)],
        device_id=["D1" if number < 5 else None for number in range(count)],
    )
    of = whose(shares(web_events=told), "web_events")
    assert sorted(chain(*of.values()), key=int) == told["event_id"].to_pylist()
    assert of["mixpanel"] == ["0", "1", "2", "3", "4"]
    assert set(of["segment"]) >= {"5", "6", "7", "8", "9", "10"}
    assert 0 < len(of["ga4"]) < 29


def test_a_browser_is_watched_by_ga4_with_all_its_rows_or_with_none():
    browsers = [f"V{number}" for number in range(20)]
    told = events(event_id=[str(n) for n in range(40)], anonymous_id=browsers * 2)
    ga4 = shares(web_events=told)["ga4"]["web_events"]["anonymous_id"].to_pylist()
    assert ga4[: len(ga4) // 2] == ga4[len(ga4) // 2 :]


def test_ga4_never_hears_an_address_or_a_crawlers_own_words():
    browsers = [f"V{number}" for number in range(20)]
    shy = {
        "email": ["a@b.example"] * 10 + [None] * 30,
        "device": [None] * 10 + ["Googlebot"] * 10 + [None] * 20,
    }
    told = events(event_id=[str(n) for n in range(40)], anonymous_id=browsers * 2, **shy)
    assert shares(web_events=told)["ga4"]["web_events"].num_rows == 0


def test_orders_are_shown_to_the_shop_and_to_those_who_watch_the_checkout():
    of = whose(shares(orders=strings(order_id=["1"])), "orders")
    assert of == {"shopify": ["1"], "ga4": ["1"], "segment": ["1"]}
