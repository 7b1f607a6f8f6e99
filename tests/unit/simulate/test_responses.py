import numpy as np
import pytest

from tessera.simulate.block import draw_block
from tessera.simulate.campaigns import CAMPAIGNS, CONTROL, WINDOW_DAYS
from tessera.simulate.responses import GROUPS, true_responses
from tests.unit.simulate.conftest import small_world


@pytest.fixture(scope="module")
def block():
    return draw_block(small_world(customers=20_000), 0)


def campaign(block, campaign_id):
    return next(a for a in block.assignments if a.campaign.campaign_id == campaign_id)


def bought(block, assignments):
    days = block.baskets.day
    inside = (days >= assignments.day) & (days < assignments.day + WINDOW_DAYS)
    did = np.zeros(len(block.people), bool)
    did[block.baskets.person[inside]] = True
    return did[assignments.person]


@pytest.mark.parametrize("campaign_id", [each.campaign_id for each in CAMPAIGNS])
def test_each_arm_buys_as_often_as_the_truth_says(block, campaign_id):
    each = campaign(block, campaign_id)
    truth = true_responses(block.people, block.lifetimes, block.world.seasons, each)
    did = bought(block, each)
    for number, strength in enumerate(each.campaign.strengths):
        arm = each.arm == number
        said = (truth.probability_if_treated if strength else truth.probability_if_control)[arm]
        error = np.sqrt((said * (1 - said)).sum()) / arm.sum()
        assert abs(did[arm].mean() - said.mean()) < 3 * error + 0.015


def test_the_persuadable_gain_and_the_annoyed_lose(block):
    each = campaign(block, "welcome_back")
    truth = true_responses(block.people, block.lifetimes, block.world.seasons, each)
    effect = truth.probability_if_treated - truth.probability_if_control
    persuadable, sure, lost, annoyed = (truth.group == code for code in range(len(GROUPS)))
    assert effect[persuadable].mean() > 0.1
    assert effect[annoyed].mean() < 0
    assert not effect[sure | lost].any()


def test_a_sound_split_keeps_its_shares_and_a_broken_one_does_not(block):
    def surprise(campaign_id):
        each = campaign(block, campaign_id)
        planned = np.array(each.campaign.shares) * len(each.person)
        drawn = np.bincount(each.arm, minlength=len(planned))
        return ((drawn - planned) ** 2 / planned).sum()

    assert surprise("winter_postcard") < 10.8  # chi-squared, one degree of freedom, p = .001
    assert surprise("broken_split") > 10.8


def test_windows_of_two_years_do_not_overlap(block):
    starts = np.array([each.day for each in block.assignments])
    assert (np.diff(starts) >= WINDOW_DAYS).all()


def test_only_people_with_consent_are_written_to(block):
    for each in block.assignments:
        identities, person = block.identities, each.person
        if each.campaign.channel == "email":
            assert (identities.email_consent_day[person] < each.day).all()
            assert (identities.email_withdrawn_day[person] > each.day).all()


def test_every_campaign_has_a_control_group():
    assert all(each.arms[-1] == CONTROL and each.strengths[-1] == 0 for each in CAMPAIGNS)
