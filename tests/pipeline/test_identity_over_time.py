"""Two customers of the demo shop turn out to be one, and a browser turns out to be somebody's.

Beside it goes on: orders are placed, and some of before arrive late.
"""

import pytest

TOLD_AT = "2025-01-15 12:00:00"
MART = ("+customer_features", "identity_merges")
EARLIER = "snapshot_at <= timestamp '2025-01-01'"


def went_on(shop):
    """Append two orders of weekly_03: a new one, and one of December recorded in January."""
    header, *orders = shop.read("orders").splitlines()
    names = header.split(",")
    template = next(order for order in orders if "weekly_03" in order).split(",")
    late, new = list(template), list(template)
    late[names.index("order_id")], late[names.index("ordered_at")] = "late", "2024-12-10 10:00:00"
    new[names.index("order_id")], new[names.index("ordered_at")] = "new", "2025-03-05 10:00:00"
    rows = [f"{order}," for order in (*orders, ",".join(new))]
    rows.append(f"{','.join(late)},2025-01-20 08:00:00")
    shop.write("orders", "\n".join([f"{header},recorded_at", *rows]) + "\n")


def assigned_anew(shop):
    """Deliver every assignment once more, as of January, without saying when it was recorded."""
    header, *rows = shop.read("campaign_assignments").splitlines()
    place = header.split(",").index("assigned_at")
    again = [row.split(",") for row in rows]
    anew = [",".join([*row[:place], TOLD_AT, *row[place + 1 :]]) for row in again]
    shop.write("campaign_assignments", "\n".join([header, *rows, *anew]) + "\n")


@pytest.fixture
def told(built):
    """The shop, two buyers, and the feeds that tie them together in January; the shop goes on."""
    went_on(built)
    one, other = built.query(
        "select distinct identifier_value, customer_id from pii.customer_identifiers "
        "where identifier_type = 'contact_id' and identifier_value in ('weekly_01', 'weekly_02') "
        "order by identifier_value"
    )
    built.write(
        "tickets",
        "ticket_id,created_at,contact_id,customer_ref\n"
        f"t1,{TOLD_AT},{one[0]},card-77\n"
        f"t2,{TOLD_AT},{other[0]},card-77\n",
    )
    built.write(
        "web_events",
        "event_id,occurred_at,event_name,anonymous_id,contact_id\n"
        "e1,2024-12-05 09:00:00,view_item,their_browser,\n"
        f"e2,{TOLD_AT},view_item,their_browser,{one[0]}\n"
        "e3,2025-01-16 09:00:00,view_item,their_browser,\n"
        "e4,2025-01-16 09:00:00,view_item,another_browser,\n",
    )
    return built, one, other


def features(shop, of_snapshots):
    return shop.query(
        f"select * from features.customer_features where {of_snapshots} "
        "order by snapshot_at, customer_id"
    )


def test_later_links_late_facts_and_new_ones_change_no_feature_of_an_earlier_snapshot(told):
    shop, one, other = told
    columns = shop.query("select * from (describe features.customer_features)")
    place = [name for name, *_ in columns].index("customer_id")
    before = features(shop, EARLIER)
    assert shop.run("--select", *MART) == {}
    after = features(shop, EARLIER)
    # the one who is merged away has no rows any more, and everybody else has just the same
    assert {row[place] for row in before} - {row[place] for row in after} == {other[1]}
    assert after == [row for row in before if row[place] != other[1]]

    assert shop.query("select merged_customer_id, customer_id from identity.identity_merges") == [
        (other[1], one[1])
    ]
    late = "select cast(known_at as string) from core.orders where order_id = 'late'"
    assert shop.query(late) == [("2025-01-20 08:00:00",)]
    [(orders,)] = shop.query(
        f"select count(*) from core.orders where customer_id = '{one[1]}'"
        f" and known_at = timestamp '{TOLD_AT}'"
    )
    [(theirs,)] = shop.query(
        "select count(*) from pii.base_feeds__orders "
        f"where contact_id = '{other[0]}' and ordered_at < timestamp '{TOLD_AT}'"
    )
    assert orders == theirs > 0

    # and as of a day before, they are two again, and who was assigned anew was not yet
    assigned_anew(shop)
    assert shop.run("--select", *MART, as_of="2025-01-01") == {}
    replayed = features(shop, EARLIER)
    assert replayed == before


def test_what_a_browser_did_is_known_to_be_somebodys_since_they_signed_in(told):
    shop, one, _ = told
    assert shop.run("--select", "+web_events") == {}
    assert shop.query(
        "select event_id, customer_id, cast(known_at as string) from core.web_events order by 1"
    ) == [
        ("e1", one[1], TOLD_AT),
        ("e2", one[1], TOLD_AT),
        ("e3", one[1], "2025-01-16 09:00:00"),
        ("e4", None, "2025-01-16 09:00:00"),
    ]
