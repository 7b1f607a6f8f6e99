"""What to say of a name that does not follow the grammar: the wrong word, and the nearest."""

from __future__ import annotations

import difflib
import re

from tessera.features import words

_STRUCTURE = re.compile(r"^(\d+d|lifetime|over|first|last|days|since|year)$")


def helping_hand(name: str) -> str:
    """Name the first unknown word of ``name`` and the nearest known one, in one line."""
    tables = (words.SUBJECTS, words.CONDITIONS, words.MEASURES, words.AGGREGATES)
    known = [word for table in tables for word in table]
    parts = {part for word in known for part in word.split("_")}
    for word in name.split("_"):
        if word in parts or _STRUCTURE.match(word):
            continue
        near = [words.SYNONYMS[word]] if word in words.SYNONYMS else []
        near = near or difflib.get_close_matches(word, known, n=1, cutoff=0.5)
        hand = f"; did you mean '{near[0]}'?" if near else f"; known words: {', '.join(known)}"
        return f"unknown word '{word}' in '{name}'{hand}"
    return f"'{name}' does not read <subject>_[<condition>_][<measure>_]<aggregate>_<window>"
