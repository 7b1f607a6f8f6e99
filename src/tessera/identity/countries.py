"""Countries as people write them: a code, a name in their own language, a nickname.

Names come with phonenumbers, which carries them in some twenty languages.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from phonenumbers import SUPPORTED_REGIONS
from phonenumbers.geodata.locale import LOCALE_DATA

if TYPE_CHECKING:
    import pandas as pd

ALSO_CALLED = {
    "GB": ("uk", "great britain", "england", "scotland", "wales", "northern ireland", "gbr"),
    "US": ("usa", "america", "united states of america", "the united states"),
    "NL": ("holland", "the netherlands", "nld"),
    "CZ": ("czech republic", "czechia", "cze"),
    "AE": ("uae", "are"),
    "KR": ("korea", "kor"),
    "DE": ("deu", "ger", "brd", "federal republic of germany"),
    "AT": ("aut",),
    "CH": ("che", "sui"),
    "FR": ("fra",),
    "IT": ("ita",),
    "ES": ("esp",),
    "PT": ("prt",),
    "BE": ("bel",),
    "LU": ("lux",),
    "DK": ("dnk",),
    "SE": ("swe",),
    "NO": ("nor",),
    "FI": ("fin",),
    "PL": ("pol",),
    "IE": ("irl",),
    "CA": ("can",),
    "AU": ("aus",),
    "NZ": ("nzl",),
    "BR": ("bra",),
    "MX": ("mex",),
    "IN": ("ind",),
    "CN": ("chn",),
    "JP": ("jpn",),
}
"""What else a country goes by: names that are not the official one, codes of three letters."""


def region_of_country(country: str | None) -> str | None:
    """Return the ISO code (two letters) of a country, or None when nobody can tell.

    Parameters
    ----------
    country
        A code or a name, in any case.

    Examples
    --------
    >>> [region_of_country(text) for text in ("de", "Germany", "U.S.A.", "Österreich", "Utopia")]
    ['DE', 'DE', 'US', 'AT', None]
    """
    if not isinstance(country, str):
        return None
    text = country.strip()
    if text.upper() in SUPPORTED_REGIONS:
        return text.upper()
    return _regions_by_name().get(_plain(text))


def most_named_country(countries: pd.DataFrame) -> str | None:
    """Return the ISO code of the country that most ``records`` name, the first among equals.

    Examples
    --------
    >>> import pandas as pd
    >>> written = pd.DataFrame({"country": ["FR", "de", "Germany"], "records": [3, 2, 2]})
    >>> most_named_country(written)
    'DE'
    """
    regions = countries["country"].map(region_of_country)
    records = countries["records"].groupby(regions).sum().sort_index()
    return None if records.empty else str(records.idxmax())


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace(".", "").split())


@cache
def _regions_by_name() -> dict[str, str]:
    """Return the code of each name; a name that two countries share is nobody's."""
    owners: dict[str, set[str]] = {}
    for region in sorted(SUPPORTED_REGIONS):
        for name in LOCALE_DATA.get(region, {}).values():
            if not name.startswith("*"):  # `*aa` refers to another language's name
                owners.setdefault(_plain(name), set()).add(region)
    regions = {name: min(codes) for name, codes in owners.items() if len(codes) == 1}
    also = {name: region for region, names in ALSO_CALLED.items() for name in names}
    return regions | also
