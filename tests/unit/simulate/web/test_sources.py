import numpy as np

from tessera.simulate.personas import PERSONAS
from tessera.simulate.web.sources import COMPARISON, NEWSLETTER, SHARES, SOURCES
from tessera.simulate.web.steps import MILLISECONDS
from tessera.simulate.web.visits import BOT


def days(traffic):
    last = np.searchsorted(traffic.steps.visit, np.arange(len(traffic)), side="right") - 1
    return traffic.steps.time[last] / MILLISECONDS


def test_each_persona_has_shares_that_add_up():
    assert len(SHARES) == len(PERSONAS)
    np.testing.assert_allclose(SHARES.sum(axis=1), 1)


def test_newsletters_bring_only_those_who_agreed_to_get_them(block, traffic):
    mine = traffic.source == NEWSLETTER
    assert mine.any()
    agreed = block.identities.email_consent_day[traffic.person[mine]]
    assert (agreed < days(traffic)[mine]).all()


def test_campaigns_bring_only_those_who_were_sent_them_while_they_run(block, traffic):
    for assignments in block.assignments:
        campaign = assignments.campaign
        marks = [i for i, each in enumerate(SOURCES) if each.utm_campaign == campaign.campaign_id]
        if not marks:
            assert campaign.channel == "mail"
            continue
        mine = traffic.source == marks[0]
        assert mine.any()
        sent = assignments.person[assignments.strength > 0]
        assert np.isin(traffic.person[mine], sent).all()
        assert (days(traffic)[mine] >= assignments.day - 1e-6).all()
        assert (days(traffic)[mine] < campaign.ends_day(block.world.calendar) + 0.1).all()


def test_researchers_come_from_price_comparison(block, traffic):
    names = [each.name for each in PERSONAS]
    persona = block.people.persona[traffic.person]
    is_human = traffic.purpose != BOT
    share = {
        name: (traffic.source[is_human & (persona == names.index(name))] == COMPARISON).mean()
        for name in ("researcher", "loyal_high_value")
    }
    assert share["researcher"] > 5 * share["loyal_high_value"]
