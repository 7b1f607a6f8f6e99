"""Every expectation of every suite passes on good rows and fails on its bad row (see bites.py)."""

from functools import cache
from pathlib import Path

import bites
import duckdb
import pytest

from tessera.gates.suites import load_suite

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

# The suites of the project, and the tiny one that proves this harness.
CASES_OF = {
    ROOT / "expectations": HERE,
    ROOT / "tests/unit/gates/data/expectations": ROOT / "tests/unit/gates/data/cases",
}
SUITES = {
    suite: cases / suite.name
    for expectations, cases in CASES_OF.items()
    for suite in sorted(expectations.glob("*.yml"))
}
ENTRIES = [(suite, each) for suite in SUITES for each in bites.expectation_ids(suite)]

loaded = cache(load_suite)


@pytest.mark.parametrize("suite", SUITES, ids=lambda path: path.stem)
def test_every_expectation_has_a_bad_case(suite):
    assert set(bites.load_cases(SUITES[suite]).bad) == set(bites.expectation_ids(suite))


@pytest.mark.parametrize("suite", SUITES, ids=lambda path: path.stem)
def test_good_rows_pass_everything(suite):
    cases = bites.load_cases(SUITES[suite])
    red = bites.red_ids(
        duckdb.connect(), loaded(suite), cases.columns, cases.good, cases.parameters
    )
    assert red == set()


@pytest.mark.parametrize(("suite", "expectation_id"), ENTRIES, ids=[each for _, each in ENTRIES])
def test_the_bad_row_fails_its_expectation(suite, expectation_id):
    cases = bites.load_cases(SUITES[suite])
    columns, rows = cases.bad_table(expectation_id)
    alone = bites.only(loaded(suite), expectation_id)
    red = bites.red_ids(duckdb.connect(), alone, columns, rows, cases.parameters)
    assert red == {expectation_id}
