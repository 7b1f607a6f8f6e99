from __future__ import annotations

import pandas as pd
import pytest

from tessera.features import FeatureError
from tessera.propensity import Target, labelled
from tessera.propensity.labelled import label_supply, labelled_rows


def test_rows_without_an_answer_are_left_out(training_set, churn):
    training_set.loc[:9, "label_churn_30d"] = pd.NA
    rows = labelled_rows(training_set, churn)
    assert len(rows) == len(training_set) - 10
    assert set(rows.labels) == {0.0, 1.0}
    assert "label_churn_30d" not in rows.features
    assert rows.features["is_new"].dtype == "float64"


@pytest.mark.parametrize(
    ("positives", "negatives", "grade"),
    [
        (99, 5000, "refuse"),
        (100, 100, "small_sample"),
        (5000, 499, "small_sample"),
        (500, 500, "full"),
    ],
)
def test_the_rarer_class_decides_the_grade_of_the_supply(churn, positives, negatives, grade):
    answers = pd.DataFrame({"label_churn_30d": [True] * positives + [False] * negatives + [None]})
    supply = label_supply(answers, churn)
    assert (supply.positives, supply.negatives, supply.grade) == (positives, negatives, grade)


def test_a_target_may_ask_for_more_or_fewer_answers_than_others():
    answers = pd.DataFrame({"label_churn_30d": [True] * 60 + [False] * 900})
    grades = [
        label_supply(answers, Target("churn_30d", 30, fewest)).grade for fewest in (60, 61, 1000)
    ]
    assert grades == ["small_sample", "refuse", "refuse"]


def test_a_target_without_a_label_column_is_named_beside_the_labels_there_are(training_set):
    with pytest.raises(KeyError, match=r"label_churn_9d.*label_churn_30d"):
        label_supply(training_set, Target("churn_9d", 9))


def test_a_date_is_refused_by_name(training_set, churn):
    dated = training_set.assign(crm_since=pd.Timestamp("2026-01-01"))
    with pytest.raises(FeatureError, match="'crm_since'"):
        labelled_rows(dated, churn)


def test_a_large_population_is_sampled_by_whole_customers(training_set, churn, monkeypatch):
    monkeypatch.setattr(labelled, "MAX_TRAINING_ROWS", 305)
    rows = labelled_rows(training_set, churn)
    assert len(rows) == 300
    assert rows.customer_ids.value_counts().eq(10).all()
    fewer = labelled_rows(training_set[training_set["customer_id"] != "c0000"], churn)
    assert len(set(rows.customer_ids) - set(fewer.customer_ids)) <= 1


def test_the_fingerprint_sees_only_what_a_model_reads(training_set, churn):
    one = ["orders_days_since_last"]
    before = labelled_rows(training_set, churn)
    after = labelled_rows(training_set.assign(orders_count_30d=0), churn)
    assert before.fingerprint(one) == after.fingerprint(one)
    assert before.fingerprint([*one, "orders_count_30d"]) != after.fingerprint(
        [*one, "orders_count_30d"]
    )
