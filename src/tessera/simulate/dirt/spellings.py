"""Words and texts spelled as people and machines spell them; all of it can be read."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.dirt.feed_columns import Role
from tessera.simulate.dirt.kinds import Changes, Kind, Outcome, Rows

LONG_CHARACTERS = 20_000
BLANKS = (" ", "  ", "\t", "\u00a0")
CONTROLS = ("\0", "\x07", "\x1b[31m", "\x1a", "\r\n", "\x0b", "\u2028")
DECOMPOSED = "Cafe\u0301 Mu\u0308nchen"
COMPOSED = "Caf\u00e9 M\u00fcnchen"
RIGHT_TO_LEFT = ("\u0645\u0631\u062d\u0628\u0627", "\u202e12345\u202c", "\u05e9\u05dc\u05d5\u05dd")


def _mixed_case(rows: Rows, column: str) -> Changes:
    text = rows.texts(column)
    is_upper = pa.array(rows.rng.random(len(rows)) < 0.5)  # noqa: PLR2004 - half and half
    return {column: pc.if_else(is_upper, pc.utf8_upper(text), pc.utf8_capitalize(text))}


def _blanks_around(rows: Rows, column: str) -> Changes:
    before, after = rows.pick(("", *BLANKS)), rows.pick(BLANKS)
    return {column: pc.binary_join_element_wise(before, rows.texts(column), after, "")}


def _empty_text(rows: Rows, column: str) -> Changes:
    return {column: rows.pick(("", " "))}


def _is_null(rows: Rows, column: str) -> pa.Array:
    return pc.is_null(rows.table[column].combine_chunks())


def _very_long(rows: Rows, column: str) -> Changes:
    text = rows.texts(column)
    return {
        column: pc.utf8_slice_codeunits(pc.binary_repeat(text, LONG_CHARACTERS), 0, LONG_CHARACTERS)
    }


def _controls(rows: Rows, column: str) -> Changes:
    return {column: pc.binary_join_element_wise(rows.texts(column), rows.pick(CONTROLS), "x", "")}


def _normal_forms(rows: Rows, column: str) -> Changes:
    """Write a word composed or decomposed: equal to the eye, not to a computer."""
    return {
        column: pc.binary_join_element_wise(
            rows.texts(column), rows.pick((COMPOSED, DECOMPOSED)), " "
        )
    }


def _right_to_left(rows: Rows, column: str) -> Changes:
    return {column: pc.binary_join_element_wise(rows.pick(RIGHT_TO_LEFT), rows.texts(column), " ")}


MIXED_CASE = Kind("mixed_case", Outcome.KEPT, _mixed_case, role=Role.ACCEPTED)
BLANKS_AROUND_WORDS = Kind("blanks_around", Outcome.KEPT, _blanks_around, role=Role.WORD)
BLANKS_AROUND_KEYS = Kind("blanks_around", Outcome.KEPT, _blanks_around, role=Role.KEY)
EMPTY_FOR_NULL_WORDS = Kind(
    "empty_for_null", Outcome.KEPT, _empty_text, role=Role.WORD, eligible=_is_null
)
EMPTY_FOR_NULL_TEXTS = Kind(
    "empty_for_null", Outcome.KEPT, _empty_text, role=Role.TEXT, eligible=_is_null
)
VERY_LONG_TEXTS = Kind("very_long_text", Outcome.KEPT, _very_long, role=Role.TEXT)
CONTROL_CHARACTERS = Kind("control_characters", Outcome.KEPT, _controls, role=Role.TEXT)
NORMAL_FORMS = Kind("unicode_normal_forms", Outcome.KEPT, _normal_forms, role=Role.TEXT)
RIGHT_TO_LEFT_TEXTS = Kind("right_to_left_text", Outcome.KEPT, _right_to_left, role=Role.TEXT)
