import numpy as np
import pytest

from tessera.simulate.names import (
    FIRST_STEP,
    PHONE_STEP,
    SECOND_STEP,
    mailbox_numbers,
    shuffled,
)
from tessera.simulate.people import COUNTRIES
from tessera.simulate.words.directory import COUNTRIES as COUNTRIES_OF_THE_DIRECTORY


def text(column):
    return column.to_numpy(zero_copy_only=False)


def test_countries_are_counted_as_in_the_directory():
    assert COUNTRIES == COUNTRIES_OF_THE_DIRECTORY


def test_no_number_of_an_address_is_given_twice():
    assert len(np.unique(mailbox_numbers(np.arange(10_000)))) == 20_000


def test_neighbours_do_not_get_neighbouring_numbers():
    number = np.arange(5_000)
    for step in (FIRST_STEP, SECOND_STEP, PHONE_STEP):
        given = shuffled(number, step)
        assert set(given) == set(number)
        assert np.abs(np.diff(given)).min() > 200


def test_addresses_and_phones_of_different_people_differ(block):
    addresses = block.profiles.emails.to_pylist()
    phones = block.profiles.phone.drop_null().to_pylist()
    assert len(set(addresses)) == 2 * len(block.people)
    assert len(set(phones)) == block.identities.has_phone.sum()


def test_a_mistyped_address_differs_in_its_domain_only(block):
    own = block.profiles.emails.to_pylist()[: len(block.people)]
    for right, wrong in zip(own, block.profiles.mistyped_emails.to_pylist(), strict=True):
        assert right.split("@")[0] == wrong.split("@")[0]
        assert right.split("@")[1] != wrong.split("@")[1]


@pytest.mark.parametrize(("country", "code"), [("DE", "+49"), ("GB", "+44"), ("US", "+1")])
def test_phones_have_the_code_of_the_country(block, country, code):
    here = block.people.country == COUNTRIES.index(country)
    spelled = [each for each in text(block.profiles.phone)[here] if each]
    assert spelled
    assert all(each.startswith(code) for each in spelled)


def test_a_phone_in_another_spelling_has_the_same_last_digits(block):
    international = block.profiles.phone.drop_null().to_pylist()
    other = block.profiles.local_phone.drop_null().to_pylist()
    for first, second in zip(international, other, strict=True):
        assert first != second
        assert first.replace(" ", "")[-6:] == second.replace(" ", "")[-6:]


def test_a_nickname_is_a_nickname_of_the_first_name(block):
    first, nickname = text(block.profiles.first_name), text(block.profiles.nickname)
    assert 0.3 < (first != nickname).mean() < 0.95
    names = {}
    for each, short in zip(first, nickname, strict=True):
        names.setdefault(each, set()).add(short)
    assert all(len(shorts) <= 5 for shorts in names.values())


def test_women_and_men_have_names_of_their_own(block):
    first, gender = text(block.profiles.first_name), block.profiles.gender
    women, men = set(first[gender == 0]), set(first[gender == 1])
    assert len(women & men) < 0.2 * len(women | men)


def test_those_who_stay_in_their_city_have_another_street(block):
    addresses, count = block.profiles.addresses, len(block.people)
    city, street = text(addresses["city"]), text(addresses["street"])
    stays = city[:count] == city[count:]
    assert 0.5 < stays.mean() < 0.85
    assert (street[:count] != street[count:]).mean() > 0.99
