import numpy as np
import pyarrow.compute as pc
import pytest

from tessera.simulate.crm.records import main_records
from tessera.simulate.crm.spelling import (
    second_emails,
    with_local_phones,
    with_short_streets,
    with_slips,
)


@pytest.fixture(scope="module")
def main(clean_block):
    return main_records(clean_block)


@pytest.fixture(scope="module")
def every_second(main):
    return np.arange(len(main)) % 2 == 0


def changed(before, after, name):
    differs = pc.not_equal(before[name], after[name])
    return pc.fill_null(differs, fill_value=False).to_numpy()


def test_short_streets_come_where_they_are_asked_for(block, main, every_second):
    card = with_short_streets(block, main.person, main.card, every_second)
    for name in ("street", "later_street"):
        is_short = changed(main.card, card, name)
        assert is_short[every_second].mean() > 0.5
        assert not is_short[~every_second].any()


def test_local_phones_come_where_they_are_asked_for(block, main, every_second):
    card = with_local_phones(block, main.person, main.card, every_second)
    has_phone = main.card["phone"].is_valid().to_numpy()
    assert (changed(main.card, card, "phone") == (every_second & has_phone)).all()


def test_a_slip_hits_a_name_or_the_street(main):
    card = with_slips(np.random.default_rng(1), main.card, 0.3)
    names = ("first_name", "last_name", "street")
    shares = [changed(main.card, card, name).mean() for name in names]
    assert 0.2 < sum(shares) < 0.4
    assert min(shares) > 0.05


def test_second_addresses_come_in_five_ways(block, main):
    owner = block.identities.email_owner[main.person]
    mistyped = block.profiles.mistyped_emails.take(owner)
    spelled = second_emails(np.random.default_rng(1), main.card, mistyped)
    shares = {
        "none": spelled.null_count / len(spelled),
        "plus_tag": pc.mean(pc.match_substring(spelled, "+")).as_py(),
        "same": pc.mean(pc.equal(spelled, main.card["email"])).as_py(),
        "later": pc.mean(pc.equal(spelled, main.card["later_email"])).as_py(),
        "mistyped": pc.mean(pc.equal(spelled, mistyped)).as_py(),
    }
    assert min(shares.values()) > 0.04
    assert shares["plus_tag"] == max(shares.values())
