from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import (
    SEGMENT_PREDICATES_SCHEMA,
    SegmentationError,
    fit_predicates,
)
from tessera.segmentation.meaning.predicates import f1_share
from tessera.segmentation.sampling import is_left_out


@pytest.fixture
def told(assign_segments):
    def tell(features, model_row, run):
        assigned = assign_segments(features, model_row, run)
        return assigned, fit_predicates(assigned, features, model_row, run)

    return tell


@pytest.fixture
def blurred(a_shop):
    """A shop whose kinds run into each other, with unknown values."""
    shop = a_shop(each=100)
    random = np.random.default_rng(5)
    for name in shop.columns[2:]:
        shop[name] *= np.exp(random.normal(0, 0.8, len(shop)))
    shop["orders_count_90d"] = shop["orders_count_90d"].round()
    shop.loc[::7, "orders_amount_avg_365d"] = None
    shop.loc[::11, "orders_days_since_last"] = None
    return shop


def test_planted_kinds_are_told_without_error(shop, three, run, told):
    _, rules = told(shop, three, run)
    frames.typed(rules, SEGMENT_PREDICATES_SCHEMA)
    assert rules["segment_id"].tolist() == ["s1", "s2", "s3"]
    assert rules["predicate_fidelity"].tolist() == [1.0, 1.0, 1.0]


def test_a_predicate_runs_in_duckdb_and_reproduces_its_stated_fidelity(blurred, three, run, told):
    assigned, rules = told(blurred, three, run)
    left_out = blurred[is_left_out(blurred["customer_id"])]
    joined = left_out.merge(assigned[["customer_id", "segment_id"]], on="customer_id")
    with duckdb.connect() as session:
        session.register("customers", joined)
        for rule in rules.itertuples():
            selected = session.sql(
                f"select customer_id from customers where {rule.predicate_sql}"
            ).df()["customer_id"]
            inside = (joined["segment_id"] == rule.segment_id).to_numpy()
            fidelity = f1_share(joined["customer_id"].isin(selected).to_numpy(), inside)
            assert fidelity == pytest.approx(rule.predicate_fidelity)
            assert 0.5 < fidelity <= 1.0


def test_a_rule_retells_the_segments_people_are_in_whatever_put_them_there(shop, three, run):
    kinds = shop["customer_id"].str.rstrip("0123456789")
    held = shop[["customer_id", "snapshot_at"]].assign(
        segment_id=kinds.map({"heavy": "s1", "light": "s1", "gone": "s3"})
    )
    rules = fit_predicates(held, shop, three, run)
    assert rules["segment_id"].tolist() == ["s1", "s3"]
    assert rules["predicate_fidelity"].tolist() == [1.0, 1.0]


def test_a_predicate_has_at_most_four_conditions(blurred, three, run, told):
    _, rules = told(blurred, three, run)
    assert (rules["predicate_sql"].str.count(" and ") <= 3).all()


def test_whole_numbers_are_compared_with_whole_numbers(blurred, three, run, told):
    _, rules = told(blurred, three, run)
    thresholds = rules["predicate_sql"].str.extractall(r"orders_count_90d (?:>=|<=) ([\d.]+)")[0]
    assert len(thresholds)
    assert thresholds.str.fullmatch(r"\d+").all()


def test_a_lone_segment_is_everybody(fit, shop, no_models, run, told):
    lone = fit(shop.iloc[:1], no_models, run).iloc[0]
    _, rules = told(shop, lone, run)
    assert rules["predicate_sql"].tolist() == ["true"]


def test_nobody_gives_no_rule(shop, three, run, told):
    _, rules = told(shop.iloc[:0], three, run)
    assert len(frames.typed(rules, SEGMENT_PREDICATES_SCHEMA)) == 0


def test_a_feature_that_cannot_stand_in_sql_is_refused(shop, three, run):
    text = three["model_text"].replace("orders_count_90d", "1=1; drop table x")
    row = three.to_dict() | {"model_text": text}
    with pytest.raises(SegmentationError, match="drop table"):
        fit_predicates(pd.DataFrame(), shop, row, run)
