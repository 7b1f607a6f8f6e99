import numpy as np
import pytest

from tessera.simulate.profiles import GENDERS, heads_of_households


@pytest.fixture(scope="module")
def partners(block):
    """The two of each household."""
    second = np.flatnonzero(
        heads_of_households(block.identities.partner) != np.arange(len(block.people))
    )
    return block.identities.partner[second], second


def text(column):
    return column.to_numpy(zero_copy_only=False)


def test_partners_live_together_before_and_after_a_move(block, partners):
    first, second = partners
    count = len(block.people)
    assert len(second) > 30
    for name in ("street", "postcode", "city"):
        column = text(block.profiles.addresses[name])
        assert (column[first] == column[second]).all()
        assert (column[first + count] == column[second + count]).all()
    country = block.people.country
    assert (country[first] == country[second]).all()
    moves = block.profiles.moves_house_day
    assert (moves[first] == moves[second]).all()


def test_partners_mostly_share_the_last_name_but_not_the_first(block, partners):
    first, second = partners
    last_name, first_name = text(block.profiles.last_name), text(block.profiles.first_name)
    assert 0.7 < (last_name[first] == last_name[second]).mean() < 1
    assert (first_name[first] == first_name[second]).mean() < 0.4


def test_partners_are_of_about_one_age_and_mostly_of_two_genders(block, partners):
    first, second = partners
    years = np.abs(block.profiles.birth_year[first] - block.profiles.birth_year[second])
    assert years.mean() < 6
    assert (block.profiles.gender[first] != block.profiles.gender[second]).mean() > 0.8


def test_everybody_is_grown_up(block):
    age = block.world.calendar.as_of.year - block.profiles.birth_year
    assert age.min() >= 18
    assert 38 < age.mean() < 50
    assert age.max() <= 93


def test_most_people_are_women_or_men(block):
    shares = np.bincount(block.profiles.gender, minlength=len(GENDERS)) / len(block.people)
    assert shares[0] > shares[1] > 0.4
    assert 0 < shares[2] < 0.03


def test_nothing_is_learned_before_it_happens(block):
    identities, profiles = block.identities, block.profiles
    for happens, known in (
        (identities.later_email_day, profiles.email_known_day),
        (profiles.moves_house_day, profiles.address_known_day),
    ):
        finite = np.isfinite(known)
        assert finite.sum() > 50
        assert (known[finite] >= happens[finite]).all()
        met_later = identities.contact_day >= happens
        assert (known[met_later] == happens[met_later]).all()


def test_some_changes_are_never_learned(block):
    happens, known = block.profiles.moves_house_day, block.profiles.address_known_day
    met_before = block.identities.contact_day < happens
    assert 0.15 < np.isinf(known[met_before]).mean() < 0.35


def test_a_mailbox_closes_only_when_it_was_left(block):
    left, closes = block.identities.later_email_day, block.profiles.mailbox_closes_day
    assert np.isfinite(closes).any()
    assert (closes >= left).all()
