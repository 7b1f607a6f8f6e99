from dataclasses import replace

import pandas as pd
import pytest

from tessera.gates import EVIDENCE_SCHEMA
from tessera.gates.acceptance import with_accepted
from tessera.gates.entries import UNEXPECTED_ROWS, Entry
from tessera.gates.pushdown import Outcome

NOTHING = EVIDENCE_SCHEMA.empty_table().to_pandas()
MARKED = Entry("features.it", UNEXPECTED_ROWS, {}, "critical", "It holds.", may_be_accepted=True)


def found(rows, entry=MARKED, failure=None):
    return Outcome(
        entry, has_passed=False, kwargs={}, result={"observed_value": rows}, failure=failure
    )


def green(rows):
    """Return what the last green run found."""
    row = {"expectation_id": "features.it", "unexpected_count": rows}
    return pd.DataFrame([row]).astype({"unexpected_count": "Int64"})


def passes(outcome, before, run):
    (judged,) = with_accepted([outcome], before, run)
    assert judged.result == outcome.result
    return judged.has_passed


def test_a_run_that_accepts_its_volumes_passes_with_what_it_found(run):
    assert passes(found(3), NOTHING, replace(run, accepts_volumes=True))
    assert not passes(found(3), NOTHING, run)


@pytest.mark.parametrize(("before", "may_pass"), [(3, True), (4, True), (2, False), (None, False)])
def test_what_the_last_green_run_found_is_found_again(run, before, may_pass):
    assert passes(found(3), green(before), run) == may_pass


def test_an_expectation_without_the_mark_is_never_accepted(run):
    unmarked = replace(MARKED, may_be_accepted=False)
    assert not passes(found(3, unmarked), green(3), replace(run, accepts_volumes=True))


def test_what_could_not_be_checked_is_not_accepted(run):
    accepting = replace(run, accepts_volumes=True)
    assert not passes(found(None, failure="no such column"), green(3), accepting)
