"""Plans: which parts a text has, by kind and style, and which line says each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tessera.simulate.words.labels import INTENTS, KINDS, SENTIMENTS, STYLES, Kind, Labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tessera.simulate.words.grammar import Grammar

ORDER = (
    "openings",
    "circumstances",
    "asides",
    "statements",
    "statements",
    "consequences",
    "asides",
    "requests",
    "verdicts",
    "closings",
    "tails",
)
"""Parts as they follow each other. An aside comes before the statement or after what followed."""
REQUEST = ORDER.index("requests")
PART_SHARES: Mapping[Kind, tuple[float, ...]] = {
    "ticket": (0.75, 0.7, 0.05, 1.0, 0.75, 0.65, 0.05, 0.6, 0.0, 0.65, 0.03),
    "review": (0.0, 0.5, 0.08, 1.0, 0.7, 0.5, 0.08, 0.3, 0.6, 0.0, 0.08),
    "survey": (0.0, 0.3, 0.06, 1.0, 0.65, 0.5, 0.06, 0.3, 0.15, 0.0, 0.03),
    "social": (0.0, 0.4, 0.06, 1.0, 0.6, 0.45, 0.06, 0.3, 0.2, 0.0, 0.6),
}
"""How often a text has a part, in the order above. The statement is always made."""
STYLE_FACTORS: Mapping[str, tuple[float, ...]] = {
    "terse": (0.2, 0.4, 0.4, 1.0, 0.3, 0.4, 0.4, 0.5, 0.6, 0.3, 0.5),
    "plain": (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0),
    "formal": (1.2, 1.2, 0.7, 1.0, 1.2, 1.0, 0.7, 1.2, 1.0, 1.3, 0.0),
    "chatty": (1.1, 1.3, 1.6, 1.0, 1.4, 1.4, 1.6, 1.2, 1.2, 1.1, 1.2),
    "emotional": (0.9, 0.8, 0.8, 1.0, 1.2, 1.6, 0.8, 1.2, 1.3, 0.8, 1.6),
    "typo_prone": (0.7, 0.8, 0.9, 1.0, 0.9, 0.9, 0.9, 0.9, 0.9, 0.6, 1.3),
}
SAID_BY_MOOD = ("complaint", "praise")
"""What a statement in its mood says already; every other wish has to be put into words."""

VAGUE_SUBJECTS = 0.2
"""Share of subjects that fit any topic."""


def plan_lines(
    rng: np.random.Generator, grammar: Grammar, kind: Kind, labels: Labels
) -> NDArray[np.int64]:
    """Draw the line of each part of each text.

    Returns
    -------
    Shape (texts, parts in :data:`ORDER`); 0 where the part is left out.
    """
    shares = np.array(PART_SHARES[kind]) * _STYLE_FACTORS[labels.style]
    shares[~_SAID_BY_MOOD[labels.intent], REQUEST] = 1.0
    is_said = rng.random(shares.shape) < shares
    drawn = rng.random(shares.shape)
    keys = _keys(kind, labels)
    lines = np.empty(shares.shape, dtype=np.int64)
    for column, part in enumerate(ORDER):
        starts, key = grammar.line_starts[part], keys[part]
        first, count = starts[key], starts[key + 1] - starts[key]
        lines[:, column] = first + (drawn[:, column] * count).astype(np.int64)
    lines[~is_said] = 0
    for column, earlier in _REPEATED:
        # nobody says the same sentence twice
        lines[lines[:, column] == lines[:, earlier], column] = 0
    return lines


def plan_subjects(rng: np.random.Generator, grammar: Grammar, labels: Labels) -> NDArray[np.int64]:
    """Draw the line of each subject: shape (texts, 1)."""
    starts = grammar.line_starts["subjects"]
    vague = len(starts) - 2
    key = np.where(rng.random(len(labels)) < VAGUE_SUBJECTS, vague, labels.topic)
    drawn = rng.random(len(labels)) * (starts[key + 1] - starts[key])
    lines: NDArray[np.int64] = starts[key] + drawn.astype(np.int64)
    return lines[:, None]


def _keys(kind: Kind, labels: Labels) -> dict[str, NDArray[np.int64]]:
    """Return, per part, the key that a text's line is looked up by."""
    sentiment, style = labels.sentiment.astype(np.int64), labels.style.astype(np.int64)
    return {
        "openings": style,
        "circumstances": np.full(len(style), KINDS.index(kind)),
        "asides": sentiment,
        "statements": labels.topic * np.int64(len(SENTIMENTS)) + sentiment,
        "consequences": sentiment,
        "requests": labels.intent.astype(np.int64),
        "verdicts": sentiment,
        "closings": style,
        "tails": sentiment,
    }


_REPEATED = [
    (column, ORDER.index(part)) for column, part in enumerate(ORDER) if ORDER.index(part) < column
]
_STYLE_FACTORS = np.array([STYLE_FACTORS[style] for style in STYLES])
_SAID_BY_MOOD = np.isin(INTENTS, SAID_BY_MOOD)
