"""How hard the simulated texts are: what a simple classifier recovers of the planted truth.

``python -m benchmarks texts`` prints, for each kind of text, the texts written per second of a core
and the accuracy of TF-IDF with logistic regression on topic, intent and sentiment: learnt and
judged on texts of the same lines, which flatters, and learnt from one half of the grammar's lines
and judged on texts of the other, where no sentence is known from training.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from tessera.simulate.words.catalogue import write_catalogue
from tessera.simulate.words.grammar import build_grammar, load_grammar
from tessera.simulate.words.grammar_files import read_fillers, read_parts
from tessera.simulate.words.labels import KINDS, STYLES, Kind, Labels, draw_intents, intent_shares
from tessera.simulate.words.texts import compose_texts

if TYPE_CHECKING:
    from rich.console import Console

    from tessera.simulate.words.grammar import Grammar

TEXTS = 8_000
SPEED_TEXTS = 200_000
SEED = 7
TARGETS = ("topic", "intent", "sentiment")


def measure_texts(console: Console) -> None:
    """Print a row for each kind of text."""
    table = Table("kind", "texts per core second", "judged on", *TARGETS)
    odd, even = _half_grammar(0), _half_grammar(1)
    rng = np.random.default_rng(SEED)
    for kind in KINDS:
        rate = f"{_texts_per_second(rng, kind):,.0f}"
        same = _accuracies(rng, kind, load_grammar(), load_grammar())
        table.add_row(kind, rate, "the same lines", *same)
        table.add_row(kind, "", "other lines", *_accuracies(rng, kind, odd, even))
    console.print(table)


def draw_labels(rng: np.random.Generator, kind: Kind, texts: int) -> Labels:
    """Draw labels evenly over topics and sentiments that go together, and over styles."""
    cells = np.argwhere(intent_shares(kind).sum(axis=2) > 0).astype(np.int8)
    topic, sentiment = cells[rng.integers(len(cells), size=texts)].T
    intent = draw_intents(rng, kind, topic, sentiment)
    style = rng.integers(len(STYLES), size=texts).astype(np.int8)
    return Labels(sentiment, topic, intent, style)


def _texts_per_second(rng: np.random.Generator, kind: Kind) -> float:
    """Return texts written in a second of one core, however busy the machine is."""
    labels, products = _labels_and_products(rng, kind, SPEED_TEXTS)
    started = time.process_time()
    compose_texts(rng, load_grammar(), kind, labels, products)
    return SPEED_TEXTS / (time.process_time() - started)


def _accuracies(rng: np.random.Generator, kind: Kind, taught: Grammar, asked: Grammar) -> list[str]:
    train, train_texts = _write(rng, kind, taught, TEXTS)
    test, test_texts = _write(rng, kind, asked, TEXTS)
    vectorizer = TfidfVectorizer(min_df=2, sublinear_tf=True)
    known, unknown = vectorizer.fit_transform(train_texts), vectorizer.transform(test_texts)
    accuracies = []
    for target in TARGETS:
        model = LogisticRegression(C=10, max_iter=200).fit(known, getattr(train, target))
        accuracies.append(f"{model.score(unknown, getattr(test, target)):.3f}")
    return accuracies


def _write(
    rng: np.random.Generator, kind: Kind, grammar: Grammar, texts: int
) -> tuple[Labels, list[str]]:
    labels, products = _labels_and_products(rng, kind, texts)
    return labels, compose_texts(rng, grammar, kind, labels, products).to_pylist()


def _labels_and_products(
    rng: np.random.Generator, kind: Kind, texts: int
) -> tuple[Labels, pa.ChunkedArray]:
    catalogue = write_catalogue(rng, 500)["spoken_name"]
    return draw_labels(rng, kind, texts), catalogue.take(pa.array(rng.integers(500, size=texts)))


def _half_grammar(half: int) -> Grammar:
    """Return the grammar with every other line of each part and key."""
    parts = {part: [lines[half::2] for lines in keys] for part, keys in read_parts().items()}
    return build_grammar(parts, read_fillers())
