"""Texts in which the truth is planted: what customers write, by the million.

No text is looked at by itself: lines are drawn for all, their pieces are gathered with one take and
joined by their offsets (:mod:`.pieces`), and slips of the finger are made on the bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.words.grammar import load_grammar
from tessera.simulate.words.labels import LabelError, Labels
from tessera.simulate.words.plans import plan_lines, plan_subjects
from tessera.simulate.words.spelling import Names, spell_lines
from tessera.simulate.words.typos import plant_typos

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from tessera.simulate.words.grammar import Grammar
    from tessera.simulate.words.labels import Kind

VOICE_SHARES = (
    # full, short, loud, sloppy
    (0.5, 0.5, 0.0, 0.0),  # terse
    (0.5, 0.5, 0.0, 0.0),  # plain
    (1.0, 0.0, 0.0, 0.0),  # formal
    (0.1, 0.9, 0.0, 0.0),  # chatty
    (0.0, 0.3, 0.7, 0.0),  # emotional
    (0.0, 0.25, 0.0, 0.75),  # typo-prone
)
SLIPS_PER_THOUSAND_LETTERS = (0.5, 0.3, 0.1, 0.8, 1.5, 12.0)
"""By style. Twelve are one in a line of text: plenty, and still easy to read."""
UNNAMED_SHARE = 0.2
"""How often people say "the item" although they know what it is called."""
TEXTS_AT_ONCE = 65_536
"""Bounds the memory: a million tickets took 290 MB, 215 MB of it text. A seed depends on it."""


def write_texts(  # noqa: PLR0913, PLR0917 - four labels are four columns of the truth
    rng: np.random.Generator,
    kind: Kind,
    sentiment: NDArray[np.int8],
    topic: NDArray[np.int8],
    intent: NDArray[np.int8],
    style: NDArray[np.int8],
    product: pa.Array | pa.ChunkedArray | ArrayLike,
) -> pa.StringArray:
    """Write a text for each row: the body of a ticket, a review, an answer or a mention.

    Parameters
    ----------
    rng
        The same state gives the same bytes.
    sentiment, topic, intent, style
        Codes, indices into the tuples of :mod:`.labels`.
    product
        What each text is about, as people would say it ("electric kettle"); NULL: "the item".

    Raises
    ------
    LabelError
        Codes that mean nothing, arrays of unequal length, a topic without that sentiment.
    """
    labels = _labels(sentiment, topic, intent, style)
    return compose_texts(rng, load_grammar(), kind, labels, product)


def write_subjects(
    rng: np.random.Generator,
    sentiment: NDArray[np.int8],
    topic: NDArray[np.int8],
    intent: NDArray[np.int8],
    style: NDArray[np.int8],
    product: pa.Array | pa.ChunkedArray | ArrayLike,
) -> pa.StringArray:
    """Write the subject line of a ticket for each row; see :func:`write_texts`.

    One in five says nothing of the topic ("Question"), as people's subjects do.
    """
    labels, grammar = _labels(sentiment, topic, intent, style), load_grammar()

    def plan(some: Labels) -> NDArray[np.int64]:
        return plan_subjects(rng, grammar, some)

    return _compose(rng, grammar, labels, product, plan)


def compose_texts(
    rng: np.random.Generator,
    grammar: Grammar,
    kind: Kind,
    labels: Labels,
    product: pa.Array | pa.ChunkedArray | ArrayLike,
) -> pa.StringArray:
    """Write texts as :func:`write_texts` does, by any grammar (a part of ours, to hold lines out).

    Raises
    ------
    LabelError
        As there.
    """
    labels.require_valid()

    def plan(some: Labels) -> NDArray[np.int64]:
        return plan_lines(rng, grammar, kind, some)

    return _compose(rng, grammar, labels, product, plan)


def _labels(*codes: NDArray[np.int8]) -> Labels:
    labels = Labels(*(np.asarray(array) for array in codes))
    labels.require_valid()
    return labels


def _compose(
    rng: np.random.Generator,
    grammar: Grammar,
    labels: Labels,
    product: pa.Array | pa.ChunkedArray | ArrayLike,
    plan: Callable[[Labels], NDArray[np.int64]],
) -> pa.StringArray:
    """Plan and spell a bounded number of texts at a time."""
    names = _name_products(rng, grammar, product, len(labels))
    written = []
    for start in range(0, len(labels), TEXTS_AT_ONCE):
        stop = min(start + TEXTS_AT_ONCE, len(labels))
        some = labels.between(start, stop)
        voices = _draw_voices(rng, some.style)
        some_names = Names(names.words, names.codes[start:stop])
        texts = spell_lines(rng, grammar, plan(some), voices, some_names)
        written.append(_slip(rng, texts, some.style))
    return pa.concat_arrays(written) if written else pa.array([], pa.string())


def _name_products(
    rng: np.random.Generator,
    grammar: Grammar,
    product: pa.Array | pa.ChunkedArray | ArrayLike,
    rows: int,
) -> Names:
    """Return the different names of products; some people say "the item" instead."""
    given = product.combine_chunks() if isinstance(product, pa.ChunkedArray) else product
    given = given if isinstance(given, pa.Array) else pa.array(given, pa.string())
    if len(given) != rows:
        raise LabelError(f"product has {len(given)} rows, expected {rows}: one per text")
    encoded = pc.fill_null(given.cast(pa.string()), "").dictionary_encode()
    things = grammar.words_of("thing")
    words = pa.concat_arrays([things, encoded.dictionary])
    codes = encoded.indices.to_numpy().astype(np.int64) + len(things)
    is_unnamed = pc.equal(encoded.dictionary, "").to_numpy(zero_copy_only=False)
    says_thing = is_unnamed[codes - len(things)] | (rng.random(rows) < UNNAMED_SHARE)
    return Names(words, np.where(says_thing, rng.integers(len(things), size=rows), codes))


def _draw_voices(rng: np.random.Generator, style: NDArray[np.int8]) -> NDArray[np.int64]:
    edges = np.cumsum(VOICE_SHARES, axis=1)[style, :-1]
    voices: NDArray[np.int64] = (rng.random((len(style), 1)) >= edges).sum(axis=1)
    return voices


def _slip(
    rng: np.random.Generator, texts: pa.StringArray, style: NDArray[np.int8]
) -> pa.StringArray:
    """Plant typos, as many as the style and the length of a text suggest."""
    letters = pc.binary_length(texts).to_numpy()
    slips = rng.poisson(letters * _SLIPS[style])
    rows = slips > 0
    slipped = plant_typos(rng, texts.filter(pa.array(rows)), slips[rows])
    return pc.replace_with_mask(texts, pa.array(rows), slipped)


_SLIPS = np.array(SLIPS_PER_THOUSAND_LETTERS) / 1000
