import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tessera.simulate.crm.contacts import contacts
from tessera.simulate.crm.truth import contact_truth
from tessera.simulate.crm.versions import contact_versions


@pytest.fixture(scope="module")
def clean(clean_block):
    """Rows of a CRM that is kept well, with the person behind each and the time in days."""
    table, versions = contacts(clean_block), contact_versions(clean_block)
    return table, versions.person, versions.day


def column(table, name):
    return table[name].to_numpy(zero_copy_only=False)


def is_newest(table):
    ids = column(table, "contact_id")
    return np.append(ids[1:] != ids[:-1], True)


def test_a_well_kept_crm_has_one_contact_a_person(clean_block):
    truth = contact_truth(clean_block)
    assert len(truth) > 500
    assert pc.count_distinct(truth["person"]).as_py() == len(truth)
    assert pc.unique(truth["kind"]).to_pylist() == ["main"]


def test_a_contact_has_at_most_one_version_a_second(block):
    table = contacts(block)
    keys = table.group_by(["contact_id", "updated_at"]).aggregate([])
    assert len(keys) == len(table)


def test_versions_follow_each_other(block):
    table = contacts(block)
    ids, updated = column(table, "contact_id"), column(table, "updated_at")
    follows = ids[1:] == ids[:-1]
    assert follows.sum() > 500
    assert (updated[1:][follows] > updated[:-1][follows]).all()


def test_versions_begin_after_creation_and_before_as_of_and_are_recorded_then(block):
    table = contacts(block)
    as_of = np.datetime64(block.world.calendar.as_of)
    assert (column(table, "updated_at") >= column(table, "created_at")).all()
    assert (column(table, "recorded_at") >= column(table, "updated_at")).all()
    assert (column(table, "recorded_at") < as_of).all()


def test_of_the_time_before_the_feeds_only_what_still_holds_is_shown(clean_block, clean):
    _, person, day = clean
    is_old = day < 0
    assert len(np.unique(person[is_old])) == is_old.sum()
    existed = np.flatnonzero(clean_block.identities.contact_day < 0)
    assert set(person[is_old]) == set(existed)


def test_consent_is_true_exactly_between_the_days(clean_block, clean):
    table, person, day = clean
    identities = clean_block.identities
    for name, given, withdrawn in (
        ("email_consent", identities.email_consent_day, identities.email_withdrawn_day),
        ("sms_consent", identities.sms_consent_day, identities.sms_withdrawn_day),
    ):
        expected = (given[person] <= day) & (day < withdrawn[person])
        assert 0.05 < expected.mean() < 0.95
        assert (column(table, name) == expected).all()


@pytest.mark.parametrize(
    "changes_of",
    [
        lambda block: block.identities.email_withdrawn_day,
        lambda block: block.identities.sms_withdrawn_day,
        lambda block: block.profiles.email_known_day,
        lambda block: block.profiles.address_known_day,
    ],
    ids=["email withdrawn", "sms withdrawn", "second email", "second address"],
)
def test_a_change_is_a_version_of_its_own(clean_block, clean, changes_of):
    _, person, day = clean
    change, created = changes_of(clean_block), clean_block.identities.contact_day
    is_shown = (change > 0) & (change < clean_block.world.calendar.observed_days)
    changed = np.flatnonzero(is_shown & (change > created))
    near = (day > 0) & (day > created[person]) & (np.abs(day - change[person]) < 2 / 86_400)
    assert len(changed) > 10
    assert set(changed) <= set(person[near])


def test_a_second_address_is_written_down_when_the_crm_learns_of_it(clean_block, clean):
    table, person, day = clean
    knows = day >= clean_block.profiles.email_known_day[person]
    second = clean_block.profiles.emails.take(pa.array(person + len(clean_block.people)))
    assert knows.sum() > 20
    assert (column(table, "email")[knows] == second.to_numpy(zero_copy_only=False)[knows]).all()
    assert not (
        column(table, "email")[~knows] == second.to_numpy(zero_copy_only=False)[~knows]
    ).any()


def test_people_who_moved_are_written_to_at_the_former_address_for_a_while(clean_block, clean):
    table, person, day = clean
    profiles = clean_block.profiles
    is_stale = (day >= profiles.moves_house_day[person]) & (
        day < profiles.address_known_day[person]
    )
    first = profiles.addresses["street"].take(pa.array(person)).to_numpy()
    assert is_stale.any()
    assert (column(table, "street")[is_stale] == first[is_stale]).all()


def test_what_the_vendor_says_is_unknown_before_it_is_loaded(clean_block, clean):
    table, person, day = clean
    knows = day >= contact_versions(clean_block).enrichment.known_day[person]
    for name in table.column_names:
        if name.startswith("attr_"):
            known = table[name].is_valid().to_numpy()
            assert not known[~knows].any()
            assert 0.7 < known[knows].mean() < 0.95


def test_who_is_gone_for_long_is_lapsed_and_who_buys_is_not(clean_block, clean):
    table, person, _ = clean
    stage, last = column(table, "lifecycle_stage"), is_newest(table)
    gone = clean_block.lifetimes.churn_day[person] < clean_block.world.calendar.observed_days - 250
    gone &= ~clean_block.people.is_prospect[person]
    # whoever cancelled their only order never was a customer
    assert set(stage[last & gone]) <= {"lapsed", "lead", "subscriber"}
    assert (stage[last & gone] == "lapsed").mean() > 0.9
    assert (stage[last & ~gone] != "lapsed").mean() > 0.5


def test_prospects_never_become_customers(clean_block, clean):
    table, person, _ = clean
    stages = set(column(table, "lifecycle_stage")[clean_block.people.is_prospect[person]])
    assert stages <= {"subscriber", "lead"}


def test_two_exports_are_the_same(block):
    assert contacts(block).equals(contacts(block))
