from __future__ import annotations

import re

import numpy as np
import pyarrow as pa

from tessera.simulate.words import (
    COUNTRIES,
    draw_cities,
    draw_domains,
    draw_first_names,
    draw_last_names,
    load_directory,
    replace_domains,
    spell_cities,
    spell_countries,
    spell_emails,
    spell_first_names,
    spell_last_names,
    spell_mistyped_domains,
    spell_nicknames,
    spell_phones,
    spell_postcodes,
    spell_streets,
)
from tessera.simulate.words.emails import PATTERNS

POSTCODE_SHAPES = {
    "DE": r"\d{5}",
    "AT": r"\d{4}",
    "CH": r"\d{4}",
    "GB": r"[A-Z]{1,2}\d{1,2} \d[ABD-HJLNP-UW-Z]{2}",
    "US": r"\d{5}",
}
DE, AT, CH, GB, US = range(5)


def everywhere(people=5000):
    return np.arange(people) % len(COUNTRIES)


def code_of(words, word):
    return np.array([words.to_pylist().index(word)])


def names_drawn(country, *, is_female, birth_year, people=4000):
    rng = np.random.default_rng(3)
    codes = draw_first_names(
        rng,
        np.full(people, country, dtype=np.int8),
        np.full(people, is_female),
        np.full(people, birth_year),
    )
    return spell_first_names(codes).to_pylist()


def test_names_fit_language_gender_and_generation():
    old_men = names_drawn(DE, is_female=False, birth_year=1940)
    young_women = names_drawn(GB, is_female=True, birth_year=2001)
    assert old_men.count("Hans") > 5 * max(old_men.count("Jonas"), 1)
    assert young_women.count("Olivia") > 5 * max(young_women.count("Mary"), 1)
    assert not {"Ursula", "Mary", "James"} & set(old_men)
    assert "Hans" not in young_women


def test_a_nickname_is_one_of_the_name_and_some_names_have_none():
    names = load_directory().first_names
    robert, nigel = code_of(names.words, "Robert"), code_of(names.words, "Nigel")
    katharina = code_of(names.words, "Katharina")
    choices = np.arange(4)
    assert spell_nicknames(robert.repeat(4), choices).to_pylist() == ["Bob", "Rob", "Bobby", "Bob"]
    assert spell_nicknames(katharina, np.array([0])).to_pylist() == ["Kathi"]
    assert spell_nicknames(nigel.repeat(2), choices[:2]).to_pylist() == ["Nigel", "Nigel"]


def test_every_nickname_belongs_to_a_name_of_the_directory():
    names = load_directory().first_names
    assert len(names.nicknames) == names.nickname_starts[-1] > 100


def test_last_names_follow_the_language_of_the_country():
    rng = np.random.default_rng(3)
    british = spell_last_names(draw_last_names(rng, np.full(3000, GB))).to_pylist()
    swiss = spell_last_names(draw_last_names(rng, np.full(3000, CH))).to_pylist()
    assert british.count("Smith") > british.count("Spencer")
    assert "Smith" not in swiss
    assert "Müller" in swiss


def test_postcodes_have_the_shape_of_their_country_and_lie_in_their_city():
    rng, country = np.random.default_rng(3), everywhere()
    cities = draw_cities(rng, country)
    postcodes = spell_postcodes(cities, rng.integers(10**8, size=5000)).to_pylist()
    for name, postcode in zip(spell_countries(country).to_pylist(), postcodes, strict=True):
        assert re.fullmatch(POSTCODE_SHAPES[name], postcode), (name, postcode)
    names = spell_cities(cities).to_pylist()
    leipzig = [code for city, code in zip(names, postcodes, strict=True) if city == "Leipzig"]
    assert leipzig
    assert all("04103" <= postcode <= "04357" for postcode in leipzig)


def test_cities_lie_in_the_country_asked_for():
    country = everywhere()
    cities = draw_cities(np.random.default_rng(3), country)
    assert (load_directory().cities.country[cities] == country).all()


def test_streets_are_written_as_the_country_does():
    streets = spell_streets(
        np.array([DE, GB, DE, GB]), np.zeros(4, dtype=np.int64), is_short=np.arange(4) > 1
    )
    assert streets.to_pylist() == [
        "Lindenstraße 1",
        "1 Linden Street",
        "Lindenstr. 1",
        "1 Linden St",
    ]


def test_emails_are_made_of_folded_names():
    directory = load_directory()
    parts = [
        code_of(directory.first_names.words, "Jürgen"),
        code_of(directory.last_names.words, "Weiß"),
        np.array([81]),
        code_of(directory.domains.words, "gmx.example"),
    ]
    spelt = [spell_emails(*parts, np.array([number]))[0].as_py() for number in range(len(PATTERNS))]
    assert spelt == [
        "juergen.weiss@gmx.example",
        "juergen.weiss81@gmx.example",
        "j.weiss81@gmx.example",
        "juergenweiss81@gmx.example",
        "juergen_weiss81@gmx.example",
        "juergenw81@gmx.example",
        "weiss81@gmx.example",
    ]


def test_every_email_has_the_shape_of_one():
    rng, country = np.random.default_rng(3), everywhere()
    first = draw_first_names(rng, country, country % 2 == 0, np.full(5000, 1980))
    emails = spell_emails(
        first,
        draw_last_names(rng, country),
        rng.integers(1000, size=5000),
        draw_domains(rng, country),
        rng.integers(len(PATTERNS), size=5000),
    )
    shape = re.compile(r"[a-z0-9._]+@[a-z0-9.-]+\.[a-z]{3,7}")
    assert all(shape.fullmatch(email) for email in emails.to_pylist())


def test_no_address_can_be_that_of_anybody():
    """RFC 2606 keeps these names free: no mail to them arrives anywhere."""
    reserved = (".example", ".example.com", ".example.net", ".example.org")
    directory = load_directory()
    for domain in [*directory.domains.words.to_pylist(), *directory.domain_typos.to_pylist()]:
        assert domain.endswith(reserved)


def test_a_mistyped_domain_is_a_slip_of_the_right_one():
    gmail = code_of(load_directory().domains.words, "gmail.example").repeat(3)
    mistyped = spell_mistyped_domains(gmail, np.arange(3))
    assert mistyped.to_pylist() == ["gmial.example", "gmai.example", "gmaill.example"]
    right = pa.array(["anna.weber@gmail.example"])
    wrong = replace_domains(right, mistyped.slice(0, 1))
    assert wrong.to_pylist() == ["anna.weber@gmial.example"]
    assert all(load_directory().domain_typo_starts[1:] > load_directory().domain_typo_starts[:-1])


def test_phones_come_from_ranges_that_ring_nowhere():
    country = np.array([DE, GB, US])
    phones = spell_phones(country, np.array([17, 42, 7]), np.zeros(3, dtype=np.int64))
    assert phones.to_pylist() == ["+49 30 23125017", "+44 7700 900042", "+1 206 5550107"]


def test_a_phone_is_the_same_however_it_is_written():
    forms = spell_phones(np.full(4, DE), np.full(4, 17), np.arange(4)).to_pylist()
    assert forms == ["+49 30 23125017", "030 23125017", "03023125017", "00493023125017"]


def test_a_million_people_of_a_country_have_a_million_phones():
    numbers = np.arange(1_000_000)
    for country in (DE, CH, US):
        phones = spell_phones(np.full(len(numbers), country), numbers, np.zeros_like(numbers))
        assert len(phones.unique()) == len(numbers)
