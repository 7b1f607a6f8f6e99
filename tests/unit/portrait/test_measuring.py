"""Every figure on shops of a handful of rows, so that it can be checked in the head."""

import duckdb
import pytest

from tessera.portrait.feeds import name_feeds
from tessera.portrait.figures import FIGURES
from tessera.portrait.measuring import MEASURES, QUERIES, TABLES, measure

ONE_ORDER = "order_id,contact_id,ordered_at,amount\n1,ann,2024-01-01,10\n"


@pytest.fixture
def measured(tmp_path):
    def measure_feeds(**feeds: str) -> dict[str, float]:
        for name, text in feeds.items():
            (tmp_path / f"{name}.csv").write_text(text)
        with duckdb.connect() as connection:
            name_feeds(connection, tmp_path, tmp_path / "copies")
            return measure(connection)

    return measure_feeds


def test_every_query_is_measured_and_every_figure_has_one_query(tmp_path):
    assert {path.stem for path in QUERIES.glob("*.sql")} == {*TABLES, *MEASURES}
    (tmp_path / "orders.csv").write_text(ONE_ORDER)
    with duckdb.connect() as connection:
        name_feeds(connection, tmp_path, tmp_path / "copies")
        measure(connection)
        columns = [
            column
            for name in MEASURES
            for column in connection.sql((QUERIES / f"{name}.sql").read_text()).columns
        ]
    assert sorted(columns) == sorted(figure.name for figure in FIGURES)


def test_feeds_without_rows_have_no_figures(measured):
    assert measured(orders="order_id,contact_id,ordered_at,amount\n") == {}


def test_a_shop_without_orders_still_has_a_web_shop(measured):
    figures = measured(
        web_events="event_id,occurred_at,event_name,anonymous_id,session_ref\n"
        "1,2024-01-01,page_view,x,s1\n"
    )
    assert figures["conversion_share"] == 0
    assert "sessions_per_order" not in figures


# Ann comes every ten days and spends 10, Bob comes once and spends 60, Cem cancels.
THREE_CUSTOMERS = """order_id,contact_id,ordered_at,amount,status
1,ann,2024-01-01,10,completed
2,ann,2024-01-11,10,completed
3,ann,2024-01-21,10,returned
4,ann,2024-01-31,10,completed
5,bob,2024-01-01,60,completed
6,cem,2024-01-02,99,cancelled
"""


def test_orders_per_customer_leave_cancelled_orders_out(measured):
    figures = measured(orders=THREE_CUSTOMERS)
    assert (figures["customers"], figures["orders"], figures["days_observed"]) == (2, 5, 31)
    assert figures["orders_per_customer_mean"] == 2.5
    assert figures["one_time_share"] == 0.5


def test_gaps_are_days_and_clockwork_has_no_variation(measured):
    figures = measured(orders=THREE_CUSTOMERS)
    assert figures["gap_days_median"] == 10
    assert figures["gap_variation_median"] == 0


def test_two_gaps_are_too_few_for_a_variation(measured):
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount\n"
        "1,ann,2024-01-01,1\n2,ann,2024-01-08,1\n3,ann,2024-01-29,1\n"
    )
    assert figures["gap_days_median"] == 14
    assert figures["gap_days_p10"] == pytest.approx(7 + 0.1 * 14)
    assert figures["gap_days_p90"] == pytest.approx(7 + 0.9 * 14)
    assert "gap_variation_median" not in figures


def test_two_orders_of_a_day_are_no_gap(measured):
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount\n"
        "1,ann,2024-01-01 09:00:00,1\n2,ann,2024-01-01 17:00:00,1\n3,ann,2024-01-08,1\n"
    )
    assert (figures["gap_days_p10"], figures["gap_days_p90"]) == (7, 7)


def test_revenue_is_as_unequal_as_its_shares_say(measured):
    figures = measured(orders=THREE_CUSTOMERS)
    assert figures["revenue_top_20_share"] == pytest.approx(0.6)  # Bob: 60 of 100
    # Ranks 1 and 2 with 40 and 60: 2 (40 + 120) / (2 · 100) - 3 / 2
    assert figures["revenue_gini"] == pytest.approx(0.1)


