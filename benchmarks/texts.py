"""How hard the simulated texts are: what a simple classifier recovers of the planted truth.

TF-IDF and logistic regression, learnt from texts of one half of the grammar's lines and judged on
texts of the other half, so that no sentence is known from training. Beside it the easy way, where
both halves of the texts use every line. Run as ``python -m benchmarks.texts``.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from rich.console import Console
from rich.table import Table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.pipeline import make_pipeline

from tessera.simulate.words.catalogue import write_catalogue
from tessera.simulate.words.grammar import Grammar, build_grammar, load_grammar
from tessera.simulate.words.grammar_files import read_fillers, read_parts
from tessera.simulate.words.labels import KINDS, STYLES, Kind, Labels, draw_intents, intent_shares
from tessera.simulate.words.texts import compose_texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEXTS = 20_000
SEED = 7


def draw_labels(rng: np.random.Generator, kind: Kind, texts: int) -> Labels:
    """Draw labels evenly over topics and sentiments that go together, and over styles."""
    cells = np.argwhere(intent_shares(kind).sum(axis=2) > 0).astype(np.int8)
    topic, sentiment = cells[rng.integers(len(cells), size=texts)].T
    intent = draw_intents(rng, kind, topic, sentiment)
    style = rng.integers(len(STYLES), size=texts).astype(np.int8)
    return Labels(sentiment, topic, intent, style)
