"""Numbering plans: what the numbers of each country code look like when written in full."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import phonenumbers

if TYPE_CHECKING:
    import pandas as pd

_IN_FULL = re.compile(r"^\s*(?:\+|00)\s*([1-9][0-9]{0,2})")
_PLAIN = re.compile(r"\+[1-9][0-9]{6,14}")


@dataclass(frozen=True)
class _NumberingPlan:
    """How many digits the numbers of a country code have, and how calls from within begin."""

    lengths: frozenset[int]
    trunk: re.Pattern[str]


@cache
def _numbering_plans() -> dict[str, _NumberingPlan]:
    """Return the plan of each country code; of the codes of no country (satellites) none."""
    plans = {}
    for code, regions in phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items():
        metadata = phonenumbers.PhoneMetadata.metadata_for_region(regions[0])
        if metadata is not None and metadata.general_desc is not None:
            lengths = frozenset(metadata.general_desc.possible_length)
            trunk = re.compile(f"0|{metadata.national_prefix_for_parsing or '0'}")
            plans[str(code)] = _NumberingPlan(lengths, trunk)
    return plans


def national_part(text: str) -> str | None:
    """Return what follows the country code of a text that is E.164 as it stands, or None.

    The short way for the many numbers that a machine wrote, of which parsing would change nothing:
    a plus, a country code, digits of a possible length that do not begin as a call from within the
    country does.

    Examples
    --------
    >>> [national_part(text) for text in ("+493023125017", "+4903023125017", "+49 30 2", "+4930")]
    ['3023125017', None, None, None]
    """
    if not _PLAIN.fullmatch(text):
        return None
    for length in (1, 2, 3):
        plan = _numbering_plans().get(text[1 : 1 + length])
        if plan is not None:
            national = text[1 + length :]
            is_whole = len(national) in plan.lengths and not plan.trunk.match(national)
            return national if is_whole else None
    return None


def most_dialled_country(phones: pd.DataFrame) -> str | None:
    """Return the ISO code of the country that most phones written in full belong to.

    Examples
    --------
    >>> import pandas as pd
    >>> written = ["+49 30 1", "0049 40 2", "+41 79 3", "030 4"]
    >>> most_dialled_country(pd.DataFrame({"phone": written}))
    'DE'
    """
    in_full = phones["phone"].str.extract(_IN_FULL, expand=False).dropna()
    regions = in_full.map(_region_of_code).dropna()
    return None if regions.empty else str(regions.value_counts().sort_index().idxmax())


def _region_of_code(digits: str) -> str | None:
    """Return the (main) country whose code three digits begin with; no code begins another."""
    for length in (1, 2, 3):
        if digits[:length] in _numbering_plans():
            return str(phonenumbers.region_code_for_country_code(int(digits[:length])))
    return None
