import numpy as np
import pyarrow as pa
import pytest

from tessera.simulate.crm.contacts import contacts
from tessera.simulate.crm.truth import contact_truth, identifier_truth
from tessera.simulate.messages import messages
from tessera.simulate.references import accounts, emails, phones
from tessera.simulate.settings import Dirt, Settings
from tessera.simulate.tables import block_tables
from tessera.simulate.world import World

IDENTIFIERS = {"contact_id", "customer_ref", "user_ref", "email", "phone"}


@pytest.fixture(scope="module")
def truth(heavy_block):
    return identifier_truth(heavy_block)


def known(truth, kind):
    rows = truth.filter(pa.compute.equal(truth["identifier_type"], kind))
    return set(rows["identifier_value"].to_pylist())


def filled(column):
    return {each for each in column.to_pylist() if each is not None}


def test_every_identifier_of_the_crm_feeds_is_known(heavy_block, truth):
    for feed in (contacts(heavy_block), messages(heavy_block)):
        for kind in ("contact_id", "email", "phone"):
            found = filled(feed[kind])
            assert found
            assert found <= known(truth, kind)


def test_every_reference_that_another_feed_can_carry_is_known(heavy_block, truth):
    rng = np.random.default_rng(1)
    person = rng.integers(0, len(heavy_block.people), 5_000)
    joined = heavy_block.people.joined_day[person]
    day = rng.uniform(joined, heavy_block.world.calendar.observed_days)
    assert filled(emails(heavy_block, person, day)) <= known(truth, "email")
    assert filled(phones(heavy_block, person)) <= known(truth, "phone")
    account = filled(accounts(heavy_block, person, day))
    assert account <= known(truth, "customer_ref")
    assert account <= known(truth, "user_ref")


def test_every_identifier_of_every_feed_is_known():
    world = World.of(Settings(customers=300, months=12, dirt=Dirt.HEAVY))
    tables = dict(block_tables(world, 0))
    truth = tables["truth/identifiers"]
    met = set()
    for feed, table in tables.items():
        for kind in IDENTIFIERS & set(table.column_names):
            if not feed.startswith("truth/"):
                met.add(kind)
                assert filled(table[kind]) <= known(truth, kind), (feed, kind)
    assert met == IDENTIFIERS


def test_an_identifier_is_shared_exactly_when_several_people_or_nobody_go_by_it(truth):
    people = {}
    for row in truth.to_pylist():
        key = row["identifier_type"], row["identifier_value"]
        people.setdefault(key, set()).add(row["person"])
    shared = 0
    for row in truth.to_pylist():
        owners = people[row["identifier_type"], row["identifier_value"]]
        assert row["is_shared"] == (len(owners) > 1 or owners == {None})
        shared += row["is_shared"]
    assert shared > 20


def test_households_share_an_address_even_in_a_well_kept_crm(clean_block):
    rows = identifier_truth(clean_block).to_pylist()
    assert any(row["is_shared"] for row in rows if row["identifier_type"] == "email")
    assert not any(row["is_shared"] for row in rows if row["identifier_type"] != "email")


def test_an_identifier_is_valid_from_before_as_of(heavy_block, truth):
    as_of = np.datetime64(heavy_block.world.calendar.as_of)
    assert (truth["valid_from"].to_numpy() < as_of).all()


def test_every_contact_of_the_feed_has_one_person_and_one_kind(heavy_block, monkeypatch):
    monkeypatch.setattr("tessera.simulate.crm.dirt.TEST_SHARE", 0.01)
    truth = contact_truth(heavy_block)
    ids = truth["contact_id"].to_pylist()
    assert len(ids) == len(set(ids))
    assert set(ids) == filled(contacts(heavy_block)["contact_id"])
    is_test = np.array(truth["kind"].to_pylist()) == "test"
    assert is_test.any()
    assert (truth["person"].is_null().to_numpy() == is_test).all()


def test_persons_are_numbered_over_the_whole_shop(clean_block):
    truth = contact_truth(clean_block)
    person = clean_block.identities.contact.index(truth["contact_id"][7]).as_py()
    assert truth["person"][7].as_py() == clean_block.people.number[person]
