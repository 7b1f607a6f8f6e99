"""The rarer answer decides what can be learnt, and a person is told before any training."""

import pytest

from tessera.check.label_supply import Supply, supply_findings


@pytest.mark.parametrize(
    ("yes", "no", "grade", "severity"),
    [
        (99, 9000, "refuse", "WARNING"),
        (100, 9000, "small_sample", "NOTE"),
        (9000, 499, "small_sample", "NOTE"),
    ],
)
def test_the_rarer_answer_grades_the_supply(yes, no, grade, severity):
    supply = Supply("churn_30d", 30, yes, no, snapshots=12, reason="why")
    (finding,) = supply_findings([supply])
    assert finding.what == "why"
    assert (supply.grade, finding.severity.name, finding.subject) == (grade, severity, "churn_30d")


def test_enough_of_both_answers_is_not_talked_about():
    assert list(supply_findings([Supply("churn_30d", 30, 500, 500, snapshots=12)])) == []


def test_a_target_that_asks_for_fewer_answers_is_graded_by_its_own_number():
    grades = [Supply("a_30d", 30, 60, 900, fewest=fewest).grade for fewest in (60, 61)]
    assert grades == ["small_sample", "refuse"]


def test_everybody_with_one_answer_is_no_matter_of_more_customers():
    (finding,) = supply_findings([Supply("churn_30d", 30, 0, 300, snapshots=3)])
    assert finding.advice.startswith("Everybody gives the same answer")
