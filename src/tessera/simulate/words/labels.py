"""What a text can be about: the planted truth, as small integer codes.

A code is an index into one of the tuples below. Not every combination is something people write:
:func:`intent_shares` says how often a topic in a mood comes with which wish, and 0 means never.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tessera.simulate.words.files import read_yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Kind = Literal["ticket", "review", "survey", "social"]
KINDS: tuple[Kind, ...] = get_args(Kind)
SENTIMENTS = ("negative", "neutral", "positive")
TOPICS = (
    "late_delivery",
    "damaged_item",
    "wrong_item",
    "quality",
    "size_or_fit",
    "price",
    "refund",
    "return_process",
    "payment",
    "account",
    "product_question",
    "stock",
    "website",
    "praise_service",
    "praise_product",
    "competitor",
)
INTENTS = (
    "complaint",
    "request_refund",
    "request_return",
    "request_replacement",
    "track_order",
    "ask_product",
    "cancel_order",
    "close_account",
    "change_address",
    "praise",
    "compare_price",
    "suggest",
)
STYLES = ("terse", "plain", "formal", "chatty", "emotional", "typo_prone")

_OPINIONS = {"complaint": 1.0, "praise": 1.0, "suggest": 1.0, "compare_price": 1.0}
OUT_IN_PUBLIC = {
    "review": _OPINIONS | {"ask_product": 0.2},
    "survey": _OPINIONS,
    "social": _OPINIONS
    | {"ask_product": 1.0, "request_refund": 0.2, "request_replacement": 0.1, "track_order": 0.2},
}
"""What people want in reviews, surveys and mentions, against tickets; the rest they never want.
Whoever wants something done about an order does not ask for it in a review or a survey."""


class LabelError(ValueError):
    """Codes that mean nothing, or a combination that nobody writes."""


@dataclass(frozen=True)
class Labels:
    """What each text is to say: arrays of codes, one per text."""

    sentiment: NDArray[np.int8]
    topic: NDArray[np.int8]
    intent: NDArray[np.int8]
    style: NDArray[np.int8]

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.sentiment)

    def between(self, start: int, stop: int) -> Labels:
        """Return the labels of texts that follow each other."""
        window = slice(start, stop)
        return Labels(
            self.sentiment[window], self.topic[window], self.intent[window], self.style[window]
        )

    def require_valid(self) -> None:
        """Refuse codes that are none, unequal lengths, and topics without that sentiment.

        Raises
        ------
        LabelError
            The message names the array, the first wrong row and what was expected.
        """
        names = {
            "sentiment": SENTIMENTS,
            "topic": TOPICS,
            "intent": INTENTS,
            "style": STYLES,
        }
        for name, words in names.items():
            _require_codes(name, getattr(self, name), words, len(self))
        is_written = intent_shares("ticket").sum(axis=2)[self.topic, self.sentiment] > 0
        _require_written(is_written, self.topic, self.sentiment)


def draw_intents(
    rng: np.random.Generator, kind: Kind, topic: NDArray[np.int8], sentiment: NDArray[np.int8]
) -> NDArray[np.int8]:
    """Draw what each writer wants, given what about and in which mood.

    Raises
    ------
    LabelError
        Nobody writes about that topic in that mood.
    """
    shares = intent_shares(kind)[topic, sentiment]
    _require_written(shares.sum(axis=1) > 0, topic, sentiment)
    edges = shares.cumsum(axis=1)
    beyond = rng.random((len(topic), 1)) * edges[:, -1:] >= edges
    intents: NDArray[np.int8] = beyond.sum(axis=1).astype(np.int8)
    return intents


def is_sensible(
    topic: NDArray[np.int8], sentiment: NDArray[np.int8], intent: NDArray[np.int8]
) -> NDArray[np.bool_]:
    """Return which combinations people write, in a ticket at least."""
    sensible: NDArray[np.bool_] = intent_shares("ticket")[topic, sentiment, intent] > 0
    return sensible


@cache
def intent_shares(kind: Kind) -> NDArray[np.float64]:
    """Return how often each intent comes with a topic and a sentiment.

    Returns
    -------
    Shape (topics, sentiments, intents), read-only. Each row sums to 1, or to 0 where nobody writes
    about the topic in that mood.
    """
    weights = np.zeros((len(TOPICS), len(SENTIMENTS), len(INTENTS)))
    for topic, moods in read_yaml("grammars/intents.yml").items():
        for sentiment, intents in moods.items():
            for intent, weight in intents.items():
                public = 1.0 if kind == "ticket" else OUT_IN_PUBLIC[kind].get(intent, 0.0)
                cell = TOPICS.index(topic), SENTIMENTS.index(sentiment), INTENTS.index(intent)
                weights[cell] = weight * public
    totals = weights.sum(axis=2, keepdims=True)
    shares: NDArray[np.float64] = np.divide(weights, totals, out=weights, where=totals > 0)
    shares.flags.writeable = False
    return shares


def _require_codes(name: str, codes: NDArray[np.int8], words: Sequence[str], rows: int) -> None:
    if codes.shape != (rows,):
        raise LabelError(f"{name} has shape {codes.shape}, expected ({rows},): a code per text")
    wrong = np.flatnonzero((codes < 0) | (codes >= len(words)))
    if len(wrong):
        first = int(wrong[0])
        raise LabelError(
            f"{name}[{first}] is {int(codes[first])}, expected 0 to {len(words) - 1}: "
            + ", ".join(words)
        )


def _require_written(
    is_written: NDArray[np.bool_], topic: NDArray[np.int8], sentiment: NDArray[np.int8]
) -> None:
    if is_written.all():
        return
    first = int(np.flatnonzero(~is_written)[0])
    raise LabelError(
        f"row {first}: nobody writes about {TOPICS[topic[first]]} in a "
        f"{SENTIMENTS[sentiment[first]]} mood; see grammars/intents.yml"
    )
