from types import SimpleNamespace

import duckdb
import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.features import STATISTICS_SCHEMA, feature_statistics, load_earlier_features
from tessera.runs import Run

AS_OF = pd.Timestamp("2025-04-01")
PAST = pd.Timestamp("2025-01-01")


@pytest.fixture
def run():
    return Run("run-2", AS_OF, as_of=AS_OF, feeds_folder="demo", seed=1)


def mart(newest, past=None):
    """The mart of a frame of features per customer, today's and those of a past snapshot."""
    parts = [
        frame.assign(
            customer_id=pd.Series([f"c{i}" for i in range(len(frame))], dtype="str"), snapshot_at=at
        )
        for frame, at in ((newest, AS_OF), (past, PAST))
        if frame is not None
    ]
    return duckdb.from_df(pd.concat(parts)).project(
        "* replace (cast(snapshot_at as timestamp) as snapshot_at), "
        "concat(customer_id, snapshot_at) as customer_snapshot_id"
    )


def snapshots(history_days=60):
    return duckdb.from_df(
        pd.DataFrame({"snapshot_at": [PAST], "history_days": [history_days]})
    ).project("cast(snapshot_at as timestamp) as snapshot_at, history_days")


def statistics(run, newest, past=None, *, history_days=60, earlier=()):
    found = feature_statistics(mart(newest, past), snapshots(history_days), earlier, run)
    frames.typed(found, STATISTICS_SCHEMA)  # every value fits its declared type
    return found.set_index("feature_name")


def test_a_number_is_described_over_the_customers_of_today(run):
    newest = pd.DataFrame({"orders_amount_avg_7d": [4.0, 2.0, np.nan, 2.0]})
    found = statistics(run, newest, newest * 100).loc["orders_amount_avg_7d"]
    assert found[["customers", "null_share", "minimum", "maximum"]].tolist() == [4, 0.25, 2, 4]
    assert found[["distinct_values", "is_constant", "is_missing"]].tolist() == [2, False, False]
    assert found[["training_minimum", "training_maximum"]].tolist() == [200, 400]
    assert found[["subject", "aggregate", "reach_days"]].tolist() == ["orders", "avg", 7]
    assert found[["run_id", "feeds_folder"]].tolist() == ["run-2", "demo"]


def test_booleans_count_as_0_and_1_and_texts_have_levels_only(run):
    newest = pd.DataFrame({"has_email": [True, False], "crm_country": ["de", "fr"]})
    found = statistics(run, newest)
    assert found.loc["has_email", ["minimum", "maximum"]].tolist() == [0, 1]
    assert found["is_text"].tolist() == [False, True]
    assert found.loc["crm_country", "distinct_values"] == 2
    assert pd.isna(found.loc["crm_country", "minimum"])


def test_a_constant_is_the_same_for_all_be_it_null(run):
    newest = pd.DataFrame(
        {"a": [1, 1], "b": [np.nan, np.nan], "c": ["x", "x"], "d": [1.0, np.nan], "e": [1, 2]}
    )
    assert statistics(run, newest)["is_constant"].tolist() == [True, True, True, False, False]


def test_the_later_of_two_equal_features_names_the_first(run):
    newest = pd.DataFrame(
        {
            "orders_count_7d": [1, 2, 3],
            "lines_count_7d": [1.0, 2.0, 3.0],
            "same_values_count_7d": [3, 2, 1],
            "third_count_7d": [1, 2, 3],
            "one": [1, 1, 1],
            "another": [1, 1, 1],
        }
    )
    twins = statistics(run, newest)["twin_of"].dropna()
    assert twins.to_dict() == dict.fromkeys(["lines_count_7d", "third_count_7d"], "orders_count_7d")


def test_null_and_zero_make_no_twins(run):
    newest = pd.DataFrame({"a": [0.0, 1.0], "b": [np.nan, 1.0]})
    assert statistics(run, newest)["twin_of"].isna().all()


@pytest.mark.parametrize("bad", [np.inf, -np.inf])
def test_an_infinite_value_is_told_today_and_in_training(run, bad):
    fine, broken = pd.DataFrame({"a": [1.0, 2.0]}), pd.DataFrame({"a": [1.0, bad]})
    assert not statistics(run, broken, fine).loc["a", "is_finite"]
    assert not statistics(run, fine, broken).loc["a", "is_finite"]
    assert statistics(run, fine, fine).loc["a", "is_finite"]


def test_drift_compares_only_windows_that_history_fills(run):
    newest = pd.DataFrame(dict.fromkeys(["orders_count_30d", "orders_count_90d"], range(400)))
    found = statistics(run, newest, newest + 400, history_days=60)
    assert found.loc["orders_count_30d", "drift_psi"] > 1
    assert pd.isna(found.loc["orders_count_90d", "drift_psi"])


def test_texts_drift_by_their_levels(run):
    newest = pd.DataFrame({"crm_country": ["de", None] * 200})
    found = statistics(run, newest, newest.fillna("fr"))
    assert found.loc["crm_country", "drift_psi"] > 1
    assert found.loc["crm_country", "training_null_share"] == 0


def test_without_past_snapshots_and_without_customers_there_are_rows(run):
    nobody = statistics(run, pd.DataFrame({"orders_count_7d": pd.Series(dtype="int64")}))
    assert nobody.loc["orders_count_7d", "customers"] == 0
    unknown = ["null_share", "minimum", "training_null_share", "drift_psi"]
    assert nobody.loc["orders_count_7d", unknown].isna().all()
    assert not nobody.loc["orders_count_7d", "is_constant"]


def test_the_order_of_rows_changes_nothing(run):
    rng = np.random.default_rng(1)
    newest = pd.DataFrame({"a": rng.normal(size=500), "b": rng.normal(size=500)})
    one = mart(newest, newest + 1)
    other = one.order("customer_snapshot_id desc")
    pd.testing.assert_frame_equal(
        *(feature_statistics(each, snapshots(), [], run) for each in (one, other))
    )


def test_a_feature_that_the_last_run_had_is_missing(run):
    found = statistics(run, pd.DataFrame({"a": [1]}), earlier=["a", "crm_attr_income"])
    assert found["is_missing"].to_dict() == {"a": False, "crm_attr_income": True}
    assert pd.isna(found.loc["crm_attr_income", "customers"])


@pytest.fixture
def standing():
    """The table that an earlier run left behind, and the session that reads it."""
    session = duckdb.connect()
    session.execute("create schema features")
    session.execute(
        "create table features.feature_statistics as select * from "
        "(values ('b', 'demo'), ('a', 'demo')) as rows (feature_name, feeds_folder)"
    )
    return session


class This:
    schema, identifier = "features", "feature_statistics"

    def __str__(self):
        return '"features"."feature_statistics"'


def test_the_last_run_over_the_same_feeds_is_remembered(standing, run):
    assert load_earlier_features(standing, This(), run) == ["a", "b"]


@pytest.mark.parametrize("change", [{"feeds_folder": "other"}, {"accepts_volumes": True}])
def test_another_folder_and_accepted_volumes_owe_nothing(standing, run, change):
    changed = SimpleNamespace(**{**vars(run), **change})
    assert load_earlier_features(standing, This(), changed) == []


def test_before_the_first_run_nothing_is_owed(run):
    assert load_earlier_features(duckdb.connect(), This(), run) == []
