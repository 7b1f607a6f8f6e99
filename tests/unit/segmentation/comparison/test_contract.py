"""Each clause of the contract as delivered is seen to break, and small shops are not accused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation.comparison import (
    SEGMENT_CONTRACT_CLAUSES_SCHEMA,
    ContractError,
    check_contract,
)
from tessera.segmentation.comparison.clauses import AT_LEAST, read_contract

ROOT = Path(__file__).parents[4]


@pytest.fixture
def contract() -> pd.DataFrame:
    return pd.read_csv(ROOT / "seeds" / "segment_contract.csv")


def broken(checked: pd.DataFrame, severity: str = "critical") -> set[tuple[str, str | None]]:
    rows = checked[(checked["severity"] == severity) & (checked["is_kept"] == False)]  # noqa: E712
    return {
        (row.clause, row.segment_id if isinstance(row.segment_id, str) else None)
        for row in rows.itertuples()
    }


def test_the_contract_as_delivered_names_every_clause(contract):
    assert {clause.name for clause in read_contract(contract)} == set(AT_LEAST)


def test_healthy_segments_keep_every_clause(contract, evidence, contract_run):
    checked = check_contract(contract, evidence, contract_run)
    assert broken(checked) == broken(checked, "warning") == set()
    assert checked["is_kept"].notna().all()
    assert frames.typed(checked, SEGMENT_CONTRACT_CLAUSES_SCHEMA).num_rows == len(checked)


def test_a_segment_too_small_is_named(contract, evidence, contract_run):
    """Of 1,000 customers 50 are asked for; 40 are a warning, 20 stop the release."""
    few = evidence.assignments.assign(
        segment_id=["s1"] * 940 + ["s2"] * 40 + ["s3"] * 20,
    )
    checked = check_contract(contract, replace(evidence, assignments=few), contract_run)
    assert broken(checked) == {("size", "s3")}
    assert broken(checked, "warning") == {("size", "s2"), ("size", "s3")}


def test_a_very_valuable_segment_may_be_smaller(contract, evidence, contract_run):
    """Twenty customers who bring half of the spend: 13 are asked for instead of 50."""
    whales = evidence.assignments.assign(
        segment_id=["s1"] * 980 + ["s2"] * 20,
        orders_amount_sum_365d=[10.0] * 980 + [500.0] * 20,
    )
    checked = check_contract(contract, replace(evidence, assignments=whales), contract_run)
    assert broken(checked) == broken(checked, "warning") == set()
    assert "20 customers; the size rule asks for 13" in set(checked["reason"])


def test_customers_without_a_segment_break_the_coverage(contract, evidence, contract_run):
    lost = replace(evidence, assignments=evidence.assignments.iloc[1:])
    assert broken(check_contract(contract, lost, contract_run)) == {("coverage", None)}


@pytest.mark.parametrize(
    ("metric", "column", "clause"),
    [("stability", "high", "stability"), ("silhouette", "value", "separation")],
)
def test_measures_of_the_champion_are_held_against_bounds(
    contract, evidence, contract_run, metric, column, clause
):
    measured = evidence.evaluations.copy()
    measured.loc[measured["metric"] == metric, column] = 0.02
    checked = check_contract(contract, replace(evidence, evaluations=measured), contract_run)
    assert broken(checked) == {(clause, None)}


def moved(evidence, people: int):
    history = evidence.history.copy()
    is_then = history["snapshot_at"] == pd.Timestamp("2024-03-01")
    history.loc[history[is_then].index[:people], "segment_id"] = "s2"
    return replace(evidence, history=history)


def test_months_that_move_half_stop_the_release(contract, evidence, contract_run):
    """500 of 1,000 move to March and back to April."""
    checked = check_contract(contract, moved(evidence, 500), contract_run)
    assert broken(checked) == {("monthly_change", None)}
    (value,) = checked.loc[checked["clause"] == "monthly_change", "value"].unique()
    assert value == pytest.approx(0.5)


def test_months_that_move_a_tenth_are_told(contract, evidence, contract_run):
    checked = check_contract(contract, moved(evidence, 110), contract_run)
    assert broken(checked) == set()
    assert broken(checked, "warning") == {("monthly_change", None)}


def test_the_last_build_of_a_month_is_no_month_start(contract, evidence, contract_run):
    """Of who has no past snapshots the history holds the builds that spoke of them last."""
    many = moved(evidence, 110)
    built = many.history.iloc[:3].assign(snapshot_at=pd.Timestamp("2024-03-30 12:00"))
    history = pd.concat([many.history, built], ignore_index=True)
    checked = check_contract(contract, replace(many, history=history), contract_run)
    assert broken(checked, "warning") == {("monthly_change", None)}


def test_a_refit_between_two_months_is_the_lineages_to_tell(contract, evidence, contract_run):
    """From March on another model tells everybody to be somebody else."""
    history = evidence.history.copy()
    history.loc[history["snapshot_at"] > "2024-02-01", ["segment_id", "model_id"]] = "s3", "n"
    checked = check_contract(contract, replace(evidence, history=history), contract_run)
    change = checked[checked["clause"] == "monthly_change"]
    assert change["value"].tolist() == [0.0, 0.0]
    assert change["reason"].str.contains("newest 1").all()


def test_an_old_model_is_stale(contract, evidence, contract_run):
    old = evidence.champions.assign(as_of=contract_run.as_of - pd.Timedelta(days=191))
    checked = check_contract(contract, replace(evidence, champions=old), contract_run)
    assert broken(checked) == {("freshness", None)}


def test_segments_of_another_day_are_not_todays(contract, evidence, contract_run):
    yesterday = evidence.assignments.assign(snapshot_at=contract_run.as_of - pd.Timedelta(days=1))
    checked = check_contract(contract, replace(evidence, assignments=yesterday), contract_run)
    assert broken(checked) == {("snapshot", None)}


def test_a_segment_without_an_owner_is_told(contract, evidence, contract_run):
    nobodys = replace(evidence, meanings=evidence.meanings.assign(owner=["loyalty", " "]))
    checked = check_contract(contract, nobodys, contract_run)
    assert broken(checked, "warning") == {("owner", "s2")}


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_kept"),
    [
        (None, date(2024, 4, 1), False),
        (None, date(2024, 4, 2), True),
        (date(2024, 4, 2), None, False),
        (date(2024, 4, 1), date(2024, 5, 1), True),
    ],
)
def test_a_season_begins_on_its_first_day_and_is_over_on_its_last(
    contract, evidence, contract_run, valid_from, valid_to, is_kept
):
    season = evidence.meanings.assign(
        valid_from=[None, valid_from], valid_to=[None, valid_to], owner=["a", "b"]
    )
    checked = check_contract(contract, replace(evidence, meanings=season), contract_run)
    assert broken(checked) == (set() if is_kept else {("validity", "s2")})
    told = checked[(checked["clause"] == "size") & (checked["segment_id"] == "s2")]
    assert told["valid_to"].tolist() == [valid_to] * 2


def test_of_a_segment_that_has_emptied_its_owner_hears(contract, evidence, contract_run):
    """The others are published: it misleads nobody about who is in it."""
    gone = evidence.assignments.assign(segment_id="s1")
    checked = check_contract(contract, replace(evidence, assignments=gone), contract_run)
    assert ("filled", "s2") in broken(checked, "warning")
    assert not {("filled", "s2"), ("size", "s2")} & broken(checked)


def test_in_a_shop_of_few_customers_broken_numbers_are_warnings(contract, evidence, contract_run):
    """Nine customers in segments of six, two and one: five are asked for."""
    few = evidence.assignments.iloc[:9].assign(segment_id=["s1"] * 6 + ["s2"] * 2 + ["s3"])
    checked = check_contract(
        contract, replace(evidence, assignments=few, customers=9), contract_run
    )
    assert broken(checked) == set()
    assert ("size", "s3") in broken(checked, "warning")


def test_one_segment_of_three_customers_is_large_enough(contract, evidence, contract_run):
    three = evidence.assignments.iloc[:3]
    unknown = evidence.evaluations.assign(value=np.nan, high=np.nan)
    young = replace(
        evidence,
        assignments=three,
        customers=3,
        evaluations=unknown,
        history=three,
        meanings=evidence.meanings.iloc[:1],
    )
    checked = check_contract(contract, young, contract_run)
    assert broken(checked) == broken(checked, "warning") == set()
    open_ = checked[checked["is_kept"].isna()]
    assert set(open_["clause"]) == {"stability", "separation", "monthly_change"}
    assert open_["value"].isna().all()
    assert open_["reason"].str.len().gt(0).all()


def test_without_a_segmentation_no_clause_is_asked(contract, evidence, contract_run):
    none = replace(evidence, champions=evidence.champions.iloc[:0])
    checked = check_contract(contract, none, contract_run)
    assert checked.empty
    frames.typed(checked, SEGMENT_CONTRACT_CLAUSES_SCHEMA)


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("clause", "sise", "row 1: clause is 'sise'; expected one of"),
        ("severity", "fatal", "row 1: severity is 'fatal'; expected 'critical'"),
        ("bound", "much", "row 1: bound is 'much'; expected a number"),
        ("bound", np.nan, "row 1: bound is nan; expected a number"),
    ],
)
def test_an_edited_seed_that_cannot_be_read_says_which_row(contract, column, cell, words):
    edited = contract.astype({column: object})
    edited.loc[0, column] = cell
    with pytest.raises(ContractError, match=words):
        read_contract(edited)


def test_a_clause_may_stand_once_per_severity(contract):
    with pytest.raises(ContractError, match="more than once"):
        read_contract(pd.concat([contract, contract.iloc[:1]]))
    with pytest.raises(ContractError, match="has no column"):
        read_contract(contract.drop(columns="bound"))
