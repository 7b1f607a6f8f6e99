"""What to say of a name that does not follow the grammar: the wrong word, and the nearest."""

from __future__ import annotations

import difflib
import re

from tessera.features import words

_STRUCTURE = re.compile(r"^(\d+d|lifetime|over|first|last|days|since|year)$")


def helping_hand(name: str, *, is_own: bool) -> str:
    """Name the first unknown word of ``name`` and the nearest known one, in one line.

    In a name of a user's own feature a word may be the user's own; subject and aggregate may not.
    """
    if name.split("_", maxsplit=1)[0] in words.STATE_SUBJECTS:
        near = difflib.get_close_matches(name, words.STATES, n=1, cutoff=0.5)
        hand = f"; did you mean '{near[0]}'?" if near else f"; states: {', '.join(words.STATES)}"
        return f"'{name}' is no known state{hand}"
    tables = (words.SUBJECTS, words.CONDITIONS, words.MEASURES, words.AGGREGATES)
    known = [word for table in tables for word in table]
    parts = {part for word in known for part in word.split("_")}
    for word in name.split("_"):
        is_fine = word in parts or _STRUCTURE.match(word)
        if is_fine or (is_own and word not in words.SYNONYMS):
            continue
        near = [words.SYNONYMS[word]] if word in words.SYNONYMS else []
        near = near or difflib.get_close_matches(word, known, n=1, cutoff=0.5)
        hand = f"; did you mean '{near[0]}'?" if near else f"; known words: {', '.join(known)}"
        return f"unknown word '{word}' in '{name}'{hand}"
    said = f"'{name}' does not read <subject>_[<condition>_][<measure>_]<aggregate>_<window>"
    if not is_own:
        return said
    subjects, aggregates = (", ".join(table) for table in (words.SUBJECTS, words.AGGREGATES))
    return f"{said}; subjects: {subjects}; aggregates: {aggregates}; windows: 30d, …, lifetime"
