"""A build file made by hand. Ann is a (contact), e (e-mail), p (phone) and k (account); Bob is b.

a and e were met on 1 March, e and p on 2 March, a and p on 9 March, p and k on 5 March (probably).
The office's phone h meets too many; Ann and Bob share a browser w; the account k is also written
as a user_ref u of Bob's.
"""

import io

import duckdb
import pytest
from rich.console import Console

from tessera.commands import CommandError
from tessera.commands.explain_identity import (
    IdentityRequest,
    UnknownIdentifierError,
    explain_identity,
)

TABLES = """
create schema pii; create schema identity; create schema staging; create schema registry;
create table registry.run_context as select 'shop' as feeds_folder;
create table pii.set_identifiers as from (values
    ('s1', 'contacts', 'contact_id', 'C-1001', 'C-1001', 'a'),
    ('s1', 'contacts', 'email', 'Ann@Shop.Example', 'ann@shop.example', 'e'),
    ('s2', 'orders', 'email', 'ann@shop.example', 'ann@shop.example', 'e'),
    ('s2', 'orders', 'phone', '030 23125017', '+493023125017', 'p'),
    ('s3', 'orders', 'customer_ref', 'K-77', 'K-77', 'k'),
    ('s4', 'tickets', 'phone', '030 900', '+4930900', 'h'),
    ('s4', 'tickets', 'email', 'ann@shop.example', 'ann@shop.example', 'e'),
    ('s5', 'web_events', 'device_id', 'tablet-of-both', 'tablet-of-both', 'w'),
    ('s6', 'web_events', 'user_ref', 'K-77', 'K-77', 'u'),
    ('s7', 'contacts', 'contact_id', 'C-2002', 'C-2002', 'b'),
    ('s8', 'web_events', 'device_id', 'unsigned', 'unsigned', 'x')
) as t(reference_set_id, source, identifier_type, written_value, identifier_value, identifier_id);
create table staging.stg_feeds__orders as from (values ('s2'), ('s2'), ('s3'))
    as t(reference_set_id);
create table identity.customer_identities as
select *, 'web_events' as source from (values
    ('a', 'a', true, timestamp '1970-01-01', timestamp '9999-12-31', null::timestamp),
    ('a', 'e', true, timestamp '2025-03-01', timestamp '9999-12-31', timestamp '2025-03-01'),
    ('a', 'p', true, timestamp '2025-03-02', timestamp '9999-12-31', timestamp '2025-03-02'),
    ('a', 'k', true, timestamp '2025-03-05', timestamp '9999-12-31', timestamp '2025-03-05'),
    ('b', 'b', true, timestamp '2025-01-01', timestamp '9999-12-31', null),
    ('b', 'u', true, timestamp '2025-01-01', timestamp '9999-12-31', null),
    ('b', 'w', false, timestamp '2025-04-01', timestamp '2025-05-01', timestamp '2025-04-01'),
    ('a', 'w', false, timestamp '2025-05-01', timestamp '9999-12-31', timestamp '2025-05-01')
) as t(customer_id, identifier_id, is_strong, valid_from, valid_to, linked_at);
create table identity.identity_edges as from (values
    ('a', 'e', 'written together', 'contacts', timestamp '2025-03-01', 400.0, null),
    ('e', 'p', 'written together', 'orders', timestamp '2025-03-02', 200.0, null),
    ('a', 'p', 'written together', 'contacts', timestamp '2025-03-09', 400.0, null),
    ('k', 'p', 'probable', 'contacts', timestamp '2025-03-05', 9.0, 0.987),
    ('b', 'e', 'probable', 'contacts', timestamp '2025-03-07', 5.0, 0.912)
) as t(identifier_id_a, identifier_id_b, link_type, source, known_at, strength, match_probability);
create table identity.identifier_pairs as select 'e' as identifier_id_a, 'h' as identifier_id_b;
create table identity.identity_hubs as
select 'h' as identifier_id, 'phone' as identifier_type, 6 as met_count,
    'meets more than 5 email' as reason;
create table identity.identity_merges as
select 'k' as merged_customer_id, 'a' as into_customer_id, 'a' as customer_id,
    timestamp '2025-03-05' as merged_at, 'probable' as link_type;
"""


