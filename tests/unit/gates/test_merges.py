from dataclasses import replace

import duckdb
import pandas as pd
import pytest

from tessera.gates import EVIDENCE_SCHEMA, merges_ceiling

NOTHING = EVIDENCE_SCHEMA.empty_table().to_pandas()


@pytest.fixture
def identities():
    """Two thousand customers, of whom one has a second identifier."""
    return duckdb.sql(
        "select greatest(i, 1) as customer_id, i as identifier_id from range(2001) as t(i)"
    )


def knew(run, merges, *, run_id="run-1"):
    """What the gate remembers of a run that knew so many merges."""
    row = {
        **dict.fromkeys(EVIDENCE_SCHEMA.names, "…"),
        "run_id": run_id,
        "gate": "gate_identity",
        "relation": "identity_merges",
        "expectation": "expect_table_row_count_to_be_between",
        "severity": "warning",
        "has_passed": True,
        "observed_value": str(merges),
        "feeds_folder": run.feeds_folder,
        "checked_at": run.run_started_at - pd.Timedelta(days=1),
    }
    return pd.DataFrame([row])


def ceiling(identities, remembered, run):
    return merges_ceiling(identities, remembered, run)["identity_merges_rows_ceiling"]


def test_a_tenth_of_the_customers_may_be_merged_in_one_run(identities, run):
    assert ceiling(identities, knew(run, 30), run) == 30 + 200


def test_in_a_small_shop_a_hundred_may(run):
    small = duckdb.sql("select 'a' as customer_id, 'a' as identifier_id")
    assert ceiling(small, knew(run, 3), run) == 3 + 100


def test_the_first_run_may_merge_whom_it_wants(identities, run):
    assert ceiling(identities, NOTHING, run) == 2001


def test_a_run_is_not_compared_with_itself(identities, run):
    assert ceiling(identities, knew(run, 30, run_id=run.run_id), run) == 2001


def test_a_run_that_accepts_its_volumes_is_compared_with_none(identities, run):
    accepting = replace(run, accepts_volumes=True)
    assert ceiling(identities, knew(run, 30), accepting) == 2001
