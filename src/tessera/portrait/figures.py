"""The catalogue: every figure of a portrait, in the order in which it is shown."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """One figure.

    ``unit`` is ``count`` (how large a shop is, which is never judged), ``number``, ``share`` (in
    [0, 1]) or ``days``.
    """

    name: str
    group: str
    label: str
    unit: str

    def show(self, value: float) -> str:
        """Write a value as people read it.

        >>> Figure("gini", "Money", "Gini", "number").show(0.5), FIGURES[0].show(2469)
        ('0.50', '2,469')
        >>> Figure("rate", "Web", "rate", "share").show(0.0142)
        '1.42%'
        """
        if self.unit == "share":
            return f"{value:.1%}" if value >= SMALL_SHARE else f"{value:.2%}"
        return f"{value:,.{DECIMALS[self.unit]}f}"


DECIMALS = {"count": 0, "days": 1, "number": 2}

SMALL_SHARE = 0.05
"""Below it a share needs its second decimal: conversion and unsubscription rates."""

FIGURES = tuple(
    Figure(*row)
    for row in (
        ("customers", "Size", "customers who ordered", "count"),
        ("orders", "Size", "orders, without cancelled ones", "count"),
        ("days_observed", "Size", "days from first to last order", "count"),
        ("main_currency_share", "Size", "orders in the main currency", "share"),
        ("orders_left_out", "Size", "order rows left out: not readable", "count"),
        ("orders_repeated", "Size", "order rows left out: delivered again", "count"),
        ("orders_per_customer_mean", "Buying", "orders per customer, mean", "number"),
        ("orders_per_customer_median", "Buying", "orders per customer, median", "number"),
        ("orders_per_customer_p90", "Buying", "orders per customer, p90", "number"),
        ("one_time_share", "Buying", "customers with one order", "share"),
        ("repeat_90d_share", "Buying", "ordered again within 90 d of the first", "share"),
        ("repeat_90d_customers", "Buying", "… customers observed for 90 d", "count"),
        ("repeat_365d_share", "Buying", "ordered again within 365 d of the first", "share"),
        ("repeat_365d_customers", "Buying", "… customers observed for 365 d", "count"),
        ("gap_days_p10", "Buying", "days between orders, p10", "days"),
        ("gap_days_median", "Buying", "days between orders, median", "days"),
        ("gap_days_p90", "Buying", "days between orders, p90", "days"),
        ("gap_variation_median", "Buying", "gap variation within a customer", "number"),
        ("active_monthly_share", "Buying", "known customers who order, per month", "share"),
        ("revenue_top_1_share", "Money", "revenue of the top 1 % of customers", "share"),
        ("revenue_top_10_share", "Money", "revenue of the top 10 %", "share"),
        ("revenue_top_20_share", "Money", "revenue of the top 20 %", "share"),
        ("revenue_gini", "Money", "revenue, Gini", "number"),
        ("basket_mean", "Money", "basket value, mean", "number"),
        ("basket_median", "Money", "basket value, median", "number"),
        ("basket_p90_over_median", "Money", "basket value, p90 over median", "number"),
        ("discounted_share", "Money", "orders with a discount", "share"),
        ("returned_value_share", "Money", "sales in orders returned", "share"),
        ("cancelled_share", "Money", "orders cancelled", "share"),
        ("gross_margin", "Money", "gross margin", "share"),
        ("lines_per_basket_mean", "Baskets", "lines per basket", "number"),
        ("units_per_basket_mean", "Baskets", "units per basket", "number"),
        ("returned_lines_share", "Baskets", "lines that are returns", "share"),
        ("december_over_mean_month", "Calendar", "orders a day, December over the year", "number"),
        ("november_december_share", "Calendar", "revenue in November and December", "share"),
        ("weekend_share", "Calendar", "orders on Saturday and Sunday", "share"),
        ("busiest_weekday_share", "Calendar", "orders on the busiest weekday", "share"),
        ("quietest_weekday_share", "Calendar", "orders on the quietest weekday", "share"),
        ("web_events_without_session", "Web", "events left out: without a session", "count"),
        ("machine_session_share", "Web", "sessions that look like machines", "share"),
        ("sessions_per_order", "Web", "human sessions per order", "number"),
        ("conversion_share", "Web", "human sessions that buy", "share"),
        ("cart_abandonment_share", "Web", "sessions with a cart that do not buy", "share"),
        ("checkout_abandonment_share", "Web", "sessions at checkout that do not buy", "share"),
        ("mobile_share", "Web", "sessions on a mobile device", "share"),
        ("pages_per_session", "Web", "pages per human session", "number"),
        ("email_delivered_share", "Messages", "e-mail delivered", "share"),
        ("email_opened_share", "Messages", "e-mail opened, of delivered", "share"),
        ("email_clicked_share", "Messages", "e-mail clicked, of delivered", "share"),
        ("email_unsubscribed_share", "Messages", "e-mail unsubscribed, of delivered", "share"),
        ("sms_delivered_share", "Messages", "SMS delivered", "share"),
        ("sms_clicked_share", "Messages", "SMS clicked, of delivered", "share"),
        ("sms_unsubscribed_share", "Messages", "SMS unsubscribed, of delivered", "share"),
        ("push_delivered_share", "Messages", "push delivered", "share"),
        ("push_opened_share", "Messages", "push opened, of delivered", "share"),
        ("push_unsubscribed_share", "Messages", "push unsubscribed, of delivered", "share"),
        ("tickets_per_100_orders", "Service", "tickets per 100 orders", "number"),
        ("satisfaction_mean", "Service", "satisfaction with tickets, mean", "number"),
        ("satisfied_share", "Service", "satisfaction of 4 or 5, of 5", "share"),
        ("reviews_per_100_orders", "Service", "reviews per 100 orders", "number"),
        ("rating_mean", "Service", "rating in reviews, mean", "number"),
        ("redeemed_share", "Campaigns", "targeted customers who redeem", "share"),
        ("contacts_per_customer", "Contacts", "contacts per customer who ordered", "number"),
    )
)

UNJUDGED = frozenset(
    {"main_currency_share", *(figure.name for figure in FIGURES if figure.unit == "count")}
)
"""Figures that say how much there is to look at, not how customers behave."""
