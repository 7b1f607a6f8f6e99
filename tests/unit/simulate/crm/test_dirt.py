import numpy as np
import pyarrow.compute as pc
import pytest

from tessera.simulate.crm.contacts import contacts
from tessera.simulate.crm.dirt import contact_records
from tessera.simulate.crm.records import DUPLICATE, MAIN, MERGED, NOBODY, ROLE, TEST
from tessera.simulate.crm.truth import contact_truth


@pytest.fixture(scope="module")
def records(heavy_block):
    return contact_records(heavy_block)


def text(column):
    return column.to_numpy(zero_copy_only=False)


def test_heavy_dirt_has_three_times_the_duplicates(block, heavy_block, records):
    usual = np.isin(contact_records(block).kind, (DUPLICATE, MERGED)).sum()
    heavy = np.isin(records.kind, (DUPLICATE, MERGED)).sum()
    assert 20 < usual < heavy
    assert 2 < heavy / usual < 4.5


def test_duplicates_are_created_after_the_main_contact(heavy_block, records):
    second = np.isin(records.kind, (DUPLICATE, MERGED))
    main_day = heavy_block.identities.contact_day[records.person[second]]
    assert (records.created_day[second] >= main_day).all()


def test_contact_ids_are_unique(records):
    assert pc.count_distinct(records.card["contact_id"]).as_py() == len(records)


def test_a_merged_contact_ends_as_merged_and_the_main_one_goes_on(heavy_block):
    table, truth = contacts(heavy_block), contact_truth(heavy_block)
    merged = set(text(truth["contact_id"])[text(truth["kind"]) == "merged"])
    ids, stage = text(table["contact_id"]), text(table["lifecycle_stage"])
    last = np.append(ids[1:] != ids[:-1], True)
    is_merged = np.array([each in merged for each in ids])
    assert len(merged) > 10
    assert (stage[last & is_merged] == "merged").all()
    assert (stage[~(last & is_merged)] != "merged").all()


def test_some_duplicates_have_a_tagged_or_mistyped_address_some_a_nickname_some_gaps(
    heavy_block, records
):
    second = np.isin(records.kind, (DUPLICATE, MERGED))
    email, first = records.card["email"], records.card["first_name"]
    tagged = pc.match_substring(email, "+").to_numpy(zero_copy_only=False)
    assert 0.15 < np.mean([each is True for each in tagged[second]]) < 0.5
    assert not any(each is True for each in tagged[~second])
    owner = heavy_block.identities.email_owner[records.person]
    mistyped = text(heavy_block.profiles.mistyped_emails)[owner]
    assert 0.02 < (text(email)[second] == mistyped[second]).mean() < 0.15
    nickname = text(heavy_block.profiles.nickname)[records.person]
    assert (text(first)[second] == nickname[second]).mean() > 0.2
    assert 0.2 < 1 - records.card["birth_date"].is_valid().to_numpy()[second].mean() < 0.6


def test_duplicates_come_from_channels_that_write_streets_and_phones_another_way(
    heavy_block, records
):
    second = np.isin(records.kind, (DUPLICATE, MERGED))
    local = text(heavy_block.profiles.local_phone)[records.person]
    phone = text(records.card["phone"])
    with_phone = second & (phone != None)  # noqa: E711 - an array
    assert 0.3 < (phone[with_phone] == local[with_phone]).mean() < 0.7
    addresses = heavy_block.profiles.addresses
    street, short = (text(addresses[name])[records.person] for name in ("street", "short_street"))
    written = text(records.card["street"])
    assert 0.05 < ((written == short) & (short != street))[second].mean() < 0.4


def test_a_tag_hides_the_address_of_the_same_person(heavy_block, records):
    own = text(heavy_block.profiles.emails)[heavy_block.identities.email_owner[records.person]]
    for written, plain in zip(text(records.card["email"]), own, strict=True):
        if written and "+" in written:
            local, domain = written.split("@")
            assert f"{local.split('+')[0]}@{domain}" == plain


def test_a_box_is_shared_by_several_people(records):
    boxes = text(records.card["email"])[records.kind == ROLE]
    _, readers = np.unique(boxes.astype(str), return_counts=True)
    assert readers.max() > 1


def test_test_contacts_are_nobody(records):
    is_test = records.kind == TEST
    assert (records.person[is_test] == NOBODY).all()
    assert (records.person[~is_test] >= 0).all()


def test_main_contacts_keep_their_own_address(heavy_block, records):
    main = records.kind == MAIN
    own = text(heavy_block.profiles.emails)[heavy_block.identities.email_owner[records.person]]
    assert (text(records.card["email"])[main] == own[main]).all()


def test_slips_are_rare_in_main_contacts_and_common_in_duplicates(block):
    records = contact_records(block)
    true_name = text(block.profiles.last_name)[records.person]
    slips = text(records.card["last_name"]) != true_name
    assert slips[records.kind == MAIN].mean() < 0.02
    assert slips[np.isin(records.kind, (DUPLICATE, MERGED))].mean() > 0.04


def test_no_duplicate_knows_where_somebody_will_move(heavy_block, records):
    count, street = len(heavy_block.people), text(heavy_block.profiles.addresses["street"])
    written = text(records.card["street"])
    second = np.isin(records.kind, (DUPLICATE, MERGED))
    moved = records.created_day >= heavy_block.profiles.moves_house_day[records.person]
    is_next = written == street[records.person + count]
    assert is_next[second & moved].any()
    assert not is_next[second & ~moved].any()
