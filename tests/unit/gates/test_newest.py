from dataclasses import replace

import pandas as pd
import pytest

from tessera.gates import EVIDENCE_SCHEMA, customers_floor

NOTHING = EVIDENCE_SCHEMA.empty_table().to_pandas()


def saw(run, customers, *, run_id="run-1", expectation_id="feature_statistics.customers.floor"):
    """What the gate remembers of a run whose newest snapshot had so many customers."""
    row = {
        **dict.fromkeys(EVIDENCE_SCHEMA.names, "…"),
        "run_id": run_id,
        "gate": "gate_customer_features",
        "expectation_id": expectation_id,
        "severity": "critical",
        "has_passed": True,
        "observed_value": str(customers),
        "feeds_folder": run.feeds_folder,
        "checked_at": run.run_started_at - pd.Timedelta(days=1),
    }
    return pd.DataFrame([row])


def test_half_of_the_last_runs_customers_are_owed(run):
    assert customers_floor(saw(run, 101), run) == {"newest_customers_floor": 51}


@pytest.mark.parametrize("customers", ["null", "nan", "3.5"])
def test_what_is_no_count_owes_nothing(run, customers):
    assert customers_floor(saw(run, customers), run) == {"newest_customers_floor": 0}


def test_without_a_comparable_run_nothing_is_owed(run):
    elsewhere = saw(run, 100).assign(feeds_folder="other")
    other = saw(run, 100, expectation_id="customers.rows.floor")
    for remembered in (NOTHING, elsewhere, other, saw(run, 100, run_id=run.run_id)):
        assert customers_floor(remembered, run) == {"newest_customers_floor": 0}


def test_a_run_that_accepts_its_volumes_owes_nothing(run):
    accepting = replace(run, accepts_volumes=True)
    assert customers_floor(saw(run, 100), accepting) == {"newest_customers_floor": 0}
