"""Phones as written become numbers, or a reason why not; the short way agrees with the long one."""

import duckdb
import pandas as pd
import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tessera import frames
from tessera.identity import phones
from tessera.identity.countries import most_named_country, region_of_country
from tessera.identity.numbering_plans import most_dialled_country, national_part


def number_and_note(phone, country=None, default_country=None):
    written = pd.DataFrame({"phone": [phone], "country": [country]}, dtype=object)
    (row,) = frames.typed(
        phones.read_phone_numbers(written, default_country), phones.PHONE_NUMBERS_SCHEMA
    ).to_pylist()
    return row["phone_number"], row["note"]


@pytest.mark.parametrize(
    "phone",
    [
        "+493023125017",
        "+49 30 23125017",
        "+49 (0)30 23125017",
        "0049 (0) 30-23125017",
        "00493023125017",
        "030 23125017",
        "(030) 2312/5017",
        "tel:+49-30-23125017",
        "'03023125017",
        "493023125017.0",
        "\u202a+49 30 23125017\u202c",
    ],
)
def test_one_line_is_one_number_however_it_is_written(phone):
    assert number_and_note(phone, "DE") == ("+493023125017", None)


@pytest.mark.parametrize("country", ["CH", "ch", "Switzerland", "Schweiz", " SUISSE ", "CHE"])
def test_a_national_number_is_one_of_the_records_country_however_that_is_written(country):
    assert number_and_note("079 012 34 56", country, "DE") == ("+41790123456", None)


def test_italys_zero_is_part_of_the_number():
    assert number_and_note("+39 (0)6 12345678", "IT") == ("+390612345678", None)


@pytest.mark.parametrize("country", [None, "", "Atlantis"])
def test_a_record_without_a_country_that_exists_is_read_in_the_default_one(country):
    assert number_and_note("030 23125017", country, "DE") == ("+493023125017", None)


def test_nobody_can_tell_whose_a_national_number_is_when_no_country_is_known():
    assert number_and_note("030 23125017") == (None, phones.NO_COUNTRY)
    assert number_and_note("0049 30 23125017") == ("+493023125017", None)


@pytest.mark.parametrize(
    ("phone", "note"),
    [
        ("n/a", phones.NOT_A_NUMBER),
        ("ann@shop.example", phones.NOT_A_NUMBER),
        ("4.93023E+11", phones.NOT_A_NUMBER),
        ("", phones.NOT_A_NUMBER),
        ("0000000", phones.PLACEHOLDER),
        ("+49 1234567", phones.PLACEHOLDER),
        ("+491234567", phones.PLACEHOLDER),
        ("030 9999999", phones.PLACEHOLDER),
        ("030 23125017 / 0151 23456780", "too long"),
        ("110", "without area code"),
        ("1", "not a number"),
        ("+999 23125017", "of no country"),
        ("030 23125017 ext. 12", phones.EXTENSION),
    ],
)
def test_what_is_no_number_of_one_line_says_why(phone, note):
    assert number_and_note(phone, "DE") == (None, note)


def test_a_number_of_a_range_that_is_not_given_out_counts():
    # no area is called 555: possible, and not valid
    assert not phonenumbers.is_valid_number(phonenumbers.parse("+15555550100"))
    assert number_and_note("(555) 555-0100", "US") == ("+15555550100", None)


@given(
    st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)),
    st.text("0123456789", min_size=4, max_size=13),
)
def test_the_short_way_changes_nothing_that_the_long_way_would(code, national):
    text = f"+{code}{national}"
    if national_part(text) is not None:
        parsed = phonenumbers.parse(text)
        assert phonenumbers.is_possible_number(parsed)
        assert phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) == text


def test_chunks_keep_every_row_in_its_place(monkeypatch):
    monkeypatch.setattr(phones, "CHUNK", 2)
    written = pd.DataFrame({"phone": [f"030 2312501{i}" for i in range(5)], "country": ["DE"] * 5})
    numbers = phones.read_phone_numbers(written, None)
    assert numbers["phone_number"].tolist() == [f"+49302312501{i}" for i in range(5)]
    assert numbers.index.tolist() == list(range(5))


def test_no_phones_give_an_empty_table_of_the_declared_types():
    written = pd.DataFrame({"phone": [], "country": []}, dtype=object)
    table = frames.typed(phones.read_phone_numbers(written, None), phones.PHONE_NUMBERS_SCHEMA)
    assert table.num_rows == 0


def test_each_spelling_is_read_once_and_most_records_name_the_default_country():
    reference_sets = duckdb.sql("""
        select * from (values
            ('030 1', 'DE'), ('030 1', 'DE'), ('030 1', null), (null, 'Germany'), (null, 'FR'),
            (null, 'FR'), (null, null)
        ) as sets (phone, country)
    """)
    written, default_country = phones.read_written_phones(reference_sets)
    assert written["phone"].tolist() == ["030 1", "030 1"]
    assert written["country"].fillna("").tolist() == ["DE", ""]
    assert default_country == "DE"


def test_when_no_record_names_a_country_the_numbers_in_full_do():
    reference_sets = duckdb.sql("""
        select * from (values
            ('+41790123456', null), ('+1 212 5550123', null), ('0041 79 0123457', null),
            ('030 1', null)
        ) as sets (phone, country)
    """)
    assert phones.read_written_phones(reference_sets)[1] == "CH"


def test_without_countries_and_numbers_in_full_there_is_no_default():
    assert most_dialled_country(pd.DataFrame({"phone": ["030 1", "n/a"]})) is None
    nothing = pd.DataFrame({"country": ["Utopia"], "records": [3]})
    assert most_named_country(nothing) is None


@pytest.mark.parametrize("nothing", [None, float("nan"), "", "nan", "Utopia"])
def test_what_names_no_country_is_none(nothing):
    assert region_of_country(nothing) is None
