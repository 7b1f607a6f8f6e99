"""Answers of a made release, read once."""

from __future__ import annotations

import pytest
from made_release import Shop, earlier, write_release

from tessera.commands.report_reader import read_answers
from tessera.report import QUERIES, Answer, Answers


@pytest.fixture(scope="session")
def made_link(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    shop = Shop(customers=200, features=12)
    write_release(folder, earlier(shop))
    return write_release(folder, shop)


@pytest.fixture(scope="session")
def made(made_link):
    return read_answers(made_link, QUERIES)


@pytest.fixture
def answers():
    """Make answers of a few rows: query name to rows; all others are empty."""

    def make(**rows):
        return Answers({q.name: Answer(q, tuple(rows.get(q.name, ()))) for q in QUERIES})

    return make
