"""Phone numbers as written, read as E.164 (``+493023125017``) with the country of the record.

A number is accepted when its length is *possible* in its country. That it is *valid*, that its
prefix has been given out, is not asked for: ranges are opened faster than libraries learn of them,
and numbers reserved for tests are never valid. A wrong number that is possible harms nobody: it
only meets itself.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import phonenumbers
import pyarrow as pa
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from tessera import frames
from tessera.identity.countries import most_named_country, region_of_country
from tessera.identity.numbering_plans import most_dialled_country, national_part

PHONE_NUMBERS_SCHEMA = pa.schema(
    [
        pa.field("phone", pa.string(), nullable=False),
        pa.field("country", pa.string()),
        pa.field("phone_number", pa.string()),
        pa.field("note", pa.string()),
    ]
)
"""One row per phone as written and country as written; a note says why there is no number."""

CHUNK = 200_000
"""Phones read at a time: some 100 MB of texts and numbers, whatever the number of phones."""

PLACEHOLDER = "placeholder"
NOT_A_NUMBER = "not a number"
NO_COUNTRY = "national, and the country is not known"
EXTENSION = "extension of a shared line"
NOT_POSSIBLE = {
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "without area code",
    ValidationResult.TOO_SHORT: "too short",
    ValidationResult.TOO_LONG: "too long",
    ValidationResult.INVALID_LENGTH: "of a length its country does not have",
    ValidationResult.INVALID_COUNTRY_CODE: "of no country",
}

_COUNTED = "01234567890"
_COUNTED_ROW, _SAME_ROW = 6, 7
"""123456 is nobody's number, nor one that ends in seven times the same digit: a real one does so
once in a million, and is then a hotline more often than a person."""
_TRUNK_ZERO = re.compile(r"^(\s*(?:\+|00)(?!\s*39|\s*37[89])[^(]*)\(\s*0\s*\)")
"""``+49 (0)30``: the zero is for callers at home. Italy's (and its enclaves') is part of it."""
_SPREADSHEET = re.compile(r"^(\d{7,15})\.0$")
_REPEATED = re.compile(rf"(\d)\1{{{_SAME_ROW - 1}}}$")


def read_written_phones(reference_sets: Any) -> tuple[pd.DataFrame, str | None]:
    """Return the distinct phones of the reference sets, and the country most records name.

    Parameters
    ----------
    reference_sets
        A DuckDB relation with columns phone and country.

    Returns
    -------
    tuple
        A frame of ``phone`` and ``country`` in a fixed order, and an ISO code. When no record names
        a country, it is the one that most phones written in full belong to; without such, None.
    """
    spellings = reference_sets.filter("phone is not null").aggregate("phone, country")
    named = reference_sets.filter("country is not null").aggregate(
        "country, count(*) as records", "country"
    )
    phones = frames.read(spellings, ["phone", "country"])
    country = most_named_country(frames.read(named, ["country"]))
    return phones, country or most_dialled_country(phones)


def read_phone_numbers(phones: pd.DataFrame, default_country: str | None) -> pd.DataFrame:
    """Return the number behind each phone as written.

    Parameters
    ----------
    phones
        One row per ``phone`` (text) and ``country`` (a code, a name, or missing).
    default_country
        Whose the national numbers of records without a country are; None: nobody can tell.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``phone_number`` (E.164, or None) and ``note`` (why there is none).

    Examples
    --------
    >>> written = pd.DataFrame({"phone": ["(030) 23125-017", "0000000"], "country": ["DE", None]})
    >>> read_phone_numbers(written, "DE")[["phone_number", "note"]].fillna("").values.tolist()
    [['+493023125017', ''], ['', 'placeholder']]
    """
    regions = {
        name: region_of_country(name) or default_country for name in phones["country"].unique()
    }
    chunks = [
        _read_chunk(phones.iloc[start : start + CHUNK], regions)
        for start in range(0, max(len(phones), 1), CHUNK)
    ]
    return pd.concat(chunks, ignore_index=True)


def _read_chunk(phones: pd.DataFrame, regions: dict[str | None, str | None]) -> pd.DataFrame:
    region = phones["country"].map(regions, na_action=None)
    readings = [
        read_phone(phone, None if pd.isna(code) else code)
        for phone, code in zip(phones["phone"], region, strict=True)
    ]
    return phones[["phone", "country"]].assign(
        phone_number=pa.array([number for number, _ in readings], pa.string()).to_pandas().array,
        note=pa.array([note for _, note in readings], pa.string()).to_pandas().array,
    )


def read_phone(phone: str, region: str | None) -> tuple[str | None, str | None]:
    """Return the E.164 number and no note, or no number and the note that says why.

    Parameters
    ----------
    phone
        As written.
    region
        ISO code of the country whose national numbers are meant; None when unknown.

    Examples
    --------
    >>> [read_phone(text, "DE") for text in ("0041 79 0123456", "+49 (0)30 23125017", "n/a")]
    [('+41790123456', None), ('+493023125017', None), (None, 'not a number')]
    """
    text = _SPREADSHEET.sub(r"\1", phone.strip())
    if is_placeholder(text):
        return None, PLACEHOLDER
    national = national_part(text)
    if national is not None:
        return (None, PLACEHOLDER) if is_placeholder(national) else (text, None)
    text = _TRUNK_ZERO.sub(r"\1", text)
    if text.startswith("00"):  # how one dials abroad from most countries, whatever this one's is
        text = "+" + text[2:]
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as error:
        return None, _why_unparsed(error, region)
    return _judged(number)


def is_placeholder(text: str) -> bool:
    """Return whether somebody typed digits to get past a form: 0000000, 123456, 030 5555555.

    Examples
    --------
    >>> [is_placeholder(text) for text in ("0000000", "1234567", "987654", "030 23125017")]
    [True, True, True, False]
    """
    digits = re.sub(r"\D", "", text)
    is_long = len(digits) >= _COUNTED_ROW
    is_counted = is_long and (digits in _COUNTED or digits[::-1] in _COUNTED)
    return is_counted or _REPEATED.search(digits) is not None


def _why_unparsed(error: NumberParseException, region: str | None) -> str:
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return NO_COUNTRY if region is None else NOT_POSSIBLE[ValidationResult.INVALID_COUNTRY_CODE]
    if error.error_type == NumberParseException.TOO_LONG:
        return NOT_POSSIBLE[ValidationResult.TOO_LONG]
    if error.error_type == NumberParseException.NOT_A_NUMBER:
        return NOT_A_NUMBER
    return NOT_POSSIBLE[ValidationResult.TOO_SHORT]


def _judged(number: phonenumbers.PhoneNumber) -> tuple[str | None, str | None]:
    verdict = phonenumbers.is_possible_number_with_reason(number)
    if verdict != ValidationResult.IS_POSSIBLE:
        return None, NOT_POSSIBLE[verdict]
    if is_placeholder(str(number.national_number)):
        return None, PLACEHOLDER
    if number.extension:  # the line behind a switchboard: without the extension it is everybody's
        return None, EXTENSION
    return phonenumbers.format_number(number, PhoneNumberFormat.E164), None
