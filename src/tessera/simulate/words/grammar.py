"""The grammar of texts, flattened into arrays from which texts are written by the million.

A text is a row of *parts* (an opening, a statement, a request …). A part has *lines* by key: a
statement by topic and sentiment, a request by intent. A line has *templates*, one per combination
of its choices, and a template *pieces*: literals, and slots between them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from tessera.simulate.words.grammar_files import GrammarError, Part, read_fillers, read_parts
from tessera.simulate.words.voices import VOICES, speak

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

PRODUCT_SLOT, A_PRODUCT_SLOT = 0, 1
_PIECE = re.compile(r"\{[^{}]*\}|[^{}|]+")


@dataclass(frozen=True)
class Grammar:
    """All lines, one after the other; ``starts`` say which belong together.

    Attributes
    ----------
    line_starts
        Per part, shape (keys + 1,): the lines of each key.
    template_starts
        Shape (lines + 1,): the templates of each line. Line 0 is empty: nothing is said.
    piece_starts
        Shape (templates + 1,): the pieces of each template.
    pieces
        The place of a literal in the lexicon, or -1 - slot.
    slots
        Name -> slot. Slots 0 and 1 are the product without and with "a"; the caller brings it.
    filler_starts
        Shape (slots + 1,): the places in the lexicon of what may fill each slot.
    lexicon
        The literals and fillers of a voice, voice after voice.
    words
        Strings in each voice.
    """

    line_starts: Mapping[str, NDArray[np.int64]]
    template_starts: NDArray[np.int64]
    piece_starts: NDArray[np.int64]
    pieces: NDArray[np.int64]
    slots: Mapping[str, int]
    filler_starts: NDArray[np.int64]
    lexicon: pa.StringArray
    words: int

    def words_of(self, slot: str) -> pa.StringArray:
        """Return what may fill a slot, in the full voice."""
        number = self.slots[slot]
        start, stop = self.filler_starts[number], self.filler_starts[number + 1]
        return self.lexicon.slice(start, stop - start)


@cache
def load_grammar() -> Grammar:
    """Read the grammar files of the package, once per process.

    Raises
    ------
    GrammarError
        A file lacks a key or has an unknown one, or a template has a slot that nothing fills.
    """
    return build_grammar(read_parts(), read_fillers())


def build_grammar(parts: Mapping[str, Part], fillers: Mapping[str, list[str]]) -> Grammar:
    """Flatten lines, by part and key, and what fills their slots.

    Raises
    ------
    GrammarError
        A template has a slot that nothing fills.
    """
    sheet = _Sheet(slots={slot: number for number, slot in enumerate(fillers)})
    sheet.add_line([""])
    line_starts = {part: sheet.add_part(keys) for part, keys in parts.items()}
    literals = list(sheet.literals)
    words = literals + [word for of_slot in fillers.values() for word in of_slot]
    sizes = [len(literals), *map(len, fillers.values())]
    spoken = [speak(word, voice) for voice in range(len(VOICES)) for word in words]
    return Grammar(
        line_starts=line_starts,
        template_starts=np.array(sheet.template_starts),
        piece_starts=np.array(sheet.piece_starts),
        pieces=np.array(sheet.pieces),
        slots=sheet.slots,
        filler_starts=np.cumsum(sizes),
        lexicon=pa.array(spoken, pa.string()),
        words=len(words),
    )


@dataclass
class _Sheet:
    """The arrays of a grammar while lines are added to them."""

    slots: Mapping[str, int]
    literals: dict[str, int] = field(default_factory=dict)
    template_starts: list[int] = field(default_factory=lambda: [0])
    piece_starts: list[int] = field(default_factory=lambda: [0])
    pieces: list[int] = field(default_factory=list)

    def add_part(self, keys: Part) -> NDArray[np.int64]:
        """Add the lines of every key; return which lines belong to which."""
        starts = [len(self.template_starts) - 1]
        for lines in keys:
            for templates in lines:
                self.add_line(templates)
            starts.append(len(self.template_starts) - 1)
        return np.array(starts)

    def add_line(self, templates: list[str]) -> None:
        """Add a line by its templates. A space at the end parts it from the next."""
        for template in templates:
            for text in _PIECE.findall(f"{template} " if template else ""):
                if text.startswith("{"):
                    self.pieces.append(-1 - self._slot(text[1:-1], template))
                else:
                    self.pieces.append(self.literals.setdefault(text, len(self.literals)))
            self.piece_starts.append(len(self.pieces))
        self.template_starts.append(len(self.piece_starts) - 1)

    def _slot(self, name: str, template: str) -> int:
        if name not in self.slots:
            raise GrammarError(f"nothing fills {{{name}}} in {template!r}; see fillers.yml")
        return self.slots[name]
