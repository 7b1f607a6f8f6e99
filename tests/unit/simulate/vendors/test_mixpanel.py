from datetime import timedelta

from tessera.simulate.vendors import mixpanel
from tessera.simulate.vendors.vendor_shop import VendorShop

from .web_shop import NOON, exported


def properties(**row):
    (event,) = exported(mixpanel, row)["events"]
    return {name: value for name, value in event["properties"].items() if value is not None}


def test_the_pass_of_the_whole_shop_writes_nothing():
    assert list(mixpanel.exports(VendorShop(None, {}, seed=7))) == []


def test_whoever_did_not_sign_in_is_a_device():
    told = properties(event_id="E1", device_id="D4")
    assert (told["distinct_id"], told["$device_id"]) == ("$device:D4", "D4")
    assert "$user_id" not in told


def test_whoever_signed_in_is_a_person():
    told = properties(device_id="D4", user_ref="9")
    assert (told["distinct_id"], told["$user_id"]) == ("9", "9")


def test_times_are_milliseconds():
    told = properties(occurred_at=NOON, received_at=NOON + timedelta(milliseconds=700))
    assert (told["time"], told["mp_processing_time_ms"]) == (1709294400000, 1709294400700)


def test_events_are_named_in_words():
    (event,) = exported(mixpanel, {"event_name": "add_to_cart"})["events"]
    assert event["event"] == "Add To Cart"


def test_a_profile_tells_when_somebody_was_last_seen_and_nothing_of_them():
    later = NOON + timedelta(days=1, milliseconds=5)
    people = exported(
        mixpanel, {"user_ref": "9"}, {"user_ref": "9", "occurred_at": later}, {"device_id": "D4"}
    )["people"]
    assert people == [{"$distinct_id": "9", "$properties": {"$last_seen": "2024-03-02T12:00:00"}}]
