from __future__ import annotations

import time

import numpy as np
import pytest

from tessera import bootstrap
from tessera.bootstrap import Scored
from tessera.metrics import METRICS

RANDOM = np.random.default_rng(3)
LABELS = RANDOM.integers(0, 2, 400).astype(float)
PROBABILITIES = np.round(np.clip(0.3 * LABELS + 0.7 * RANDOM.random(400), 0.01, 0.99), 2)


def scored(rows: int = 400, people: int | None = None) -> Scored:
    repeated = np.arange(rows) % (people or rows)
    customers = np.array([f"c{number:05d}" for number in repeated])
    return Scored(customers, LABELS[repeated % 400], PROBABILITIES[repeated % 400])


def test_an_interval_holds_its_value_and_the_mean_is_the_mean():
    each, mean = bootstrap.estimate([scored(), scored(300)], seed=7)
    for metric in METRICS:
        estimates = [of_sample[metric.name] for of_sample in each]
        assert all(e.low <= e.value <= e.high for e in [*estimates, mean[metric.name]]), metric.name
        assert mean[metric.name].value == pytest.approx(np.mean([e.value for e in estimates]))


def test_copies_of_the_same_people_do_not_narrow_the_interval():
    (alone,), _ = bootstrap.estimate([scored(400, people=400)], seed=7)
    (copied,), _ = bootstrap.estimate([scored(4000, people=400)], seed=7)
    assert copied["roc_auc"].low == pytest.approx(alone["roc_auc"].low, abs=1e-9)
    assert copied["roc_auc"].high == pytest.approx(alone["roc_auc"].high, abs=1e-9)


def test_the_same_seed_gives_the_same_interval_whatever_the_batch(monkeypatch):
    before = bootstrap.estimate([scored()], seed=7)
    monkeypatch.setattr(bootstrap, "CELLS_PER_BATCH", 900)
    after = bootstrap.estimate([scored()], seed=7)
    assert after[1] == before[1]
    assert bootstrap.estimate([scored()], seed=8)[1] != before[1]


def test_a_sample_of_one_class_is_left_out_of_the_mean():
    one_class = Scored(np.array(["a", "b"]), np.array([1.0, 1.0]), np.array([0.2, 0.9]))
    each, mean = bootstrap.estimate([scored(), one_class], seed=7)
    assert np.isnan(each[1]["roc_auc"].value)
    assert mean["roc_auc"].value == each[0]["roc_auc"].value


def test_four_origins_of_2400_rows_take_a_second():
    random = np.random.default_rng(1)
    customers = np.array([f"c{number}" for number in range(2400)])
    samples = [
        Scored(customers, random.integers(0, 2, 2400).astype(float), random.random(2400))
        for _ in range(4)
    ]
    started = time.perf_counter()
    bootstrap.estimate(samples, seed=1)
    assert time.perf_counter() - started < 3.0  # 0.6 s alone; slack for a busy machine