def test_outcomes_of_orders_are_shares_of_sales_and_of_orders(measured):
    figures = measured(orders=THREE_CUSTOMERS)
    assert figures["returned_value_share"] == pytest.approx(0.1)
    assert figures["cancelled_share"] == pytest.approx(1 / 6)


def test_what_a_shop_does_not_say_is_unknown_and_not_zero(measured):
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount,status\n1,ann,2024-01-01,10,completed\n"
    )
    silent = {"returned_value_share", "cancelled_share", "discounted_share", "gross_margin"}
    assert not silent & set(figures)


def test_margin_and_discounts_come_from_the_orders_that_tell_them(measured):
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount,discount_amount,cost_amount\n"
        "1,ann,2024-01-01,10,2,6\n2,ann,2024-01-02,30,0,\n"
    )
    assert figures["discounted_share"] == 0.5
    assert figures["gross_margin"] == pytest.approx(0.4)


def test_baskets_are_compared_in_the_currency_of_most_orders(measured):
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount,currency\n"
        "1,ann,2024-01-01,10,EUR\n2,ann,2024-01-02,20,EUR\n3,bob,2024-01-03,9000,JPY\n"
    )
    assert figures["basket_mean"] == 15
    assert figures["main_currency_share"] == pytest.approx(2 / 3)


def test_the_newest_delivery_of_an_order_counts_and_nothing_vanishes(measured):
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount,recorded_at\n"
        "1,ann,2024-01-01,10,2024-01-03\n"
        "1,ann,2024-01-01,99,2024-01-02\n"
        "2,ann,2024-01-02,many,2024-01-02\n"
        "3,,2024-01-02,5,2024-01-02\n"
    )
    assert (figures["orders"], figures["basket_mean"]) == (1, 10)
    assert (figures["orders_repeated"], figures["orders_left_out"]) == (1, 2)


def test_only_customers_observed_for_ninety_days_can_have_stayed_away(measured):
    # The newest order is of 31 March, day 91 of 2024: Ann's first lies 90 days before it, Bob's 89.
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount\n"
        "1,ann,2024-01-01,1\n2,ann,2024-03-31,1\n3,bob,2024-01-02,1\n"
    )
    assert (figures["repeat_90d_share"], figures["repeat_90d_customers"]) == (1, 1)
    assert "repeat_365d_share" not in figures


def test_a_customer_who_is_back_after_ninety_one_days_is_not_back_within_ninety(measured):
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount\n1,ann,2024-01-01,1\n2,ann,2024-04-01,1\n"
    )
    assert figures["repeat_90d_share"] == 0


def test_active_customers_are_a_share_of_those_known_by_then(measured):
    # January: Ann, of one known. February: Bob, of two. March is not over.
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount\n"
        "1,ann,2024-01-01,1\n2,bob,2024-02-10,1\n3,bob,2024-03-01,1\n"
    )
    assert figures["active_monthly_share"] == 0.75


def test_a_december_with_twice_the_orders_shows_and_eleven_months_do_not(tmp_path):
    orders = """
        select
            row_number() over () as order_id,
            'ann' as contact_id,
            day as ordered_at,
            1 as amount
        from range(timestamp '2023-01-01', timestamp '2024-01-01', interval 1 day) as days(day)
        inner join range(2) as copies(copy) on copy = 0 or month(day) = 12
    """
    with duckdb.connect() as connection:
        connection.sql(orders).write_parquet(str(tmp_path / "orders.parquet"))
        name_feeds(connection, tmp_path, tmp_path / "copies")
        year = measure(connection)
        connection.sql(f"select * from ({orders}) where ordered_at >= '2023-01-02'").write_parquet(
            str(tmp_path / "orders.parquet")
        )
        eleven_months = measure(connection)
    assert year["december_over_mean_month"] == pytest.approx(2 / ((365 + 31) / 365))
    assert year["november_december_share"] == pytest.approx((30 + 62) / 396)
    assert "december_over_mean_month" not in eleven_months


