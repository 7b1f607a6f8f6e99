"""Specimens that were drawn after every threshold of the gate had been set, and changed none."""

from __future__ import annotations

import numpy as np

from benchmarks.leak_zoo.shops import Shop, Specimen, answers


def score_of_another_model(shop: Shop) -> None:
    """A score bought elsewhere, learnt from these very months."""
    draw = shop.random.normal(0, 0.8, len(shop.rows))
    shop.plant("crm_score", 1 / (1 + np.exp(-(3 * answers(shop, "label") - 1.5 + draw))))


def refunds_booked_later(shop: Shop) -> None:
    """Refunds of orders that will be placed: who places none has none."""
    refunds = shop.random.binomial(answers(shop, "orders_next").astype(int), 0.6)
    shop.plant("orders_refunds_count", refunds.astype(float), today=0.0)


def group_by_what_came(shop: Shop) -> None:
    """A group given by the turnover of the coming month, with one in ten misplaced."""
    places = np.digitize(answers(shop, "amount_next"), [0.5, 40.0, 100.0])
    stray = shop.random.integers(0, 4, len(places))
    misplaced = shop.random.random(len(places)) < 0.1
    names = np.array(["D", "C", "B", "A"], dtype=object)
    shop.plant("crm_group", names[np.where(misplaced, stray, places)])


def weak_hint(shop: Shop) -> None:
    """A mark set afterwards for a quarter of those who left, and for one in ten others."""
    label, draw = answers(shop, "label"), shop.random.random(len(shop.rows))
    shop.plant("crm_mark", np.where(label == 1, draw < 0.25, draw < 0.1).astype(float))


def overdue_for_her_rhythm(shop: Shop) -> None:
    """Lawful: recency beside how long she usually waits."""
    usual = 90.0 / np.maximum(shop.rows["orders_count_90d"], 0.5)
    shop.plant("orders_overdue_ratio", shop.rows["orders_days_since_last"] / usual)


def strong_notice(shop: Shop) -> None:
    """Lawful: six of ten who leave have given notice, and one in fifty of those who stay."""
    label, draw = answers(shop, "label"), shop.random.random(len(shop.rows))
    shop.plant("crm_has_given_notice", np.where(label == 1, draw < 0.6, draw < 0.02).astype(float))


def growing_shop(shop: Shop) -> None:
    """Lawful: visits grow by a fifth each month."""
    grown = shop.rows["sessions_count_30d"] * 1.2 ** shop.rows["month"]
    shop.rows["sessions_count_30d"] = grown


def balance_of_points(shop: Shop) -> None:
    """Lawful: whole numbers, nearly one per person and month, that grow with orders."""
    earned = 1000 * shop.rows["orders_count_90d"] + shop.random.integers(0, 1000, len(shop.rows))
    shop.plant("crm_points", earned.astype(float))


LEAKS = (
    Specimen("score_of_another_model", score_of_another_model, "crm_score"),
    Specimen("refunds_booked_later", refunds_booked_later, "orders_refunds_count"),
    Specimen("group_by_what_came", group_by_what_came, "crm_group"),
    Specimen("weak_hint", weak_hint, "crm_mark"),
)

LAWFUL = (
    Specimen("overdue_for_her_rhythm", overdue_for_her_rhythm),
    Specimen("strong_notice", strong_notice),
    Specimen("growing_shop", growing_shop),
    Specimen("balance_of_points", balance_of_points),
)
