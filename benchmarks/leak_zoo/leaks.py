"""Planted leaks of many kinds, each with its culprit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.leak_zoo.shops import Shop, Specimen, answers, by_person_and_time


def label_copied(shop: Shop) -> None:
    shop.plant("crm_is_gone", answers(shop, "label"))


def label_mostly_copied(shop: Shop) -> None:
    shop.plant("crm_is_gone", shop.noisy(0.15))


def label_as_level(shop: Shop) -> None:
    levels = np.where(answers(shop, "label") == 1, "inactive", "active")
    other = shop.random.random(len(levels)) < 0.3
    shop.plant("crm_status", np.where(other, "unknown", levels).astype(object))


def next_amount(shop: Shop) -> None:
    shop.plant("orders_amount_sum", answers(shop, "amount_next"))


def next_amount_with_the_past(shop: Shop) -> None:
    ahead = answers(shop, "amount_next") + 0.1 * shop.rows["orders_amount_sum_90d"]
    shop.plant("orders_amount_total", ahead)


def orders_of_the_window_around(shop: Shop) -> None:
    whole = shop.rows["orders_count_30d"] + answers(shop, "orders_next")
    shop.plant("orders_count_60d", whole, today=shop.rows["orders_count_30d"])


def status_of_today(shop: Shop) -> None:
    """One row per customer in an export of today: her status stands in all of her past."""
    last = shop.rows[shop.rows["month"] == shop.rows["month"].max() - 1]
    is_gone = shop.rows["person"].map(last.set_index("person")["label"]).to_numpy() == 1
    stray = shop.random.random(shop.rows["person"].nunique())[shop.rows["person"]] < 0.03
    levels = np.where(is_gone ^ stray, "inactive", "active")
    shop.plant("crm_attr_status", levels.astype(object))


def recency_at_the_end_of_the_window(shop: Shop) -> None:
    """Days since the last order, counted up to when the answer was known."""
    days = shop.random.uniform(0, 30, len(shop.rows))
    ahead = np.where(answers(shop, "label") == 1, shop.rows["orders_days_since_last"] + 31, days)
    shop.plant("orders_days_since_last", ahead, today=shop.rows["orders_days_since_last"])


def null_when_gone(shop: Shop) -> None:
    value = shop.random.normal(0, 1, len(shop.rows))
    shop.plant("sessions_depth_avg", np.where(answers(shop, "label") == 1, np.nan, value))


def null_for_most_gone(shop: Shop) -> None:
    is_null = (answers(shop, "label") == 1) & (shop.random.random(len(shop.rows)) < 0.6)
    value = shop.random.normal(0, 1, len(shop.rows))
    shop.plant("sessions_depth_avg", np.where(is_null, np.nan, value))


def filled_for_the_closed(shop: Shop) -> None:
    shop.plant(
        "crm_exit_score", shop.noisy(0.4) + shop.random.normal(0, 0.3, len(shop.rows)), np.nan
    )


def zero_until_the_answer(shop: Shop) -> None:
    weight = shop.noisy(0.5) * shop.random.gamma(2, 1, len(shop.rows))
    shop.plant("tickets_closing_days", weight, today=0.0)


def one_value_settles(shop: Shop) -> None:
    label, draw = answers(shop, "label"), shop.random.random(len(shop.rows))
    code = np.where((label == 1) & (draw < 0.35), 9.0, np.floor(draw * 8))
    shop.plant("crm_reason_code", code)


def days_until_next(shop: Shop) -> None:
    days = shop.random.uniform(0, 30, len(shop.rows))
    shop.plant("orders_days_between", np.where(answers(shop, "label") == 1, 31 + days, days))


def identifier_in_order_of_answers(shop: Shop) -> None:
    ranks = answers(shop, "label") + shop.random.normal(0, 0.8, len(shop.rows))
    mean = pd.Series(ranks).groupby(shop.rows["person"]).transform("mean")
    shop.plant("crm_row_number", mean.rank(method="dense").to_numpy())


def browser_version(shop: Shop) -> None:
    label = answers(shop, "label")
    new = np.where(label == 1, "Chrome 117.0", "Chrome 118.2")
    old = shop.random.choice(["Chrome 117.0", "Chrome 118.2", "Safari 16.6"], len(label))
    kept = shop.random.random(len(label)) < 0.75
    shop.plant("web_events_browser_version", np.where(kept, new, old).astype(object))


def winback_sent_afterwards(shop: Shop) -> None:
    label = answers(shop, "label")
    sent = shop.random.random(len(label)) < np.where(label == 1, 0.9, 0.05)
    shop.plant("messages_winback_count", sent.astype(float), today=0.0)


def inverse_of_the_answer(shop: Shop) -> None:
    shop.plant(
        "crm_loyalty_score", 100 - 60 * shop.noisy(0.05) + shop.random.normal(0, 8, len(shop.rows))
    )


def two_sided(shop: Shop) -> None:
    label, draw = answers(shop, "label"), shop.random.normal(0, 0.4, len(shop.rows))
    sign = np.where(shop.random.random(len(label)) < 0.5, -1, 1)
    shop.plant("products_affinity", label * sign * 2 + draw)


def rows_split_at_random(shop: Shop) -> None:
    def by_row(past: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        is_asked = np.random.default_rng(1).random(len(past)) < 0.3
        return ~is_asked, is_asked

    shop.split = by_row


def people_on_both_sides(shop: Shop) -> None:
    def by_time(past: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        last = past["month"].max()
        return (past["month"] < last).to_numpy(), (past["month"] == last).to_numpy()

    shop.split = by_time


def windows_overlap(shop: Shop) -> None:
    def by_person(past: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        _, asked = by_person_and_time(past)
        return (past["person"] % 3 != 0).to_numpy(), asked

    shop.split = by_person


def horizon_still_open(shop: Shop) -> None:
    shop.observed_months = 10


def people_under_two_ids(shop: Shop) -> None:
    rows = shop.rows
    twin = rows[rows["person"] % 3 == 1].copy()
    twin["person"] = twin["person"] - 1
    kept = rows[rows["person"] % 3 != 0]
    twin["customer_id"] = "t" + twin["customer_id"]
    shop.rows = pd.concat([kept, twin], ignore_index=True)


LEAKS = (
    Specimen("label_copied", label_copied, "crm_is_gone"),
    Specimen("label_mostly_copied", label_mostly_copied, "crm_is_gone"),
    Specimen("label_as_level", label_as_level, "crm_status"),
    Specimen("next_amount", next_amount, "orders_amount_sum"),
    Specimen("next_amount_with_the_past", next_amount_with_the_past, "orders_amount_total"),
    Specimen("status_of_today", status_of_today, "crm_attr_status"),
    Specimen(
        "recency_at_the_end_of_the_window",
        recency_at_the_end_of_the_window,
        "orders_days_since_last",
    ),
    Specimen("null_when_gone", null_when_gone, "sessions_depth_avg"),
    Specimen("null_for_most_gone", null_for_most_gone, "sessions_depth_avg"),
    Specimen("filled_for_the_closed", filled_for_the_closed, "crm_exit_score"),
    Specimen("zero_until_the_answer", zero_until_the_answer, "tickets_closing_days"),
    Specimen("one_value_settles", one_value_settles, "crm_reason_code"),
    Specimen("days_until_next", days_until_next, "orders_days_between"),
    Specimen("identifier_in_order_of_answers", identifier_in_order_of_answers, "crm_row_number"),
    Specimen("browser_version", browser_version, "web_events_browser_version"),
    Specimen("winback_sent_afterwards", winback_sent_afterwards, "messages_winback_count"),
    Specimen("inverse_of_the_answer", inverse_of_the_answer, "crm_loyalty_score"),
    Specimen("two_sided", two_sided, "products_affinity"),
    Specimen("rows_split_at_random", rows_split_at_random, rule="same_person_on_both_sides"),
    Specimen("people_on_both_sides", people_on_both_sides, rule="same_person_on_both_sides"),
    Specimen("windows_overlap", windows_overlap, rule="label_window_overlap"),
    Specimen("horizon_still_open", horizon_still_open, rule="label_not_closed"),
    Specimen("people_under_two_ids", people_under_two_ids, rule="same_person_on_both_sides"),
)

ESCAPED = (
    Specimen("orders_of_the_window_around", orders_of_the_window_around, "orders_count_60d"),
)
"""Known to pass: a window around the snapshot says as much of the past as of the future, as a habit
does. The audit of features finds it, since it moves when the future is deleted."""
