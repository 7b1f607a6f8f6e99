import numpy as np
import pytest

from tessera.simulate.fulfilment import CANCELLED
from tessera.simulate.mailings import EMAIL, SMS, draw_mailings, is_to_dead_box


@pytest.fixture(scope="module")
def mailings(block):
    return draw_mailings(block.stream("messages"), block)


def test_nobody_is_written_to_without_consent(block, mailings):
    identities, person, day = block.identities, mailings.person, mailings.day
    for channel, given, withdrawn in (
        (EMAIL, identities.email_consent_day, identities.email_withdrawn_day),
        (SMS, identities.sms_consent_day, identities.sms_withdrawn_day),
    ):
        mine = mailings.channel == channel
        assert mine.sum() > 20
        assert (given[person[mine]] <= day[mine]).all()
        assert (day[mine] < withdrawn[person[mine]]).all()


def test_whoever_consents_gets_two_mailings_a_month(block, mailings):
    identities, last_day = block.identities, block.world.calendar.observed_days
    faithful = np.flatnonzero(
        (identities.email_consent_day < 0)
        & (identities.email_withdrawn_day > last_day)
        & np.isinf(identities.later_email_day)
        & np.isinf(block.profiles.mailbox_closes_day[identities.email_owner])
    )
    names = np.array(mailings.campaigns.to_pylist())[mailings.campaign]
    is_news = np.char.startswith(names, "newsletter") | np.char.startswith(names, "offers")
    counts = np.bincount(mailings.person[is_news], minlength=len(block.people))
    assert len(faithful) > 30
    assert (counts[faithful] == 48).all()


def test_whoever_consents_to_texts_gets_one_a_month(block, mailings):
    identities, last_day = block.identities, block.world.calendar.observed_days
    faithful = (identities.sms_consent_day < 0) & (identities.sms_withdrawn_day > last_day)
    names = np.array(mailings.campaigns.to_pylist())[mailings.campaign]
    is_news = np.char.startswith(names, "text_news")
    counts = np.bincount(mailings.person[is_news], minlength=len(block.people))
    assert faithful.sum() > 10
    assert (counts[faithful] == 24).all()
    assert (mailings.channel[is_news] == SMS).all()


def test_a_cancelled_order_is_not_followed_up(block, mailings):
    names = np.array(mailings.campaigns.to_pylist())[mailings.campaign]
    told = names == "order_follow_up"
    kept = block.fulfilment.fate != CANCELLED
    for person, day in zip(mailings.person[told], mailings.day[told], strict=True):
        mine = kept & (block.baskets.person == person)
        wait = day - block.baskets.day[mine]
        assert ((wait >= 0.5) & (wait <= 2)).any()


def test_who_gets_a_campaign_that_does_nothing_is_sent_it_all_the_same(block):
    postcard = next(a for a in block.assignments if a.campaign.campaign_id == "winter_postcard")
    assert not postcard.strength.any()
    assert postcard.is_sent.mean() == pytest.approx(0.7, abs=0.05)


def test_a_campaign_writes_to_its_treated_and_not_to_its_control_group(block, mailings):
    names = np.array(mailings.campaigns.to_pylist())[mailings.campaign]
    offers = next(each for each in block.assignments if each.campaign.campaign_id == "two_offers")
    treated = set(offers.person[offers.arm != 2])
    reached = set(mailings.person[names == "two_offers"])
    assert reached <= treated
    assert len(reached) > 0.9 * len(treated)


def test_a_postcard_is_no_message(mailings):
    assert "winter_postcard" not in mailings.campaigns.to_pylist()


def test_a_box_that_is_closed_bounces_once_until_a_new_address_is_known(block, mailings):
    dead = is_to_dead_box(block, mailings)
    learns = block.profiles.email_known_day[mailings.person]
    assert dead.any()
    assert np.bincount(mailings.person[dead]).max() == 1
    assert (mailings.day[dead] < learns[dead]).all()


def test_messages_are_in_order(mailings):
    same = mailings.person[1:] == mailings.person[:-1]
    assert (mailings.person[1:] >= mailings.person[:-1]).all()
    assert (mailings.day[1:] >= mailings.day[:-1])[same].all()
