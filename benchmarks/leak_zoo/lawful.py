"""Lawful features that look like leaks: the gate must leave them in peace."""

from __future__ import annotations

import numpy as np

from benchmarks.leak_zoo.shops import Shop, Specimen, answers


def recency_of_subscribers(shop: Shop) -> None:
    """Who pays pays every month, who has left stays away: recency nearly tells it all, lawfully."""
    people = shop.rows["person"].nunique()
    is_gone = shop.random.random((shop.rows["month"].max() + 2, people)) < 0.4
    turns = shop.random.random(is_gone.shape) < 0.04
    for month in range(1, len(is_gone)):
        is_gone[month] = is_gone[month - 1] ^ turns[month]
    month, person = shop.rows["month"].to_numpy(), shop.rows["person"].to_numpy()
    late = shop.random.uniform(31, 60, len(month))
    on_time = shop.random.uniform(0, 30, len(month))
    shop.rows["orders_days_since_last"] = np.where(is_gone[month, person], late, on_time)
    shop.rows["label"] = is_gone[month + 1, person].astype(float)
    shop.rows["amount_next"] = 20.0 * (1 - shop.rows["label"])


def notice_given(shop: Shop) -> None:
    """Some who will leave have said so; the shop knows."""
    label, draw = answers(shop, "label"), shop.random.random(len(shop.rows))
    shop.plant("crm_has_given_notice", np.where(label == 1, draw < 0.3, draw < 0.02).astype(float))


def feed_begun_midway(shop: Shop) -> None:
    value = shop.rows["sessions_count_30d"] + shop.random.normal(0, 1, len(shop.rows))
    shop.plant("web_events_count_30d", value.where(shop.rows["month"] >= 6))


def null_without_orders(shop: Shop) -> None:
    amount = shop.random.gamma(4, 10, len(shop.rows))
    shop.plant(
        "orders_amount_avg_30d", np.where(shop.rows["orders_count_30d"] == 0, np.nan, amount)
    )


def birthday_as_number(shop: Shop) -> None:
    born = shop.random.permutation(18_000)[: shop.rows["person"].nunique()]
    shop.plant("crm_birth_day", born[shop.rows["person"]].astype(float))


def season(shop: Shop) -> None:
    month = shop.rows["month"].to_numpy()
    shop.plant("calendar_month", (month % 12 + 1).astype(float))
    shop.rows["sessions_count_30d"] = shop.rows["sessions_count_30d"] * (1 + 0.5 * np.sin(month))


def browser_family(shop: Shop) -> None:
    names = np.array(["Chrome", "Safari", "Firefox", "Edge"], dtype=object)
    shop.plant("web_events_browser_family", names[shop.rows["person"] % 4])


def program_version_of_no_weight(shop: Shop) -> None:
    levels = np.array(["Chrome 117.0", "Chrome 118.2", "Safari 16.6"], dtype=object)
    shop.plant("web_events_browser_version", levels[(shop.rows["person"] + shop.rows["month"]) % 3])


def lapsed_never_return(shop: Shop) -> None:
    """A fifth left long ago: no visit for half a year, no order ever again."""
    is_lapsed = shop.rows["person"] % 5 == 0
    shop.rows.loc[is_lapsed, "label"] = 1.0
    shop.rows.loc[is_lapsed, "orders_days_since_last"] = 400.0 + 31 * shop.rows["month"]
    shop.rows.loc[is_lapsed, ["orders_count_30d", "orders_count_90d", "amount_next"]] = 0
    shop.rows.loc[is_lapsed, "sessions_count_30d"] = 0


def one_time_buyers(shop: Shop) -> None:
    """A tenth bought the same thing on the same day, and look alike in every number."""
    is_alike = shop.rows["person"] % 10 == 0
    for name in shop.rows.columns[4:11]:
        first = shop.rows[is_alike].groupby("month")[name].transform("first")
        shop.rows.loc[is_alike, name] = first


def status_known_in_time(shop: Shop) -> None:
    """Whoever had not ordered by the snapshot stood as inactive at it, and not before."""
    levels = np.where(shop.rows["orders_days_since_last"] > 31, "inactive", "active")
    shop.plant("crm_attr_status", levels.astype(object))


def tenure(shop: Shop) -> None:
    first = shop.random.uniform(0, 2000, shop.rows["person"].nunique())
    shop.plant("orders_days_since_first", first[shop.rows["person"]] + 31 * shop.rows["month"])


def nothing_planted(_: Shop) -> None:
    """Leave the shop as it is."""


def few_people(shop: Shop) -> None:
    shop.rows = shop.rows[shop.rows["person"] < 120].reset_index(drop=True)


def newest_month_of_a_sale(shop: Shop) -> None:
    """Lawful: in the month before the scoring everybody visits and buys more."""
    extra = shop.random.poisson(2.0, len(shop.rows)) * shop.is_today
    for name in ("sessions_count_30d", "orders_count_30d", "orders_count_90d"):
        shop.rows[name] = shop.rows[name] + extra


def shop_closed_last_month(shop: Shop) -> None:
    """Lawful: nobody could order in the month before the scoring."""
    shop.rows.loc[shop.is_today, "orders_count_30d"] = 0
    late = shop.rows["orders_days_since_last"] + 31 * shop.is_today
    shop.rows["orders_days_since_last"] = late


LAWFUL = (
    Specimen("nothing_planted", nothing_planted),
    Specimen("recency_of_subscribers", recency_of_subscribers),
    Specimen("notice_given", notice_given),
    Specimen("feed_begun_midway", feed_begun_midway),
    Specimen("null_without_orders", null_without_orders),
    Specimen("birthday_as_number", birthday_as_number),
    Specimen("season", season),
    Specimen("browser_family", browser_family),
    Specimen("program_version_of_no_weight", program_version_of_no_weight),
    Specimen("lapsed_never_return", lapsed_never_return),
    Specimen("one_time_buyers", one_time_buyers),
    Specimen("status_known_in_time", status_known_in_time),
    Specimen("tenure", tenure),
    Specimen("few_people", few_people),
    Specimen("newest_month_of_a_sale", newest_month_of_a_sale),
    Specimen("shop_closed_last_month", shop_closed_last_month),
)