def test_a_weekday_without_orders_is_the_quietest(measured):
    # A Friday, a Saturday and twice a Sunday.
    figures = measured(
        orders="order_id,contact_id,ordered_at,amount\n"
        "1,ann,2024-01-05,1\n2,ann,2024-01-06,1\n3,ann,2024-01-07,1\n4,bob,2024-01-07,1\n"
    )
    assert figures["weekend_share"] == 0.75
    assert figures["busiest_weekday_share"] == 0.5
    assert figures["quietest_weekday_share"] == 0


def test_lines_count_things_and_leave_petrol_and_returns_out(measured):
    figures = measured(
        orders=ONE_ORDER,
        order_lines="order_id,line_number,product_id,quantity,unit_price,is_return\n"
        "1,1,milk,2,1,false\n1,2,petrol,12000,0.001,false\n2,1,milk,4,1,false\n2,2,milk,4,1,true\n"
        "3,1,milk,4,1,true\n",
    )
    assert figures["lines_per_basket_mean"] == 1.5
    assert figures["units_per_basket_mean"] == 3
    assert figures["returned_lines_share"] == 0.4


def _events(*sessions: tuple[str, str, list[str]], seconds: int = 30) -> str:
    lines = ["event_id,occurred_at,event_name,anonymous_id,session_ref,device"]
    for session, device, names in sessions:
        for place, name in enumerate(names):
            at = f"2024-01-01 {place * seconds // 60:02}:{place * seconds % 60:02}:00"
            lines.append(f"{len(lines)},{at},{name},{session},{session},{device}")
    return "\n".join(lines) + "\n"


def test_a_session_leads_or_fails_to_lead_to_an_order(measured):
    figures = measured(
        orders=ONE_ORDER,
        web_events=_events(
            ("s1", "mobile", ["view_item", "add_to_cart", "begin_checkout", "purchase"]),
            ("s2", "Desktop", ["landing", "search", "Product Viewed", "Product Added"]),
            ("s3", "iPhone", ["landing"]),
            ("s4", "", ["landing", "cart", "checkout"]),
        ),
    )
    assert figures["sessions_per_order"] == 4
    assert figures["conversion_share"] == 0.25
    assert figures["cart_abandonment_share"] == pytest.approx(2 / 3)
    assert figures["checkout_abandonment_share"] == 0.5
    assert figures["mobile_share"] == pytest.approx(2 / 3)  # one of four does not say
    assert figures["pages_per_session"] == (1 + 3 + 1 + 1) / 4
    assert figures["machine_session_share"] == 0


def test_page_views_alone_are_pages_where_every_page_sends_one(measured):
    events = _events(("s1", "mobile", ["page_view", "page_view", "view_item"]))
    assert measured(web_events=events)["pages_per_session"] == 2


def test_every_view_is_a_page_where_some_visits_send_no_page_view(measured):
    events = _events(("s1", "mobile", ["page_view", "view_item"]), ("s2", "mobile", ["view_item"]))
    assert measured(web_events=events)["pages_per_session"] == 1.5


def test_a_desktop_whose_browser_is_called_apple_something_is_no_mobile_device(measured):
    events = _events(("s1", "Mozilla/5.0 AppleWebKit", ["landing"]), ("s2", "app", ["landing"]))
    assert measured(web_events=events)["mobile_share"] == 0.5


def test_machines_are_no_visitors(measured):
    header = "event_id,occurred_at,event_name,anonymous_id,session_ref,device\n"
    fast = "".join(f"f{i},2024-01-01 00:00:{i:02},view_item,x,fast,mobile\n" for i in range(20))
    patient = "".join(f"p{i},2024-01-01 00:{i:02}:00,view_item,x,slow,mobile\n" for i in range(20))
    brisk = "".join(f"b{i},2024-01-01 00:00:{i:02},view_item,x,brisk,mobile\n" for i in range(19))
    crawler = "c1,2024-01-01,view_item,x,crawler,Googlebot\n"
    figures = measured(web_events=header + fast + patient + brisk + crawler)
    assert figures["machine_session_share"] == 0.5
    assert figures["pages_per_session"] == (20 + 19) / 2


