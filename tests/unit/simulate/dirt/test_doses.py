import pytest

from tessera.simulate.dirt.doses import DOSES, aims
from tessera.simulate.dirt.feed_columns import COLUMNS, FEEDS
from tessera.simulate.dirt.kinds import Outcome
from tessera.simulate.settings import Dirt

ALL_COLUMNS = {
    feed: sorted({column for feeds in COLUMNS.values() for column in feeds.get(feed, ())})
    for feed in FEEDS
}


def total(feed, dirt, outcome):
    return sum(
        aim.share
        for aim in aims(feed, ALL_COLUMNS[feed], dirt)
        if aim.kind.outcome is outcome and not aim.kind.is_added
    )


@pytest.mark.parametrize("feed", FEEDS)
def test_realistic_dirt_makes_at_most_one_row_in_a_thousand_unreadable(feed):
    assert total(feed, Dirt.REALISTIC, Outcome.REJECTED) <= 0.001


@pytest.mark.parametrize("feed", FEEDS)
def test_heavy_dirt_makes_at_most_one_row_in_fifty_unreadable(feed):
    assert total(feed, Dirt.HEAVY, Outcome.REJECTED) <= 0.02


def test_feeds_without_a_key_are_never_delivered_twice():
    added = [dose for dose in DOSES if dose.kind.is_added]
    assert not any({"costs", "campaign_outcomes"} & set(dose.heavy) for dose in added)


def test_each_kind_has_a_share_somewhere():
    assert all(dose.realistic or dose.heavy for dose in DOSES)
    assert len({(dose.kind.name, dose.kind.role, dose.kind.needs) for dose in DOSES}) == len(DOSES)
