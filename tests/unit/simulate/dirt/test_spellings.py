import unicodedata

import numpy as np
import pyarrow as pa
import pytest

from tessera.simulate.dirt import spellings
from tessera.simulate.dirt.kinds import Rows

TABLE = pa.table({"status": ["completed"] * 30 + [None] * 10, "body": ["late again"] * 40})
ROWS = Rows(TABLE, np.random.default_rng(5), np.datetime64("2026-01-01", "us"))
FILLED = Rows(TABLE.slice(0, 30), np.random.default_rng(5), ROWS.as_of)


def test_case_and_blanks_hide_no_word():
    cased = spellings.MIXED_CASE.change(FILLED, "status")["status"].to_pylist()
    assert set(cased) == {"COMPLETED", "Completed"}
    blank = spellings.BLANKS_AROUND_WORDS.change(FILLED, "status")["status"].to_pylist()
    assert {word.strip() for word in blank} == {"completed"}
    assert "completed" not in blank


def test_only_missing_words_are_written_as_empty_ones():
    chosen = spellings.EMPTY_FOR_NULL_WORDS.chosen(ROWS, "status")
    assert chosen.to_pylist() == [False] * 30 + [True] * 10
    empty = spellings.EMPTY_FOR_NULL_WORDS.change(ROWS, "status")["status"].to_pylist()
    assert {word.strip() for word in empty} == {""}


@pytest.mark.parametrize(
    ("kind", "holds"),
    [
        (spellings.VERY_LONG_TEXTS, lambda text: len(text) == spellings.LONG_CHARACTERS),
        (
            spellings.CONTROL_CHARACTERS,
            lambda text: any(each in text for each in spellings.CONTROLS),
        ),
        (spellings.RIGHT_TO_LEFT_TEXTS, lambda text: text.startswith(spellings.RIGHT_TO_LEFT)),
    ],
)
def test_odd_texts_are_odd(kind, holds):
    assert all(map(holds, kind.change(ROWS, "body")["body"].to_pylist()))


def test_the_same_word_comes_in_two_normal_forms():
    texts = set(spellings.NORMAL_FORMS.change(ROWS, "body")["body"].to_pylist())
    assert len(texts) == 2
    assert len({unicodedata.normalize("NFC", text) for text in texts}) == 1
