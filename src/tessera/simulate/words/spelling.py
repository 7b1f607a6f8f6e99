"""From lines to texts: templates drawn, slots filled, pieces gathered and joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.words.grammar import A_PRODUCT_SLOT, PRODUCT_SLOT
from tessera.simulate.words.pieces import expand_ranges, join_pieces
from tessera.simulate.words.voices import SLOPPY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tessera.simulate.words.grammar import Grammar


@dataclass(frozen=True)
class Names:
    """What products are called: different names, and which of them each text is about.

    Attributes
    ----------
    words
        Shape (names,): every name once.
    codes
        Shape (texts,): a place in ``words``.
    """

    words: pa.StringArray
    codes: NDArray[np.int64]


def spell_lines(
    rng: np.random.Generator,
    grammar: Grammar,
    lines: NDArray[np.int64],
    voices: NDArray[np.int64],
    names: Names,
) -> pa.StringArray:
    """Write the texts that the lines say.

    Parameters
    ----------
    lines
        Shape (texts, parts); 0 says nothing.
    voices
        Shape (texts,).

    Returns
    -------
    One text per row. A slot that comes twice in a text is filled with the same words.
    """
    templates = _draw_between(rng, grammar.template_starts, lines).ravel()
    starts = grammar.piece_starts[templates]
    counts = grammar.piece_starts[templates + 1] - starts
    pieces = grammar.pieces[expand_ranges(starts, counts)]
    pieces_of_text = counts.reshape(lines.shape).sum(axis=1)
    text = np.repeat(np.arange(len(lines)), pieces_of_text)
    is_open = pieces < 0
    fillers = _fill_slots(rng, grammar, voices, names)
    filled = fillers[text[is_open], -1 - pieces[is_open]]
    places = pieces + voices[text] * grammar.words
    places[is_open] = filled
    lexicon = pa.concat_arrays([grammar.lexicon, *_product_words(names.words)])
    return pc.utf8_rtrim(join_pieces(lexicon.take(pa.array(places)), pieces_of_text), " ")


def _fill_slots(
    rng: np.random.Generator, grammar: Grammar, voices: NDArray[np.int64], names: Names
) -> NDArray[np.int64]:
    """Return the place in the lexicon of what fills each slot of each text: (texts, slots)."""
    starts = grammar.filler_starts
    drawn = rng.random((len(voices), len(starts) - 1)) * np.diff(starts)
    places = starts[:-1] + drawn.astype(np.int64) + (voices * grammar.words)[:, None]
    # products stand behind the lexicon: as they are, in small letters, and both again with "a"
    is_sloppy = (voices == SLOPPY).astype(np.int64)
    product = len(grammar.lexicon) + is_sloppy * len(names.words) + names.codes
    places[:, PRODUCT_SLOT] = product
    places[:, A_PRODUCT_SLOT] = product + 2 * len(names.words)
    return places


def _product_words(names: pa.StringArray) -> list[pa.StringArray]:
    """Return the names as they are, in small letters, and both with an article."""
    small = pc.utf8_lower(names)
    return [names, small, _with_article(names), _with_article(small)]


def _with_article(names: pa.StringArray) -> pa.StringArray:
    article = pc.if_else(pc.match_substring_regex(names, "^(?i:[aeio]|un|um|up)"), "an ", "a ")
    return pc.binary_join_element_wise(article, names, "")


def _draw_between(
    rng: np.random.Generator, starts: NDArray[np.int64], groups: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Draw a member of each group, where group g has the members starts[g] to starts[g + 1]."""
    first, count = starts[groups], starts[groups + 1] - starts[groups]
    drawn: NDArray[np.int64] = first + (rng.random(groups.shape) * count).astype(np.int64)
    return drawn
