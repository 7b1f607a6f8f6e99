from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pytest

from tessera.simulate.words import KINDS, LabelError, write_subjects, write_texts
from tessera.simulate.words.grammar import load_grammar
from tessera.simulate.words.labels import INTENTS, SENTIMENTS, STYLES, TOPICS, intent_shares
from tessera.simulate.words.plans import ORDER, plan_lines

TEN_THOUSAND = 10_000


def write(kind, labels, products, seed=1):
    rng = np.random.default_rng(seed)
    codes = labels.sentiment, labels.topic, labels.intent, labels.style
    return write_texts(rng, kind, *codes, products)


def subjects(labels, products, seed=1):
    rng = np.random.default_rng(seed)
    codes = labels.sentiment, labels.topic, labels.intent, labels.style
    return write_subjects(rng, *codes, products)


def codes(*values):
    return [np.array([value], dtype=np.int8) for value in values]


@pytest.mark.parametrize("kind", KINDS)
def test_hardly_two_texts_of_ten_thousand_are_equal(draw, kind):
    texts = write(kind, *draw(kind, TEN_THOUSAND))
    assert len(set(texts.to_pylist())) >= 0.95 * TEN_THOUSAND


@pytest.mark.parametrize("kind", KINDS)
def test_no_line_of_the_grammar_is_in_every_other_text(draw, kind):
    labels, _ = draw(kind, TEN_THOUSAND)
    grammar, rng = load_grammar(), np.random.default_rng(1)
    lines = plan_lines(rng, grammar, kind, labels)
    wordings = np.diff(grammar.template_starts)
    uses = np.bincount(lines[lines > 0], minlength=len(wordings))
    assert (uses / wordings).max() / TEN_THOUSAND < 0.02


def test_nobody_says_the_same_sentence_twice(draw):
    labels, _ = draw("ticket", TEN_THOUSAND)
    lines = np.sort(plan_lines(np.random.default_rng(1), load_grammar(), "ticket", labels))
    assert not ((lines[:, 1:] == lines[:, :-1]) & (lines[:, 1:] > 0)).any()


@pytest.mark.parametrize("kind", KINDS)
def test_every_sensible_combination_is_put_into_words(kind):
    cells = np.argwhere(intent_shares("ticket") > 0)
    cells = np.repeat(cells, len(STYLES), axis=0).astype(np.int8)
    topic, sentiment, intent = cells.T
    style = np.tile(np.arange(len(STYLES), dtype=np.int8), len(cells) // len(STYLES))
    products = pa.array(["desk lamp"] * len(cells))
    rng = np.random.default_rng(2)
    texts = write_texts(rng, kind, sentiment, topic, intent, style, products).to_pylist()
    assert min(map(len, texts)) > 5


def test_every_text_has_a_statement_and_a_wish_is_always_said(draw):
    labels, _ = draw("ticket", TEN_THOUSAND)
    lines = plan_lines(np.random.default_rng(1), load_grammar(), "ticket", labels)
    goes_without = np.isin(labels.intent, [INTENTS.index("complaint"), INTENTS.index("praise")])
    assert (lines[:, ORDER.index("statements")] > 0).all()
    assert (lines[~goes_without, ORDER.index("requests")] > 0).all()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_generator_writes_the_same_bytes(draw, kind):
    some = draw(kind, 500)
    assert write(kind, *some).equals(write(kind, *some))
    assert not write(kind, *some).equals(write(kind, *some, seed=2))


@pytest.mark.parametrize("kind", KINDS)
def test_no_slot_stays_open_and_no_mark_of_the_grammar_is_seen(draw, kind):
    text = "\n".join(write(kind, *draw(kind, TEN_THOUSAND)).to_pylist())
    assert not re.search(r"[{}|()\[\]]|  ", text)


@pytest.mark.parametrize("kind", KINDS)
def test_texts_hold_no_address_and_no_phone(draw, kind):
    text = "\n".join(write(kind, *draw(kind, TEN_THOUSAND)).to_pylist())
    assert "@" not in text
    assert not re.search(r"\+\d|\d{6}|\b0\d{2}", text)


@pytest.mark.parametrize("kind", KINDS)
def test_texts_do_not_say_their_labels(draw, kind):
    text = "\n".join(write(kind, *draw(kind, TEN_THOUSAND)).to_pylist()).lower()
    words = set(re.findall(r"[a-z_]+", text))
    compound = {name for name in (*TOPICS, *INTENTS) if "_" in name}
    assert not words & {*SENTIMENTS, "sentiment", "intent", "topic", *compound}


def test_a_text_about_nothing_in_particular_speaks_of_an_item(draw):
    labels, _ = draw("review", 300)
    text = " ".join(write("review", labels, pa.nulls(300, pa.string())).to_pylist())
    assert re.search(r"\ban (item|article)\b", text)
    assert "None" not in text


def test_the_article_suits_the_product(draw):
    labels, _ = draw("ticket", 3000)
    kettles = write("ticket", labels, pa.array(["electric kettle"] * 3000)).to_pylist()
    formal = " ".join(np.array(kettles)[labels.style == STYLES.index("formal")])
    assert " an electric kettle" in formal
    assert " a electric kettle" not in formal


def test_styles_can_be_told_apart(draw):
    labels, products = draw("ticket", 3000)
    texts = np.array(write("ticket", labels, products).to_pylist())
    of_style = {name: texts[labels.style == code] for code, name in enumerate(STYLES)}
    lengths = {name: np.mean([len(text) for text in some]) for name, some in of_style.items()}
    assert lengths["terse"] < 0.6 * lengths["plain"] < 0.6 * lengths["chatty"]
    assert np.mean(["!!" in text for text in of_style["emotional"]]) > 0.5
    assert np.mean([text == text.lower() for text in of_style["typo_prone"]]) > 0.5
    assert not any("n't" in text for text in of_style["formal"])


def test_subjects_are_short_and_sometimes_vague(draw):
    labels, products = draw("ticket", 2000)
    written = subjects(labels, products).to_pylist()
    assert 1 < np.mean([len(subject.split()) for subject in written]) < 7
    assert {"Question", "Request"} & set(written)


def test_no_texts_are_written_for_nobody(draw):
    assert len(write("ticket", *draw("ticket", 0))) == 0


def test_products_may_come_as_a_slice_or_in_chunks(draw):
    labels, products = draw("ticket", 50)
    padded = pa.concat_arrays([pa.array(["never seen"]), products]).slice(1)
    chunks = pa.chunked_array([products.slice(0, 20), products.slice(20)])
    assert write("ticket", labels, padded).equals(write("ticket", labels, products))
    assert write("ticket", labels, chunks).equals(write("ticket", labels, products))


def test_a_code_that_means_nothing_is_refused_with_its_row():
    with pytest.raises(LabelError, match=r"style\[0\] is 6, expected 0 to 5: terse, plain"):
        write_texts(np.random.default_rng(1), "ticket", *codes(0, 0, 0, 6), pa.array(["lamp"]))


def test_a_topic_in_a_mood_that_nobody_writes_in_is_refused():
    service = TOPICS.index("praise_service")
    with pytest.raises(LabelError, match="row 0: nobody writes about praise_service in a negative"):
        write_texts(
            np.random.default_rng(1), "ticket", *codes(0, service, 0, 0), pa.array(["lamp"])
        )


def test_a_product_for_each_text_is_asked_for():
    with pytest.raises(LabelError, match="product has 2 rows, expected 1"):
        write_texts(np.random.default_rng(1), "ticket", *codes(0, 0, 0, 0), pa.array(["a", "b"]))
