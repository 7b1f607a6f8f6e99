"""The files of the grammar, as lists of templates: which lines a part has, by key.

``(this|that)`` in a line makes several templates of it; ``{slot}`` stays open until a text is
written, and ``{Slot}`` begins with a capital letter.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, TypeAlias

from tessera.simulate.words.files import read_yaml
from tessera.simulate.words.labels import INTENTS, KINDS, SENTIMENTS, STYLES, TOPICS

if TYPE_CHECKING:
    from collections.abc import Sequence

Part: TypeAlias = list[list[list[str]]]
"""Templates by key (in the order of the codes) and line."""
PRODUCT, A_PRODUCT = "product", "a product"
KEYS = {
    "openings": STYLES,
    "circumstances": KINDS,
    "asides": SENTIMENTS,
    "consequences": SENTIMENTS,
    "requests": INTENTS,
    "verdicts": SENTIMENTS,
    "closings": STYLES,
    "tails": SENTIMENTS,
    "subjects": (*TOPICS, "any"),
}
"""What the lines of a part depend on; those of statements on topic and sentiment."""
_CHOICE = re.compile(r"\(([^()]*)\)")
_ARTICLE = re.compile(r"\ba \{product\}")


class GrammarError(ValueError):
    """A grammar file cannot be read; the message says which, where, and what was expected."""


def read_parts() -> dict[str, Part]:
    """Return the templates of every line, by part, key (in the order of codes) and line.

    Raises
    ------
    GrammarError
        A file lacks a key, or has one that means nothing.
    """
    frames = read_yaml("grammars/frames.yml")
    parts = {part: _read_part(f"{part}.yml", keys) for part, keys in KEYS.items()}
    parts["requests"] = [
        lines + _frame(frames["requests"], "wish", frames["wishes"][intent])
        for intent, lines in zip(INTENTS, parts["requests"], strict=True)
    ]
    parts["statements"] = [
        _with_frames(lines, frames["statements"][sentiment], frames["aspects"][topic])
        for topic in TOPICS
        for sentiment, lines in zip(
            SENTIMENTS, _read_part(f"statements/{topic}.yml", SENTIMENTS), strict=True
        )
    ]
    return parts


def read_fillers() -> dict[str, list[str]]:
    """Return what may fill each slot; the product's two slots come first and are empty."""
    fillers: dict[str, list[str]] = {PRODUCT: [], A_PRODUCT: []}
    for slot, words in read_yaml("grammars/fillers.yml").items():
        fillers[slot] = [spelt for word in words for spelt in expand_choices(str(word))]
        fillers[slot.capitalize()] = list(map(capitalise, fillers[slot]))
    return fillers


def expand_choices(line: str) -> list[str]:
    """Return what a line says, once for each combination of its choices.

    Examples
    --------
    >>> expand_choices("It (came|arrived) late.")
    ['It came late.', 'It arrived late.']
    """
    pieces = _CHOICE.split(line)
    choices = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return ["".join(chosen) for chosen in itertools.product(*choices)]


def capitalise(words: str) -> str:
    """Return the words with a capital at the beginning, the rest as it is."""
    return words[:1].upper() + words[1:]


def _read_part(name: str, keys: Sequence[str]) -> Part:
    lines = read_yaml(f"grammars/{name}")
    if unknown := sorted(set(lines) - set(keys)):
        raise GrammarError(f"grammars/{name}: unknown key {unknown[0]!r}, expected {list(keys)}")
    if not name.startswith("statements/") and (missing := sorted(set(keys) - set(lines))):
        raise GrammarError(f"grammars/{name}: key {missing[0]!r} is missing")
    return [[_templates(line) for line in lines.get(key, [])] for key in keys]


def _with_frames(lines: list[list[str]], frames: list[str], aspects: list[str]) -> list[list[str]]:
    """Return the lines and those of the frames; none where the topic is never in that mood."""
    return lines + _frame(frames, "aspect", aspects) if lines else []


def _frame(frames: list[str], slot: str, phrases: list[str]) -> list[list[str]]:
    """Return a line for each frame, in which any of the phrases may stand."""
    spelt = {f"{{{slot}}}": phrases, f"{{{slot.capitalize()}}}": list(map(capitalise, phrases))}
    return [
        [
            # bars part the phrase from its frame, so that each is kept once and not every pair
            _ARTICLE.sub(f"{{{A_PRODUCT}}}", template.replace(place, f"|{phrase}|"))
            for template in expand_choices(frame)
            for place, spelt_phrases in spelt.items()
            if place in template
            for phrase in spelt_phrases
        ]
        for frame in frames
    ]


def _templates(line: str) -> list[str]:
    return [_ARTICLE.sub(f"{{{A_PRODUCT}}}", spelt) for spelt in expand_choices(line)]
