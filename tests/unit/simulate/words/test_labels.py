from __future__ import annotations

import numpy as np
import pytest

from tessera.simulate.words.labels import (
    INTENTS,
    KINDS,
    SENTIMENTS,
    TOPICS,
    LabelError,
    draw_intents,
    intent_shares,
    is_sensible,
)


@pytest.mark.parametrize("kind", KINDS)
def test_shares_of_intents_sum_to_one_where_anybody_writes(kind):
    totals = intent_shares(kind).sum(axis=2)
    is_written = intent_shares("ticket").sum(axis=2) > 0
    assert np.allclose(totals[is_written], 1)
    assert not totals[~is_written].any()


def test_people_praise_in_a_good_mood_only_and_complain_in_a_bad_one():
    shares = intent_shares("ticket")
    praise, complaint = INTENTS.index("praise"), INTENTS.index("complaint")
    assert not shares[:, : SENTIMENTS.index("positive"), praise].any()
    assert not shares[:, SENTIMENTS.index("neutral") :, complaint].any()


def test_every_intent_comes_from_somewhere_and_every_topic_in_a_good_mood():
    shares = intent_shares("ticket")
    assert (shares.sum(axis=(0, 1)) > 0).all()
    assert (shares[:, SENTIMENTS.index("positive")].sum(axis=1) > 0).all()


def test_nobody_closes_an_account_in_a_review():
    assert not intent_shares("review")[:, :, INTENTS.index("close_account")].any()


@pytest.mark.parametrize("kind", ["review", "survey"])
def test_nobody_wants_anything_done_about_an_order_in_a_review_or_a_survey(kind):
    wants = {INTENTS[intent] for intent in np.flatnonzero(intent_shares(kind).any(axis=(0, 1)))}
    assert wants <= {"complaint", "praise", "suggest", "compare_price", "ask_product"}


def test_drawn_intents_follow_their_shares():
    late = np.full(20_000, TOPICS.index("late_delivery"), dtype=np.int8)
    neutral = np.full(20_000, SENTIMENTS.index("neutral"), dtype=np.int8)
    drawn = draw_intents(np.random.default_rng(4), "ticket", late, neutral)
    shares = np.bincount(drawn, minlength=len(INTENTS)) / len(drawn)
    assert np.abs(shares - intent_shares("ticket")[late[0], neutral[0]]).max() < 0.015
    assert is_sensible(late, neutral, drawn).all()


def test_a_question_about_praise_is_refused():
    praise, neutral = np.array([TOPICS.index("praise_product")]), np.array([1])
    with pytest.raises(LabelError, match="nobody writes about praise_product in a neutral mood"):
        draw_intents(np.random.default_rng(4), "ticket", praise, neutral)
