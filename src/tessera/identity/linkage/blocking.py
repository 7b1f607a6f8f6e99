"""Blocking: which pairs are looked at at all, so that not everybody need meet everybody.

A block is a text that two records of one person are likely to share. There are many, so that any
one field may be missing or misspelt. Narrow ones serve large files and wide ones small files: a
block takes no further records once it is full.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_IN_BLOCK = 100
"""Records that a block may hold. Each record then meets at most 99 others by each kind of block,
so that pairs grow with the records and not with their square: 50,000 records make 2.5 million
pairs of a kind at the very most, which two cores score in seconds. No person has a hundred records,
so a larger block is a common name or a placeholder, whose people share narrower blocks as well."""

FIRST = "replace(first_name, ' ', '')"
LAST = "replace(last_name, ' ', '')"
YEAR = "left(birth_text, 4)"
DAY = "right(birth_text, 4)"
DIGITS = "list_aggregate(list_sort(string_split(birth_text, '')), 'string_agg', '')"


def sound(name: str) -> str:
    """Return the SQL of what mostly survives a misspelling of ``name``.

    Its first letter, and of the others those that are no vowel, h, w or y, doubled ones once:
    ``jonathan`` and ``johnatan`` are ``jntn``.
    """
    rest = f"regexp_replace(substring({name}, 2), '[aeiouyhw]', '', 'g')"
    for letter in "lmnprst":
        rest = f"replace({rest}, '{letter}{letter}', '{letter}')"
    return f"left({name}, 1) || {rest}"


FIRST_SOUND = sound(FIRST)
LAST_SOUND = sound(LAST)

BLOCKS: Mapping[str, Sequence[str]] = {
    "birth_date": ("birth_text",),
    "names": (f"least({FIRST}, {LAST})", f"greatest({FIRST}, {LAST})"),
    "sounds": (FIRST_SOUND, LAST_SOUND),
    "formal_name_and_last_sound": ("formal_name", LAST_SOUND),
    "formal_name_and_last_initial": ("formal_name", "left(last_name, 1)"),
    "last_sound": (LAST_SOUND,),
    "last_sound_and_year": (LAST_SOUND, YEAR),
    "last_sound_and_day": (LAST_SOUND, DAY),
    "first_sound_and_year": (FIRST_SOUND, YEAR),
    "first_sound_and_day": (FIRST_SOUND, DAY),
    "beginnings": ("left(first_name, 2)", "left(last_name, 4)"),
    "initials_and_year": ("left(first_name, 1)", "left(last_name, 1)", YEAR),
    "birth_digits_and_initial": (DIGITS, "left(first_name, 1)"),
    "street": ("street",),
    "postcode": ("postcode",),
    "postcode_and_last": ("postcode", "left(last_name, 3)"),
    "postcode_and_first": ("postcode", "left(first_name, 3)"),
    "postcode_and_year": ("postcode", YEAR),
    "city": ("city",),
    "city_and_last": ("city", LAST_SOUND),
    "city_and_first": ("city", FIRST_SOUND),
    "city_and_month": ("city", "left(birth_text, 6)"),
    "phone": ("phone_digits",),
    "own_address": ("own_address",),
}
"""Kind of block to the SQL of its parts; without one of the parts a record is in none."""


def block_columns(blocks: Mapping[str, Sequence[str]]) -> str:
    """Return the SQL that makes table ``blocked`` of ``records``: a column ``block_<kind>`` each.

    A record has no block where its block was full when the record became known. So records that
    come later take no pair away from those that were there.
    """
    keys = ", ".join(
        f"{' || chr(31) || '.join(parts)} as key_{kind}" for kind, parts in blocks.items()
    )
    admitted = ", ".join(
        f"case when count(*) over (partition by key_{kind} order by known_at) <= {MOST_IN_BLOCK} "
        f"then key_{kind} end as block_{kind}"
        for kind in blocks
    )
    left_out = ", ".join(f"key_{kind}" for kind in blocks)
    return (
        f"create table blocked as select * exclude ({left_out}), {admitted} "  # noqa: S608
        f"from (select *, {keys} from records)"
    )


def blocking_rules(blocks: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the conditions under which two records (l, r) are compared; never of one contact."""
    return [
        f"l.block_{kind} = r.block_{kind} and l.identifier_id <> r.identifier_id" for kind in blocks
    ]
