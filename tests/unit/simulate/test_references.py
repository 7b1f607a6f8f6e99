import numpy as np

from tessera.simulate.references import accounts, emails, filed_emails, phones


def at(block, person, day, of=emails):
    return of(block, np.array([person]), np.array([float(day)]))[0].as_py()


def test_a_second_address_is_used_from_its_day_on(block):
    later = block.identities.later_email_day
    person = int(np.flatnonzero(np.isfinite(later))[0])
    assert at(block, person, later[person] - 1) != at(block, person, later[person])


def filed_at(block, person, day):
    place = filed_emails(block, np.array([person]), np.array([float(day)]))[0]
    return block.profiles.emails[place].as_py()


def test_the_crm_learns_of_a_second_address_later(block):
    later, known = block.identities.later_email_day, block.profiles.email_known_day
    person = int(np.flatnonzero(np.isfinite(known) & (known > later + 1))[0])
    between = (later[person] + known[person]) / 2
    assert filed_at(block, person, between) == at(block, person, later[person] - 1)
    assert filed_at(block, person, known[person]) == at(block, person, between)


def test_whoever_shares_a_mailbox_writes_from_the_partners_address(block):
    owner = block.identities.email_owner
    person = int(np.flatnonzero(owner != np.arange(len(owner)))[0])
    day = block.identities.later_email_day[[person, owner[person]]].min() - 1
    day = min(day, 0.0)
    assert at(block, person, day) == at(block, int(owner[person]), day)


def test_a_phone_is_given_exactly_where_one_is_known(block):
    spelled = phones(block, np.arange(len(block.people)))
    known = spelled.is_valid().to_numpy(zero_copy_only=False)
    assert (known == block.identities.has_phone).all()
    assert all(each.startswith("+") for each in spelled.drop_null().to_pylist())


def test_an_account_is_named_from_the_day_it_was_opened(block):
    opened = block.identities.account_day
    person = int(np.flatnonzero(np.isfinite(opened))[0])
    assert at(block, person, opened[person] - 0.1, accounts) is None
    assert at(block, person, opened[person], accounts) == block.identities.account[person].as_py()
