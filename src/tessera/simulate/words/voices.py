"""Voices: the same sentence as different people would type it.

Every literal of the grammar is kept once per voice, so that a style costs nothing per text.
"""

from __future__ import annotations

import re

Rules = tuple[tuple[re.Pattern[str], str], ...]
VOICES = ("full", "short", "loud", "sloppy")
FULL, SHORT, LOUD, SLOPPY = range(len(VOICES))

_SHORT: Rules = (
    (re.compile(r"\b(I) am(?= \w)"), r"\1'm"),
    (re.compile(r"\b([Ii]t|[Tt]hat|[Tt]here|[Hh]ere|[Ww]hat) is (?=\w)"), r"\1's "),
    (
        re.compile(r"\b([Dd]o|[Dd]oes|[Dd]id|[Ii]s|[Ww]as|were|could|would|has|have|had) not\b"),
        r"\1n't",
    ),
    (
        re.compile(
            r"\b(I|[Yy]ou|[Ww]e|[Tt]hey) have (?=(?:never |already )?\w+(?:ed|een|ept|old|ten) )"
        ),
        r"\1've ",
    ),
    (re.compile(r"\b(I|[Yy]ou|[Ww]e) would (?=\w)"), r"\1'd "),
    (re.compile(r"\b(I|[Yy]ou|[Ww]e) will (?=\w)"), r"\1'll "),
    (re.compile(r"\b([Cc])annot\b"), r"\1an't"),
    (re.compile(r"\bwill not\b"), "won't"),
)
_LOUD: Rules = ((re.compile(r"(?<=\w)\. $"), "!! "),)
_LOUD_WORDS = re.compile(r"\b(never|still|nothing|nobody|every|best|whole|all|first|weeks)\b")
_SLOPPY: Rules = (
    (re.compile(r"\bplease\b"), "pls"),
    (re.compile(r"\bthank you\b"), "thx"),
    (re.compile(r"\bbecause\b"), "cos"),
    (re.compile(r"\bthough\b"), "tho"),
    (re.compile(r"\byou\b"), "u"),
    (re.compile(r"(?<=\w)'(?=\w)"), ""),
    (re.compile(r"[.,]+ $"), " "),
    (re.compile(r","), ""),
)


def speak(text: str, voice: int) -> str:
    """Return a literal, with its spaces, in one of the voices.

    Examples
    --------
    >>> [speak("I am still waiting, please. ", voice) for voice in range(len(VOICES))]
    ... # doctest: +NORMALIZE_WHITESPACE
    ['I am still waiting, please. ', "I'm still waiting, please. ",
     "I'm STILL waiting, please!! ", 'im still waiting pls ']
    """
    if voice == FULL:
        return text
    spoken = _rewrite(text, _SHORT)
    if voice == LOUD:
        return _LOUD_WORDS.sub(lambda found: found[0].upper(), _rewrite(spoken, _LOUD))
    return _rewrite(spoken.lower(), _SLOPPY) if voice == SLOPPY else spoken


def _rewrite(text: str, rules: Rules) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text