def test_an_event_without_a_session_is_counted_and_left_out(measured):
    header = "event_id,occurred_at,event_name,anonymous_id,session_ref\n"
    figures = measured(web_events=header + "1,2024-01-01,landing,x,s1\n2,2024-01-01,purchase,x,\n")
    assert figures["web_events_without_session"] == 1
    assert figures["conversion_share"] == 0


def test_messages_are_rates_of_what_was_delivered(measured):
    events = ["sent"] * 4 + ["delivered"] * 3 + ["bounced", "opened", "clicked", "unsubscribed"]
    rows = [f"{place},2024-01-01,Email,{event},ann" for place, event in enumerate(events)]
    figures = measured(
        messages="message_event_id,occurred_at,channel,event,contact_id\n" + "\n".join(rows)
    )
    assert figures["email_delivered_share"] == 0.75
    assert figures["email_opened_share"] == pytest.approx(1 / 3)
    assert figures["email_unsubscribed_share"] == pytest.approx(1 / 3)
    assert "sms_clicked_share" not in figures


def test_a_shop_that_logs_no_deliveries_delivers_what_does_not_bounce(measured):
    rows = [f"{i},2024-01-01,sms,{e},ann" for i, e in enumerate(["sent"] * 4 + ["bounced"])]
    figures = measured(
        messages="message_event_id,occurred_at,channel,event,contact_id\n" + "\n".join(rows)
    )
    assert figures["sms_delivered_share"] == 0.75


def test_tickets_and_reviews_are_counted_per_hundred_orders(measured):
    figures = measured(
        orders=THREE_CUSTOMERS,
        tickets="ticket_id,created_at,contact_id,satisfaction_score\n"
        "1,2024-01-01,ann,4\n2,2024-01-01,ann,2\n3,2024-01-01,bob,\n",
        feedback="feedback_id,created_at,kind,contact_id,rating\n"
        "1,2024-01-01,review,ann,4\n2,2024-01-01,survey,ann,1\n",
    )
    assert figures["tickets_per_100_orders"] == 60
    assert figures["satisfaction_mean"] == 3
    assert figures["satisfied_share"] == 0.5
    assert figures["reviews_per_100_orders"] == 20
    assert figures["rating_mean"] == 4


def test_satisfaction_out_of_ten_has_no_share_of_four_and_five(measured):
    figures = measured(
        tickets="ticket_id,created_at,contact_id,satisfaction_score\n1,2024-01-01,ann,9\n"
    )
    assert "satisfied_share" not in figures


def test_redeeming_twice_counts_once_and_the_control_group_is_not_targeted(measured):
    figures = measured(
        campaign_assignments="campaign_id,contact_id,arm,assigned_at\n"
        "spring,ann,treated,2024-01-01\nspring,bob,treated,2024-01-01\n"
        "spring,cem,hold-out,2024-01-01\nautumn,ann,treated,2024-01-01\n",
        campaign_outcomes="campaign_id,contact_id,outcome,value,occurred_at\n"
        "spring,ann,coupon,1,2024-01-02\nspring,ann,coupon,1,2024-01-03\n"
        "spring,bob,coupon,0,2024-01-02\nspring,cem,coupon,1,2024-01-02\n"
        "autumn,ann,purchase,80,2024-01-02\n",
    )
    assert figures["redeemed_share"] == pytest.approx(1 / 3)


def test_contacts_with_history_are_one_contact_each(measured):
    figures = measured(
        orders=THREE_CUSTOMERS,
        contacts="contact_id,updated_at\nann,2024-01-01\nann,2024-02-01\n",
    )
    assert figures["contacts_per_customer"] == 0.5