@pytest.fixture
def said(tmp_path, monkeypatch):
    """What the command prints of an identifier, in lines without the space around them."""
    (tmp_path / "dbt_project.yml").touch()
    monkeypatch.setenv("TESSERA_PROJECT", str(tmp_path))
    monkeypatch.setenv("TESSERA_DATABASE", str(tmp_path / "build.duckdb"))
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        connection.execute(TABLES)

    def explained(text, **asked):
        request = {"identifier_type": None, "target": "dev", "data": None, "shows_values": False}
        page = io.StringIO()
        asked = IdentityRequest(text=text, **{**request, **asked})
        explain_identity(asked, Console(file=page, width=80))
        return [" ".join(line.split()) for line in page.getvalue().splitlines()]

    return explained


def test_the_path_is_the_one_that_was_complete_first(said):
    lines = said("K-77", identifier_type="customer_ref")
    start = lines.index("How it is tied to the oldest")
    assert lines[start + 3 : start + 7] == [
        "0 contact_id C***",
        "1 email a***@s***.example written together contacts 2025-03-01 00:00",
        "2 phone +49***17 written together orders 2025-03-02 00:00",
        "3 customer_ref K*** probable 0.987 contacts 2025-03-05 00:00",
    ]


def test_each_link_says_what_would_be_without_it(said):
    lines = said("K-77", identifier_type="customer_ref")
    start = lines.index("Without each of these links")
    assert lines[start + 3 : start + 9] == [
        "1 still tied, since 2025-03-09 00:00: phone +49***17 → customer_ref K***",
        "2 still tied, since 2025-03-09 00:00: phone +49***17 → customer_ref K***",
        "3 falls in two: 1 customer_ref; 1 order by them",
        "and the rest: 1 contact_id, 1 email, 1 phone; 2 orders by them",
        "",
        "Keys refused, which tie nobody together",
    ]


def test_keys_refused_links_cut_and_merges_are_told(said):
    lines = said("ann@shop.example")
    assert "phone +49***00 meets more than 5 email (it meets 6)" in lines
    assert "email a***@s***.example probable 0.912 contacts 2025-03-07 00:00" in lines
    assert "k a 2025-03-05 00:00 probable" in lines


@pytest.mark.parametrize("text", ["030 23125017", "+493023125017", "p", " +493023125017 "])
def test_an_identifier_is_found_as_written_as_read_and_by_its_hash(said, text):
    assert said(text)[:2] == ["phone +49***17", "customer a since 2025-03-02 00:00"]


def test_a_browser_is_told_by_whose_it_was_and_when(said):
    lines = said("tablet-of-both")
    start = lines.index("Whose it was")
    assert lines[start + 3 : start + 5] == [
        "b 2025-04-01 00:00 2025-05-01 00:00 web_events",
        "a 2025-05-01 00:00 web_events",
    ]
    assert "How it is tied to the oldest" not in lines


def test_a_browser_without_anybody_is_nobodys(said):
    assert said("unsigned")[1] == "belongs to nobody: no row has it beside anybody"


def test_the_oldest_identifier_names_the_customer(said):
    assert said("C-1001")[1] == "customer a since always (undated)"


def test_no_value_is_shown_unless_asked_for(said):
    assert "shop.example" not in " ".join(said("ann@shop.example"))
    assert "email ann@shop.example" in said("ann@shop.example", shows_values=True)


def test_what_may_be_several_types_asks_which(said):
    with pytest.raises(UnknownIdentifierError, match="customer_ref and user_ref: say which with"):
        said("K-77")


def test_what_no_feed_has_is_an_error_of_its_own(said):
    with pytest.raises(UnknownIdentifierError, match=r"no feed has the phone") as told:
        said("K-77", identifier_type="phone")
    assert told.value.exit_code == 3
    assert "known as customer_ref, user_ref" in str(told.value)


def test_a_type_that_does_not_exist_is_refused(said):
    with pytest.raises(CommandError, match="no type of identifier 'mail': give one of contact_id"):
        said("K-77", identifier_type="mail")


def test_a_file_without_identity_says_to_build_first(said, tmp_path):
    with duckdb.connect(tmp_path / "build.duckdb") as connection:
        connection.execute("drop schema identity cascade")
    with pytest.raises(CommandError, match="does not say who is who"):
        said("K-77")
