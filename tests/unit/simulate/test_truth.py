import numpy as np
import pytest

from tessera.simulate.orders import Receipts
from tessera.simulate.persona_history import persona_history
from tessera.simulate.truth import changes_truth, outlook_truth, people_truth


@pytest.fixture(scope="module")
def people(block):
    return people_truth(block).to_pandas().set_index("person")


@pytest.fixture(scope="module")
def stays(block):
    return persona_history(block).to_pandas()


def test_the_stays_of_a_person_follow_each_other_without_a_gap(stays):
    for _, mine in stays.groupby("person"):
        assert (mine.valid_from.iloc[1:].to_numpy() == mine.valid_to.iloc[:-1].to_numpy()).all()
        assert mine.valid_to.isna().tolist() == [False] * (len(mine) - 1) + [True]


def test_everybody_who_has_joined_is_something(people, stays):
    assert set(stays.person) == set(people.index)


def test_there_are_at_least_eight_personas(stays):
    assert stays.persona.nunique() >= 10


def test_the_dormant_have_churned(world, people, stays):
    now = stays[stays.valid_to.isna()].set_index("person").persona
    gone = people.churned_at < np.datetime64(world.calendar.as_of)
    assert (now == "dormant").equals(gone.reindex(now.index))


def test_the_recoverable_are_at_risk_in_both_tables(people, stays):
    now = stays[stays.valid_to.isna()].set_index("person").persona
    assert people.is_at_risk_but_recoverable.any()
    at_risk = people.index[people.is_at_risk_but_recoverable]
    assert (now.loc[at_risk] == "at_risk_but_recoverable").all()


def test_some_people_move_to_another_persona_on_a_planted_date(people):
    moved = people[people.moved_at.notna()]
    assert 0.02 < len(moved) / len(people) < 0.15
    assert (moved.persona != moved.later_persona).all()
    assert (people.persona == people.later_persona)[people.moved_at.isna()].all()


def test_nobody_moves_who_never_buys_or_buys_no_more(people):
    moved = people[people.moved_at.notna()]
    assert not moved.is_prospect.any()
    assert not (moved.moved_at >= moved.churned_at).any()


def test_what_happened_is_in_the_truth_and_not_in_the_feeds(block):
    outlook = outlook_truth(block, Receipts(block)).to_pandas()
    assert outlook.groupby("person").size().eq(4).all()
    year = outlook[outlook.horizon_days == 365]
    ahead = (block.baskets.day >= block.world.calendar.observed_days).sum()
    assert year.realised_orders.sum() == ahead > 0


def test_the_expected_value_is_right_on_the_whole(block):
    year = outlook_truth(block, Receipts(block)).to_pandas().query("horizon_days == 365")
    assert year.expected_value.sum() == pytest.approx(year.realised_value.sum(), rel=0.15)


def test_changes_have_dates_and_a_quiet_year(world):
    changes = changes_truth(world.calendar).to_pandas().set_index("change")
    quiet = changes.loc["quiet_months"]
    assert (quiet.ends_at - quiet.starts_at).days == 365
    assert quiet.ends_at == changes.loc["drift"].starts_at
