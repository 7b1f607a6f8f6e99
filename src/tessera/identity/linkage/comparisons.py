"""Comparisons: how alike two records are in a name, a date, an address; levels from most to least.

A level is a SQL condition on the columns of both records (``_l`` and ``_r``). A pair is at the
first level whose condition holds; what is silent has nothing to compare, and counts neither way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Level:
    """One way of being alike.

    Attributes
    ----------
    name
        As charts call it.
    condition
        When a pair is at this level.
    expected
        Share of the pairs of one person that are expected at it before any data were seen.
    common
        Column whose rare values say more than its common ones; empty when there is none.
    beside
        What else must hold. Shares are of the pairs for which the same holds, since two things that
        hang together (an address and a name, in a family) must not count twice.
    """

    name: str
    condition: str
    expected: float
    common: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Comparison:
    """What is compared together, because it does not vary independently.

    Attributes
    ----------
    name
        Unique among the comparisons.
    columns
        Columns of ``contact_records`` of which it needs at least one.
    silent
        When a pair has nothing to compare.
    levels
        From most to least alike.
    differing
        Share of the pairs of one person expected at none of them.
    """

    name: str
    columns: Sequence[str]
    silent: str
    levels: Sequence[Level]
    differing: float


SWAPPED = "(first_name_l = last_name_r and last_name_l = first_name_r)"

FIRST_NAME = Comparison(
    name="first_name",
    columns=("first_name",),
    silent="first_name_l is null or first_name_r is null",
    levels=(
        Level("same", "first_name_l = first_name_r", 0.75, "first_name"),
        Level("swapped with the last name", SWAPPED, 0.02),
        Level("same first word or short form", "list_has_any(first_forms_l, first_forms_r)", 0.05),
        Level("nearly", "jaro_winkler_similarity(first_name_l, first_name_r) >= 0.92", 0.06),
        Level("alike", "jaro_winkler_similarity(first_name_l, first_name_r) >= 0.8", 0.04),
        Level(
            "initial",
            "(length(first_name_l) = 1 or length(first_name_r) = 1) "
            "and left(first_name_l, 1) = left(first_name_r, 1)",
            0.02,
        ),
    ),
    differing=0.06,
)

LAST_NAME = Comparison(
    name="last_name",
    columns=("last_name",),
    silent=f"last_name_l is null or last_name_r is null or coalesce({SWAPPED}, false)",
    levels=(
        Level("same", "last_name_l = last_name_r", 0.8, "last_name"),
        Level("nearly", "jaro_winkler_similarity(last_name_l, last_name_r) >= 0.92", 0.08),
        Level("alike", "jaro_winkler_similarity(last_name_l, last_name_r) >= 0.8", 0.04),
        Level(
            "one word in common",
            "list_has_any(string_split(last_name_l, ' '), string_split(last_name_r, ' '))",
            0.02,
        ),
    ),
    differing=0.06,
)

BIRTH_DATE = Comparison(
    name="birth_date",
    columns=("birth_date",),
    silent="birth_text_l is null or birth_text_r is null",
    levels=(
        Level("same", "birth_text_l = birth_text_r", 0.85, "birth_text"),
        Level(
            "one slip, or day and month swapped",
            "damerau_levenshtein(birth_text_l, birth_text_r) = 1 "
            "or birth_text_l = left(birth_text_r, 4) || right(birth_text_r, 2) "
            "|| substring(birth_text_r, 5, 2)",
            0.08,
        ),
        Level("two slips", "damerau_levenshtein(birth_text_l, birth_text_r) = 2", 0.03),
        Level("same year", "left(birth_text_l, 4) = left(birth_text_r, 4)", 0.01),
    ),
    differing=0.03,
)

GENDER = Comparison(
    name="gender",
    columns=("gender",),
    silent="gender_l is null or gender_r is null",
    levels=(Level("same", "gender_l = gender_r", 0.97),),
    differing=0.03,
)

OWN_ADDRESS = Comparison(
    name="own_address",
    columns=("email_local_part",),
    silent="own_address_l is null or own_address_r is null or whole_address_l = whole_address_r",
    levels=(
        Level("same", "own_address_l = own_address_r", 0.4),
        Level("nearly", "jaro_winkler_similarity(own_address_l, own_address_r) >= 0.93", 0.1),
    ),
    differing=0.5,
)

STREET = (
    "coalesce(street_l = street_r or jaro_winkler_similarity(street_l, street_r) >= 0.92, false)"
)
POSTCODE = "coalesce(postcode_l = postcode_r, false)"
NEAR = (
    "coalesce(damerau_levenshtein(postcode_l, postcode_r) <= 1 "
    "or (length(postcode_l) >= 5 and left(postcode_l, 3) = left(postcode_r, 3)), false)"
)
CITY = "coalesce(jaro_winkler_similarity(city_l, city_r) >= 0.9, false)"
PLACES = (
    Level("all of it", f"{STREET} and {NEAR} and {CITY}", 0.5),
    Level("street and place", f"{STREET} and ({NEAR} or {CITY})", 0.12),
    Level("postcode and city", f"{POSTCODE} and {CITY}", 0.1),
    Level("street", STREET, 0.03),
    Level("postcode", POSTCODE, 0.05),
    Level("nearly postcode and city", f"{NEAR} and {CITY}", 0.04),
    Level("city", CITY, 0.06),
    Level("nearly postcode", NEAR, 0.02),
)
FAMILY = "coalesce(jaro_winkler_similarity(last_name_l, last_name_r) >= 0.92, false)"

ADDRESS = Comparison(
    name="address",
    columns=("street", "postcode", "city"),
    silent="(street_l is null or street_r is null) and (postcode_l is null or postcode_r is null) "
    "and (city_l is null or city_r is null)",
    levels=(
        *(
            replace(
                place,
                condition=f"{FAMILY} and {place.condition}",
                beside="the same last name",
            )
            for place in PLACES
        ),
        Level("differing", FAMILY, 0.08, beside="the same last name"),
        *PLACES,
    ),
    differing=0.08,
)
"""Families share an address and a name: beside the same last name an address says less."""

COMPARISONS = (FIRST_NAME, LAST_NAME, BIRTH_DATE, ADDRESS, GENDER, OWN_ADDRESS)


BY_NAME = {comparison.name: comparison for comparison in COMPARISONS}


def comparisons_of(columns: Iterable[str]) -> list[Comparison]:
    """Return the comparisons that have something to compare when only ``columns`` take part."""
    known = set(columns)
    return [each for each in COMPARISONS if known.intersection(each.columns)]


def groups_of(name: str) -> NDArray[np.int64]:
    """Return, per level and for differing, the number of the levels that its share is one of.

    Examples
    --------
    >>> groups_of("gender").tolist()
    [0, 0]
    >>> int(groups_of("address").max())
    1
    """
    besides = [*(level.beside for level in BY_NAME[name].levels), ""]
    return np.array([sorted(set(besides)).index(beside) for beside in besides])


def shares_of(name: str, counts: NDArray[np.float64]) -> list[float]:
    """Return each level's share of the ``counts`` (one per level, the last differing) of its group.

    Examples
    --------
    >>> shares_of("gender", np.array([3.0, 1.0]))
    [0.75, 0.25]
    """
    groups = groups_of(name)
    shares: list[float] = (counts / np.bincount(groups, weights=counts)[groups]).tolist()
    return shares


def expectations(name: str) -> list[float]:
    """Return the shares expected among records of one person: one per level, the last differing.

    Examples
    --------
    >>> expectations("gender")
    [0.97, 0.03]
    """
    comparison = BY_NAME[name]
    expected = [*(level.expected for level in comparison.levels), comparison.differing]
    return shares_of(name, np.array(expected))


def as_settings(name: str, m: Sequence[float], u: Sequence[float]) -> dict[str, Any]:
    """Write a comparison as Splink has it, with the probabilities of each of its levels."""
    comparison = BY_NAME[name]
    silent = {
        "sql_condition": comparison.silent,
        "label_for_charts": "nothing to compare",
        "is_null_level": True,
    }
    differing = Level("differing", "ELSE", comparison.differing)
    levels = [
        {
            "sql_condition": level.condition,
            "label_for_charts": level.name + (f" beside {level.beside}" if level.beside else ""),
            "m_probability": one_person,
            "u_probability": two_people,
            **({"tf_adjustment_column": level.common} if level.common else {}),
        }
        for level, one_person, two_people in zip([*comparison.levels, differing], m, u, strict=True)
    ]
    return {"output_column_name": name, "comparison_levels": [silent, *levels]}
