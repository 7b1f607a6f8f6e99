"""The harness itself: it must complain where a suite is not proven."""

from dataclasses import replace
from pathlib import Path

import bites
import duckdb
import pytest

from tessera.gates.suites import load_suite

DATA = Path(__file__).parents[1] / "unit/gates/data"


@pytest.fixture(scope="module")
def parcels():
    return load_suite(DATA / "expectations/parcels.yml")


@pytest.fixture(scope="module")
def cases():
    return bites.load_cases(DATA / "cases/parcels.yml")


def test_a_row_that_is_not_bad_leaves_the_expectation_green(parcels, cases):
    alone = bites.only(parcels, "parcels.weight.between")
    red = bites.red_ids(duckdb.connect(), alone, cases.columns, cases.good, cases.parameters)
    assert red == set()


def test_a_suite_without_a_case_file_is_named():
    with pytest.raises(AssertionError, match=r"write .*nobody\.yml"):
        bites.load_cases(DATA / "cases/nobody.yml")


def test_a_patch_of_an_unknown_column_is_refused(cases):
    misspelt = replace(cases, bad={"parcels.weight.between": {"wieght": 41}})
    with pytest.raises(AssertionError, match="wieght"):
        misspelt.bad_table("parcels.weight.between")
