"""A column of words as a few numbers: which subjects a text is about, each told by its words.

TF-IDF over a small vocabulary, then a truncated singular value decomposition (latent semantic
analysis: Deerwester et al. 1990). Vocabulary, weights and subjects are frozen at the fit.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd
    from numpy.typing import NDArray

    from tessera.segmentation.features import SegmentFeature

    Floats = NDArray[np.float64]

MOST_WORDS = 200
"""Words of the vocabulary: the most frequent ones; a decomposition of these is a matter of ms."""

SUBJECTS = 3
"""Numbers per text column; each adds a dimension, and distance bears few."""

BEARERS = 0.01
"""Share of customers who must use a word (and at least 5), so that no word tells of one person."""

BEARERS_AT_LEAST = 5
TOLD_WORDS = 3
"""Words a subject is told by."""

CLIP = 3.0
WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Words:
    """How one column of texts becomes numbers.

    Attributes
    ----------
    name
        The feature.
    vocabulary
        The words that count.
    rarity
        The inverse document frequency of each.
    subjects
        Shape (subjects, words): what each number adds up.
    centers, scales
        Mean and deviation of each subject at the fit.
    weight
        How far one deviation reaches.
    """

    name: str
    vocabulary: tuple[str, ...]
    rarity: Floats
    subjects: Floats
    centers: Floats
    scales: Floats
    weight: float

    @property
    def columns(self) -> tuple[str, ...]:
        """Return each subject's name: the words that count most in it."""
        order = np.argsort(-np.abs(self.subjects), axis=1, kind="stable")[:, :TOLD_WORDS]
        return tuple(f"{self.name}: {', '.join(self.vocabulary[i] for i in row)}" for row in order)

    def strengths(self, frame: pd.DataFrame) -> Floats:
        """Return how much each row is about each subject, in deviations; 0 for an empty text."""
        counted = word_counts(frame[self.name], self.vocabulary)
        raw = _normed(counted * self.rarity) @ self.subjects.T
        strengths = np.clip((raw - self.centers) / self.scales, -CLIP, CLIP)
        return np.where(frame[self.name].isna().to_numpy()[:, None], 0.0, strengths)

    def points(self, frame: pd.DataFrame) -> Floats:
        """Return the strengths in the unit of distances."""
        return self.strengths(frame) * self.weight

    def as_plain(self) -> dict[str, Any]:
        """Return lists and numbers only, ready for JSON."""
        arrays = ("rarity", "subjects", "centers", "scales")
        plain = {name: getattr(self, name).tolist() for name in arrays}
        return plain | {
            "name": self.name,
            "vocabulary": list(self.vocabulary),
            "weight": self.weight,
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Words:
        """Read what :meth:`as_plain` wrote."""
        names = ("rarity", "subjects", "centers", "scales")
        arrays = {name: np.array(plain[name], dtype=np.float64) for name in names}
        vocabulary = tuple(plain["vocabulary"])
        return cls(name=plain["name"], vocabulary=vocabulary, weight=plain["weight"], **arrays)


def fit_words(frame: pd.DataFrame, feature: SegmentFeature) -> Words | None:
    """Learn vocabulary and subjects from the rows of ``frame``; None when no word is shared."""
    texts = frame[feature.name].dropna()
    vocabulary = _vocabulary(texts)
    if not vocabulary:
        return None
    counted = word_counts(texts, vocabulary)
    rarity = np.log((1 + len(texts)) / (1 + (counted > 0).sum(axis=0))) + 1.0
    weighed = _normed(counted * rarity)
    subjects = np.linalg.svd(weighed, full_matrices=False)[2][:SUBJECTS]
    # A singular vector is known but for its sign: its largest entry is made positive.
    largest = np.abs(subjects).argmax(axis=1)
    subjects = subjects * np.sign(subjects[np.arange(len(subjects)), largest])[:, None]
    raw = weighed @ subjects.T
    spread = raw.std(axis=0)
    return Words(
        name=feature.name,
        vocabulary=vocabulary,
        rarity=rarity,
        subjects=subjects,
        centers=raw.mean(axis=0),
        scales=np.where(spread > 0, spread, 1.0),
        weight=feature.weight,
    )


def words_of(text: str) -> list[str]:
    """Return the words of a text; addresses and whatever holds a digit are passed over.

    >>> words_of("Garden tools, mail jo@shop.example order A17")
    ['garden', 'tools', 'mail', 'order']
    """
    plain = [
        part for part in text.lower().split() if "@" not in part and not re.search(r"\d", part)
    ]
    return WORD.findall(" ".join(plain))


def word_counts(texts: Iterable[Any], vocabulary: tuple[str, ...]) -> Floats:
    """Return how often each word of the vocabulary stands in each text."""
    places = {word: place for place, word in enumerate(vocabulary)}
    told = list(texts)
    counts = np.zeros((len(told), len(vocabulary)))
    for row, text in enumerate(told):
        for word in words_of(text) if isinstance(text, str) else ():
            if word in places:
                counts[row, places[word]] += 1.0
    return counts


def _vocabulary(texts: pd.Series) -> tuple[str, ...]:
    bearers = Counter(word for text in texts for word in sorted(set(words_of(str(text)))))
    enough = max(BEARERS_AT_LEAST, BEARERS * len(texts))
    shared = [(word, count) for word, count in bearers.items() if count >= enough]
    most = sorted(shared, key=lambda item: (-item[1], item[0]))[:MOST_WORDS]
    return tuple(sorted(word for word, _ in most))


def _normed(rows: Floats) -> Floats:
    lengths = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    normed: Floats = rows / np.where(lengths > 0, lengths, 1.0)
    return normed
