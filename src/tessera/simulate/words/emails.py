"""E-mail addresses: put together from a name, a number and a domain, as people do it.

Every domain lies under a name that RFC 2606 reserves, so no address can belong to anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.words.directory import LANGUAGE_OF_COUNTRY, LANGUAGES, load_directory
from tessera.simulate.words.people import draw_by_weight

if TYPE_CHECKING:
    from numpy.typing import NDArray

PATTERNS = (
    # first (0 left out, 1 initial, 2 whole), sign between, last, number at the end
    (2, ".", 2, False),  # anna.weber
    (2, ".", 2, True),  # anna.weber81
    (1, ".", 2, True),  # a.weber81
    (2, "", 2, True),  # annaweber81
    (2, "_", 2, True),  # anna_weber81
    (2, "", 1, True),  # annaw81
    (0, "", 2, True),  # weber81
)
"""Ways to make the part before the @. All but the first carry the number, so it can be unique."""
_FOLDED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "'": "", " ": ""}


@dataclass(frozen=True)
class _Handles:
    """Names as they stand in addresses: nothing, the initial, or the whole, one after the other."""

    first: pa.StringArray
    last: pa.StringArray


def draw_domains(rng: np.random.Generator, country: NDArray[np.int8]) -> NDArray[np.int64]:
    """Draw a domain (a code) for each person, by its weight in the language of the country."""
    domains = load_directory().domains
    spoken = np.arange(len(LANGUAGES))[:, None] == domains.language
    return draw_by_weight(rng, spoken * domains.weight, LANGUAGE_OF_COUNTRY[country])


def spell_emails(
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    number: NDArray[np.int64],
    domain: NDArray[np.int64],
    pattern: NDArray[np.int64],
) -> pa.StringArray:
    """Return the addresses, in small ASCII letters.

    Parameters
    ----------
    first, last, domain
        Codes of the directory.
    number
        What tells namesakes apart. Equal people and numbers give equal addresses.
    pattern
        Indices into :data:`PATTERNS`.
    """
    handles = _handles()
    directory = load_directory()
    length_of_first = np.array([row[0] for row in PATTERNS])[pattern]
    length_of_last = np.array([row[2] for row in PATTERNS])[pattern]
    is_numbered = np.array([row[3] for row in PATTERNS])[pattern]
    firsts, lasts = len(directory.first_names.words), len(directory.last_names.words)
    return pc.binary_join_element_wise(
        handles.first.take(pa.array(length_of_first * firsts + first)),
        pa.array([row[1] for row in PATTERNS]).take(pa.array(pattern)),
        handles.last.take(pa.array(length_of_last * lasts + last)),
        pc.if_else(pa.array(is_numbered), pa.array(number).cast(pa.string()), ""),
        pa.array(["@"]).take(pa.array(np.zeros(len(first), dtype=np.int64))),
        directory.domains.words.take(pa.array(domain)),
        "",
    )


def spell_mistyped_domains(domain: NDArray[np.int64], choice: NDArray[np.int64]) -> pa.StringArray:
    """Return domains as people get them wrong (``gmial.example``).

    Parameters
    ----------
    domain
        Codes.
    choice
        Which of several slips, any number from 0.
    """
    directory = load_directory()
    starts = directory.domain_typo_starts[domain]
    counts = directory.domain_typo_starts[domain + 1] - starts
    return directory.domain_typos.take(pa.array(starts + choice % counts))


def replace_domains(emails: pa.StringArray, domains: pa.StringArray) -> pa.StringArray:
    """Return the addresses with other domains behind the @."""
    local = pc.replace_substring_regex(emails, "@.*$", "@")
    return pc.binary_join_element_wise(local, domains, "")


@cache
def _handles() -> _Handles:
    directory = load_directory()
    return _Handles(
        first=_lengths(directory.first_names.words), last=_lengths(directory.last_names.words)
    )


def _lengths(words: pa.StringArray) -> pa.StringArray:
    folded = pc.utf8_lower(words)
    for letter, ascii_letters in _FOLDED.items():
        folded = pc.replace_substring(folded, letter, ascii_letters)
    nothing = pa.array([""] * len(words))
    return pa.concat_arrays([nothing, pc.utf8_slice_codeunits(folded, 0, 1), folded])
