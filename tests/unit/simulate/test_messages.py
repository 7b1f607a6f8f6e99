import numpy as np
import pandas as pd
import pytest

from tessera.simulate.assignments import is_annoyed
from tessera.simulate.block import draw_block
from tessera.simulate.mailings import CHANNELS
from tessera.simulate.messages import messages
from tests.unit.simulate.conftest import small_world

MONTH = 30.4


@pytest.fixture(scope="module")
def feed(block):
    """The feed's columns, with the person behind each row and the time in days."""
    table = messages(block)
    index = {contact: row for row, contact in enumerate(block.identities.contact.to_pylist())}
    columns = {name: table[name].to_pandas().to_numpy() for name in table.column_names}
    columns["person"] = np.array([index[each] for each in columns["contact_id"]])
    first = np.datetime64(block.world.calendar.starts_on, "s")
    seconds = (columns["occurred_at"].astype("datetime64[s]") - first).astype(np.int64)
    return columns | {"day": seconds / 86_400}


def rate(feed, event, mask):
    delivered = (feed["event"] == "delivered") & (feed["channel"] == "email") & mask
    return ((feed["event"] == event) & (feed["channel"] == "email") & mask).sum() / delivered.sum()


def test_opens_fall_before_interest_ends(block, feed):
    decline = block.lifetimes.decline_day[feed["person"]]
    churn = block.lifetimes.churn_day[feed["person"]]
    before = rate(feed, "opened", feed["day"] < decline)
    fading = rate(feed, "opened", (feed["day"] >= decline) & (feed["day"] < churn))
    after = rate(feed, "opened", feed["day"] >= churn + MONTH)
    assert before > 1.4 * fading > 3 * after


def test_open_and_click_rates_are_those_of_a_shop(feed):
    everything = np.ones(len(feed["day"]), bool)
    assert 0.15 < rate(feed, "opened", everything) < 0.35
    assert 0.02 < rate(feed, "clicked", everything) < 0.08


def test_a_message_is_sent_then_delivered_then_opened_then_clicked(feed):
    order = {"sent": 0, "delivered": 1, "bounced": 1, "opened": 2, "clicked": 3}
    is_news = np.char.startswith(feed["campaign_id"].astype(str), "newsletter")
    times = {}
    for row in np.flatnonzero(is_news):
        message = (feed["contact_id"][row], feed["campaign_id"][row])
        times.setdefault(message, []).append((feed["event"][row], feed["occurred_at"][row]))
    assert len(times) > 1_000
    for events in times.values():
        steps = [order[event] for event, _ in sorted(events, key=lambda e: e[1]) if event in order]
        assert steps == list(range(len(steps)))


def test_consent_ends_with_the_event_that_ends_it(block, feed):
    leaves = (feed["event"] == "unsubscribed") & (feed["channel"] == "email")
    withdrawn = block.identities.email_withdrawn_day[feed["person"][leaves]]
    assert leaves.sum() > 25
    assert np.abs(feed["day"][leaves] - withdrawn).max() < 2 / 86_400


def test_consent_ends_in_answer_to_a_message_of_the_last_month(feed):
    for row in np.flatnonzero(feed["event"] == "unsubscribed"):
        mine = (feed["person"] == feed["person"][row]) & (feed["channel"] == feed["channel"][row])
        sent = feed["day"][mine & (feed["event"] == "sent")]
        assert feed["day"][row] - sent.max() < 31


def test_as_many_leave_a_list_as_leave_those_of_real_shops():
    feed = messages(draw_block(small_world(customers=20_000), 0)).to_pandas()
    count = pd.crosstab(feed.channel, feed.event)
    rate = count.unsubscribed / count.delivered
    assert 0.002 < rate.email < 0.003
    assert 0.005 < rate.sms < 0.012
    assert 35 < len(feed) / 20_000 < 45


def test_after_the_last_event_nothing_more_is_sent(feed):
    for channel in CHANNELS:
        mine = feed["channel"] == channel
        left = {}
        for row in np.flatnonzero(mine & (feed["event"] == "unsubscribed")):
            left[feed["person"][row]] = feed["day"][row]
        sent = np.flatnonzero(mine & (feed["event"] == "sent"))
        assert left
        assert all(feed["day"][row] < left.get(feed["person"][row], np.inf) for row in sent)


def test_people_not_to_be_disturbed_open_less_and_complain_more(block, feed):
    annoyed = is_annoyed(block.people, feed["person"], feed["day"])
    expected = block.people.of("opens", feed["person"], feed["day"])
    sent = (feed["event"] == "sent") & (feed["channel"] == "email")
    usual = rate(feed, "opened", ~annoyed) / expected[sent & ~annoyed].mean()
    assert rate(feed, "opened", annoyed) / expected[sent & annoyed].mean() < 0.8 * usual


def test_mail_to_a_box_that_was_left_is_opened_less(block, feed):
    person, day = feed["person"], feed["day"]
    left = (day >= block.identities.later_email_day[person]) & (
        day < block.profiles.email_known_day[person]
    )
    still_there = day < block.lifetimes.decline_day[person]
    assert rate(feed, "opened", left & still_there) < 0.6 * rate(
        feed, "opened", ~left & still_there
    )


def test_a_morning_newsletter_is_often_opened_at_the_hour_at_which_people_shop(block, feed):
    is_news = np.char.startswith(feed["campaign_id"].astype(str), "newsletter")
    opened = is_news & (feed["event"] == "opened")
    hours = feed["day"][opened] % 1 * 24 - block.people.of(
        "peak_hour", feed["person"][opened], feed["day"][opened]
    )
    apart = np.abs((hours + 12) % 24 - 12)
    assert 0.3 < (apart < 3).mean() < 0.6


def test_texts_have_a_phone_and_are_never_opened(feed):
    text = feed["channel"] == "sms"
    assert set(feed["event"][text]) <= {"sent", "delivered", "bounced", "clicked", "unsubscribed"}
    assert (pd.notna(feed["phone"]) == text).all()
    assert (pd.notna(feed["email"]) != text).all()


def test_rows_lie_in_the_time_shown_in_order(block, feed):
    calendar = block.world.calendar
    assert (feed["occurred_at"] >= np.datetime64(calendar.starts_on)).all()
    assert (feed["recorded_at"] >= feed["occurred_at"]).all()
    assert (feed["recorded_at"] < np.datetime64(calendar.as_of)).all()
    assert (np.diff(feed["occurred_at"]) >= np.timedelta64(0)).all()
    assert len(set(feed["message_event_id"])) == len(feed["day"])


def test_two_deliveries_are_the_same(block):
    assert messages(block).equals(messages(block))
