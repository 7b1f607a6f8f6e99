from __future__ import annotations

import difflib

import numpy as np
import pyarrow as pa

from tessera.simulate.words import misspell
from tessera.simulate.words.typos import plant_typos

WORDS = ["Müller", "katharina", "Köln-Süd 12", "anna.weber@gmx.example"]


def rng():
    return np.random.default_rng(8)


def test_a_full_share_changes_every_string_by_one_slip():
    strings = WORDS * 500
    slipped = misspell(rng(), pa.array(strings), 1.0).to_pylist()
    for before, after in zip(strings, slipped, strict=True):
        changes = [
            step
            for step in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
            if step[0] != "equal"
        ]
        assert 1 <= len(changes) <= 2  # a swap is a letter gone and a letter come
        assert abs(len(after) - len(before)) <= 1


def test_a_share_of_nothing_changes_nothing():
    assert misspell(rng(), pa.array(WORDS), 0.0).to_pylist() == WORDS


def test_half_the_strings_slip():
    strings = WORDS * 2500
    slipped = misspell(rng(), pa.array(strings), 0.5).to_pylist()
    changed = np.mean([a != b for a, b in zip(strings, slipped, strict=True)])
    assert 0.48 < changed < 0.52


def test_first_letters_and_signs_never_slip():
    strings = ["A1-2.3@4", "7 b", "", None, "Ä", "Öx"]
    assert misspell(rng(), pa.array(strings), 1.0).to_pylist() == strings
    assert misspell(rng(), pa.array(["7 bc"]), 1.0).to_pylist()[0].startswith("7 b")


def test_many_slips_leave_valid_text():
    slipped = plant_typos(rng(), pa.array(WORDS), np.full(4, 6)).to_pylist()
    assert all(slipped)
    assert slipped[0].startswith("M")


def test_the_same_generator_slips_the_same_way():
    strings = pa.array(WORDS * 50)
    assert misspell(rng(), strings, 0.7).equals(misspell(rng(), strings, 0.7))


def test_a_slice_slips_like_a_copy():
    padded = pa.array(["before", *WORDS]).slice(1)
    assert misspell(rng(), padded, 1.0).equals(misspell(rng(), pa.array(WORDS), 1.0))


def test_chunks_slip_like_one_array():
    chunks = pa.chunked_array([WORDS[:1], WORDS[1:]])
    assert misspell(rng(), chunks, 1.0).equals(misspell(rng(), pa.array(WORDS), 1.0))


def test_nobody_slips_nowhere():
    assert len(misspell(rng(), pa.array([], pa.string()), 1.0)) == 0
