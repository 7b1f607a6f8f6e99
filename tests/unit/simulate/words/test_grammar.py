from __future__ import annotations

import pytest

from tessera.simulate.words.grammar import build_grammar, load_grammar
from tessera.simulate.words.grammar_files import (
    KEYS,
    GrammarError,
    read_fillers,
    read_parts,
)
from tessera.simulate.words.voices import LOUD, SHORT, SLOPPY, speak


def test_every_key_but_moods_that_nobody_is_in_has_at_least_five_lines():
    for part, keys in read_parts().items():
        for number, lines in enumerate(keys):
            assert len(lines) >= 5 or (part == "statements" and not lines), (part, number)


def test_every_part_has_its_keys_in_the_order_of_the_codes():
    parts = read_parts()
    assert {part: len(parts[part]) for part in KEYS} == {part: len(k) for part, k in KEYS.items()}


def test_every_sentence_begins_with_a_capital_letter_or_sign():
    for part, keys in read_parts().items():
        for template in (template for lines in keys for line in lines for template in line):
            start = template.lstrip("{|")[0]
            assert not start.islower() or template.startswith(("{product", "{a product")), (
                part,
                template,
            )


def test_every_bracket_is_closed():
    for keys in read_parts().values():
        for template in (template for lines in keys for line in lines for template in line):
            assert not set(template) & set("()[]"), template


def test_a_slot_that_nothing_fills_is_named():
    with pytest.raises(GrammarError, match=r"nothing fills \{colur\} in 'A \{colur\} lamp.'"):
        build_grammar({"asides": [[["A {colur} lamp."]]]}, read_fillers())


def test_literals_are_kept_once_per_voice():
    grammar = load_grammar()
    assert len(grammar.lexicon) == 4 * grammar.words


def test_voices_shorten_shout_and_slur():
    said = "I have never seen that, and I do not like it. "
    assert speak(said, SHORT) == "I've never seen that, and I don't like it. "
    assert speak(said, LOUD) == "I've NEVER seen that, and I don't like it!! "
    assert speak(said, SLOPPY) == "ive never seen that and i dont like it "
