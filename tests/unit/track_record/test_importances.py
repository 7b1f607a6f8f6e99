"""A champion is asked once what it leans on, and champions of the past are remembered."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.features import Encoding
from tessera.runs import Run
from tessera.track_record import MODEL_IMPORTANCES_SCHEMA, importances, measure_importances

SCORING_SET = pd.DataFrame(
    {
        "customer_id": ["a", "b", "c"],
        "orders_count_30d": [1.0, -3.0, 900.0],
        "orders_count_90d": [1.0, 1.0, 900.0],
        "is_eligible_churn_30d": [True, True, False],
    }
)
NAMES = ["orders_count_30d", "orders_count_90d"]


class Additive:
    """Each feature adds its own value to the log-odds."""

    encoding = Encoding(dict.fromkeys(NAMES))

    def contributions(self, customers):
        return customers[NAMES].to_numpy()


@pytest.fixture(autouse=True)
def _additive(monkeypatch):
    monkeypatch.setattr(importances, "load_encoded", lambda *_: Additive())


def champion(model_id="m1"):
    return pd.DataFrame(
        {
            "target": ["churn_30d"],
            "horizon_days": 30,
            "model_id": model_id,
            "algorithm": "additive",
            "encoding": "",
            "model_text": "",
        }
    )


def measured(model_id="m1", as_of="2026-01-01", earlier=None, scoring_set=SCORING_SET):
    run = Run("first", pd.Timestamp("2026-11-22"), pd.Timestamp(as_of), "shop", 7)
    before = frames.empty(MODEL_IMPORTANCES_SCHEMA) if earlier is None else earlier
    told = measure_importances(scoring_set, champion(model_id), before, run)
    return frames.typed(told, MODEL_IMPORTANCES_SCHEMA).to_pandas()


def test_importance_is_the_mean_absolute_contribution_among_the_eligible():
    told = measured()
    assert told["importance"].tolist() == [2.0, 1.0]
    assert told["share"].tolist() == pytest.approx([2 / 3, 1 / 3])
    assert told["customers"].tolist() == [2, 2]


def test_a_model_is_asked_once():
    first = measured()
    later = measured(as_of="2026-02-01", earlier=first, scoring_set=SCORING_SET.iloc[:1])
    pd.testing.assert_frame_equal(later, first)


def test_past_champions_are_remembered_and_the_oldest_let_go(monkeypatch):
    monkeypatch.setattr(importances, "MOST_MODELS", 2)
    told = measured("m1", "2026-01-01")
    for model_id, as_of in (("m2", "2026-02-01"), ("m3", "2026-03-01")):
        told = measured(model_id, as_of, told)
    assert told["model_id"].tolist() == ["m2", "m2", "m3", "m3"]


def test_a_large_shop_is_sampled(monkeypatch):
    monkeypatch.setattr(importances, "MOST_CUSTOMERS", 1)
    assert measured()["customers"].tolist() == [1, 1]


def test_a_model_that_leans_on_nothing_has_no_shares():
    nothing = SCORING_SET.assign(orders_count_30d=0.0, orders_count_90d=0.0)
    assert np.array_equal(measured(scoring_set=nothing)["share"], [0.0, 0.0])


def test_where_nobody_may_be_asked_there_is_nothing_to_tell():
    assert measured(scoring_set=SCORING_SET.iloc[2:]).empty


@pytest.mark.parametrize("most", [1, 2, 3])
def test_those_who_are_read_say_the_same_as_everybody(monkeypatch, most):
    monkeypatch.setattr(importances, "MOST_CUSTOMERS", most)
    with duckdb.connect() as connection:
        connection.register("people", SCORING_SET.assign(snapshot_at=pd.Timestamp("2026-01-01")))
        read = importances.read_customers(connection.table("people"), champion())
    assert len(read) == min(most, 2)
    pd.testing.assert_frame_equal(measured(scoring_set=read), measured())
