"""What people say, and what they mean by it: shared by tickets, reviews, surveys and mentions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.rows import repeated, words
from tessera.simulate.words import (
    INTENTS,
    SENTIMENTS,
    TOPICS,
    draw_intents,
    intent_shares,
    write_subjects,
    write_texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from tessera.simulate.words import Kind
    from tessera.simulate.world import Block

NEGATIVE, NEUTRAL, POSITIVE = range(3)

OF_PARCELS = (
    "late_delivery", "damaged_item", "wrong_item", "return_process", "payment", "stock",
)  # fmt: skip
"""Topics whose texts or wishes speak of something on its way: not of purchases in a shop."""


@dataclass(frozen=True)
class Remarks:
    """Remarks of people, arrays of shape (remarks,).

    Attributes
    ----------
    person
        Index into the people.
    day
        When it was made.
    order
        Index of the order it is about, -1 for none.
    topic, sentiment
        Indices of ``words.TOPICS`` and ``words.SENTIMENTS``.
    """

    person: NDArray[np.int64]
    day: NDArray[np.float64]
    order: NDArray[np.int64]
    topic: NDArray[np.int8]
    sentiment: NDArray[np.int8]

    def __len__(self) -> int:
        """Count the remarks."""
        return len(self.person)

    def in_time_order(self, before: float) -> Remarks:
        """Return the remarks of the history that the feeds show, by time."""
        shown = np.flatnonzero((self.day >= 0) & (self.day < before))
        shown = shown[np.lexsort((self.person[shown], self.day[shown]))]
        return Remarks(
            self.person[shown],
            self.day[shown],
            self.order[shown],
            self.topic[shown],
            self.sentiment[shown],
        )


def joined(parts: list[Remarks]) -> Remarks:
    """Return the remarks of several occasions as one."""
    return Remarks(
        *(
            np.concatenate([getattr(part, name) for part in parts])
            for name in Remarks.__dataclass_fields__
        )
    )


def draw_topics(
    rng: np.random.Generator, shares: Mapping[str, float], count: int
) -> NDArray[np.int8]:
    """Draw topics by the shares of their names."""
    codes = np.array([TOPICS.index(name) for name in shares], np.int8)
    weights = np.array(list(shares.values()))
    return rng.choice(codes, count, p=weights / weights.sum())


def draw_order_topics(
    rng: np.random.Generator, shares: Mapping[str, float], in_store: NDArray[np.bool_]
) -> NDArray[np.int8]:
    """Draw topics of orders by the shares of their names; of parcels only where one was sent."""
    carried = {name: share for name, share in shares.items() if name not in OF_PARCELS}
    sent, taken = (draw_topics(rng, each, len(in_store)) for each in (shares, carried))
    return np.where(in_store, taken, sent)


def draw_sentiments(
    rng: np.random.Generator,
    kind: Kind,
    topic: NDArray[np.int8],
    shares: NDArray[np.float64],
) -> NDArray[np.int8]:
    """Draw moods by shares, of shape (3,) or (remarks, 3), as far as the topic allows them."""
    allowed = shares * (intent_shares(kind).sum(axis=2) > 0)[topic]
    edges = np.cumsum(allowed, axis=1)
    beyond = rng.random((len(topic), 1)) * edges[:, -1:] >= edges
    return np.asarray(beyond.sum(axis=1), np.int8)


def say(
    rng: np.random.Generator, block: Block, kind: Kind, remarks: Remarks
) -> tuple[pa.StringArray, NDArray[np.int8]]:
    """Write each remark in its person's style, and return it with its intent."""
    intent = draw_intents(rng, kind, remarks.topic, remarks.sentiment)
    style = block.people.of("style", remarks.person, remarks.day)
    about = things(block, remarks.order)
    text = write_texts(rng, kind, remarks.sentiment, remarks.topic, intent, style, about)
    return text, intent


def title(
    rng: np.random.Generator, block: Block, remarks: Remarks, intent: NDArray[np.int8]
) -> pa.StringArray:
    """Write the subject line of each remark."""
    style = block.people.of("style", remarks.person, remarks.day)
    about = things(block, remarks.order)
    return write_subjects(rng, remarks.sentiment, remarks.topic, intent, style, about)


def things(block: Block, order: NDArray[np.int64]) -> pa.Array:
    """Return what people call the first product of orders; NULL for no order."""
    product = pa.array(block.baskets.first_products(order), mask=order < 0)
    return block.world.catalogue.spoken_name.take(product)


def remark_truth(
    feed: str,
    ids: pa.StringArray,
    remarks: Remarks,
    intent: NDArray[np.int8],
    number: NDArray[np.int64],
) -> pa.Table:
    """Return what remarks really meant: one row per ticket or feedback.

    Parameters
    ----------
    feed, ids
        Where the remark stands, and under which id.
    number
        The shop-wide number of each remark's person.
    """
    return pa.table(
        {
            "feed": repeated(feed, len(remarks)),
            "id": ids,
            "person": number,
            "sentiment": words(SENTIMENTS, remarks.sentiment).cast(pa.string()),
            "topic": words(TOPICS, remarks.topic).cast(pa.string()),
            "intent": words(INTENTS, intent).cast(pa.string()),
        }
    )
