"""Of a table with many columns, in whatever order, the champions read what they need."""

import duckdb
import pytest

from tessera import frames
from tessera.features import FeatureError
from tessera.propensity import (
    PROPENSITY_SCORES_SCHEMA,
    read_scoring_set,
    score_customers,
    scoring_set,
)


@pytest.fixture
def champions(models):
    return models[models["algorithm"] == "lightgbm"]


@pytest.fixture
def customers():
    """Of 5,000 customers every third has never ordered, and every tenth may not be asked."""
    return duckdb.sql("""
        select
            'c' || lpad(i::varchar, 4, '0') as customer_id,
            timestamp '2026-11-01' as snapshot_at,
            case when i % 3 > 0 then (i % 97)::double end as orders_days_since_last,
            i % 5 as orders_count_30d,
            case when i % 3 > 0 then (i % 700)::decimal(18, 2) / 7 end as orders_amount_avg_30d,
            case when i % 2 > 0 then i % 4 = 1 end as is_new,
            i % 10 > 0 as is_eligible_churn_30d,
            'nobody reads this' as crm_note
        from range(5000) as t(i)
    """)


def scored(relation, champions, run):
    parts = score_customers(read_scoring_set(relation, champions), champions, run)
    return frames.typed_chunks(parts, PROPENSITY_SCORES_SCHEMA).read_all()


def test_only_what_the_champions_read_is_read(customers, champions):
    (chunk,) = read_scoring_set(customers, champions)
    assert set(customers.columns) - set(chunk.columns) == {"crm_note"}


def test_scores_are_those_of_everybody_at_once_whatever_the_order_of_the_table(
    customers, champions, run, monkeypatch
):
    whole = [frames.read(customers, frames.SNAPSHOT_ORDER)]
    parts = score_customers(whole, champions, run)
    at_once = frames.typed_chunks(parts, PROPENSITY_SCORES_SCHEMA).read_all()
    monkeypatch.setattr(scoring_set, "ROWS_PER_CHUNK", 700)
    in_chunks = scored(customers.order("hash(customer_id)"), champions, run)
    assert in_chunks.num_rows == 4500
    assert in_chunks.equals(at_once)


def test_a_feature_that_is_not_there_is_named_before_anything_is_read(customers, champions):
    without = customers.select("* exclude (orders_count_30d)")
    with pytest.raises(FeatureError, match="'orders_count_30d'"):
        read_scoring_set(without, champions)


def test_a_target_without_eligibility_is_named_before_anything_is_read(customers, champions):
    without = customers.select("* exclude (is_eligible_churn_30d)")
    with pytest.raises(KeyError, match="is_eligible_churn_30d"):
        read_scoring_set(without, champions)


def test_without_champions_nobody_is_scored(customers, champions, run):
    assert scored(customers, champions.head(0), run).num_rows == 0
