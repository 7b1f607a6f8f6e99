"""Ids of Salesforce have 18 characters, whoever wrote them."""

import numpy as np
import pytest

from tessera.simulate.vendors.salesforce_ids import salesforce_ids


@pytest.fixture(scope="module")
def completed(macros, warehouse):
    query = f"select {macros.salesforce_id('given')} from (select ?::varchar as given)"
    return lambda text: warehouse.execute(query, [text]).fetchone()[0]


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        ("000000000000000", "000000000000000AAA"),
        ("A00000000000000", "A00000000000000BAA"),
        ("0000A0000000000", "0000A0000000000QAA"),
        ("00000000000000Z", "00000000000000ZAAQ"),
        ("AAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAA555"),
        ("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaAAA"),
    ],
)
def test_three_characters_say_which_of_fifteen_are_capitals(completed, short, whole):
    assert completed(short) == whole


def test_ids_that_differ_in_case_alone_stay_two(completed):
    assert completed("003000000000aBc") != completed("003000000000Abc")
    assert completed("003000000000aBc").lower() != completed("003000000000Abc").lower()


@pytest.mark.parametrize("text", ["003000000000aBcAAK", "not an id", "", None])
def test_what_has_no_fifteen_letters_and_digits_stays_as_it_is(completed, text):
    assert completed(text) == text


def test_the_macro_and_the_simulator_agree(completed):
    for whole in salesforce_ids("003", np.arange(0, 10**12, 10**10 + 7)).to_pylist():
        assert completed(whole[:15]) == whole
