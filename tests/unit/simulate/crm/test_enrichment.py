import numpy as np
import pytest

from tessera.simulate.baskets import favourite
from tessera.simulate.crm.enrichment import INCOME_BANDS, LOYALTY_TIERS, draw_enrichment


@pytest.fixture(scope="module")
def enrichment(block):
    return draw_enrichment(block.stream("enrichment"), block)


def ranks(column, names):
    """Places of the words among their names, and where there is a word."""
    known = column.is_valid().to_numpy(zero_copy_only=False)
    places = {name: place for place, name in enumerate(names)}
    return np.array([places[each] for each in column.drop_null().to_pylist()]), known


def test_about_half_of_the_contacts_are_found_and_some_time_after_they_are_known(block, enrichment):
    found = np.isfinite(enrichment.known_day)
    has_contact = np.isfinite(block.identities.contact_day)
    assert 0.45 < found.sum() / has_contact.sum() < 0.65
    assert (enrichment.known_day[found] > block.identities.contact_day[found]).all()


def test_income_tells_a_little_of_what_people_spend(block, enrichment):
    band, known = ranks(enrichment.table["attr_income_band"].combine_chunks(), INCOME_BANDS)
    correlation = np.corrcoef(band, np.log(block.people.spend_level[known]))[0, 1]
    assert 0.15 < correlation < 0.6


def test_the_tier_tells_a_little_of_how_often_people_buy(block, enrichment):
    tier, known = ranks(enrichment.table["attr_loyalty_tier"].combine_chunks(), LOYALTY_TIERS)
    assert 0.3 < np.corrcoef(tier, np.log(block.people.rate[known]))[0, 1] < 0.8


def test_the_first_interest_is_mostly_the_favourite_category(block, enrichment):
    names = block.world.catalogue.table["category"].to_pylist()
    first = block.world.catalogue.first[:, 0]
    own = [names[first[each]].lower() for each in favourite(
        block.world.catalogue, block.people.top_category_u
    )]  # fmt: skip
    said = enrichment.table["attr_interests"].to_pylist()
    right = [each.split(";")[0] == mine for each, mine in zip(said, own, strict=True) if each]
    assert 0.6 < np.mean(right) < 0.95


def test_every_attribute_has_gaps(enrichment):
    for column in enrichment.table.columns:
        assert 0.08 < column.null_count / len(column) < 0.25
