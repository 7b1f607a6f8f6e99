from __future__ import annotations

from tessera.segmentation import evidence
from tessera.segmentation.evidence import Evidence

NAMES = ["orders_count_90d", "orders_amount_sum_365d"]


def named(shop, past, seed=7):
    return Evidence.of(shop, past, NAMES, seed).fingerprint


def test_the_order_of_the_rows_does_not_count(shop, past):
    shuffled = [frame.sample(frac=1, random_state=1) for frame in (shop, past)]
    assert named(*shuffled) == named(shop, past)


def test_a_column_that_no_measure_reads_does_not_count(shop, past):
    wider = shop.assign(emails_opened_count_30d=1)
    assert named(wider, past) == named(shop, past)


def test_whatever_a_measure_reads_counts(shop, past):
    spent = past.assign(orders_amount_sum_90d=1.0)
    ranked = past.assign(orders_count_365d=1.0)
    given = [(shop, past, 7), (shop[1:], past, 7), (shop, past[1:], 7), (shop, past, 8)]
    given += [(shop, spent, 7), (shop, ranked, 7)]
    assert len({named(*sets, seed) for *sets, seed in given}) == len(given)


def test_another_way_to_measure_is_another_evidence(shop, past, monkeypatch):
    before = named(shop, past)
    monkeypatch.setattr(evidence, "EVALUATION_RECIPE", -1)
    assert named(shop, past) != before


def test_a_shop_without_a_past_has_evidence_too(shop, past):
    young = Evidence.of(shop, past.iloc[:0], NAMES, 7)
    assert young.past.empty
    assert set(young.customers["customer_id"]) == set(shop["customer_id"])
