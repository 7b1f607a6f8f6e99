"""Who is who is measured, judged before core is used, and explained."""

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

KNOWN = "person,identifier_type,identifier_value,is_shared\n"
REPORT = "select measure, value from identity.truth_figures order by measure"
MODELS = ("identity_truth", "truth_figures")


def know(shop, text):
    (shop.feeds / "truth").mkdir()
    (shop.feeds / "truth/identifiers.csv").write_text(text)


def test_where_it_is_known_who_is_who_pairs_are_judged(built):
    know(
        built,
        f"{KNOWN}1,contact_id,weekly_01,false\n1,email,Weekly_01@example.com,false\n"
        "2,contact_id,weekly_02,false\n2,contact_id,weekly_03,false\n",
    )
    assert built.run("--select", *MODELS) == {}
    # of two pairs that are people, contacts and orders show one, and claim no other
    assert dict(built.query(REPORT)) == {
        "claimed_pairs": 1,
        "customers_of_several_people": 0,
        "f1": pytest.approx(2 / 3),
        "identifiers": 4,
        "people": 2,
        "people_of_several_customers": 1,
        "precision": 1,
        "recall": 0.5,
        "right_pairs": 1,
        "true_pairs": 2,
    }


def test_a_truth_that_lacks_a_column_is_refused_in_words(built):
    know(built, "person,identifier_type\n1,email\n")
    (message,) = built.run("--select", "identity_truth").values()
    assert "required column 'identifier_value' is missing" in message


def test_a_chain_of_shared_keys_stops_the_build_before_core_is_used(built):
    """Sixty addresses and sixty numbers, each of two rows: no limit refuses any of them."""
    before = built.published_tables()
    rows = [
        f"c{number},box{number + step}@shop.example,+4930231250{number:02}"
        for number in range(60)
        for step in (0, 1)
    ]
    built.write(
        "tickets",
        "ticket_id,created_at,email,phone\n"
        + "".join(
            f"t{number},2024-06-01 10:00:00,{row.partition(',')[2]}\n"
            for number, row in enumerate(rows)
        ),
    )
    outcome = built.build_unpredicted()
    assert not outcome.has_succeeded
    red = "select expectation_id from gates.gate_identity where not has_passed and run_id = '{}'"
    assert built.query(red.format(outcome.run_id)) == [
        ("customer_identities.customer_id.no_giant",)
    ]
    assert built.query("select distinct run_id from gates.gate_core") != [(outcome.run_id,)]
    assert built.published_tables() == before


def test_a_row_that_names_a_merged_customer_fails_its_test(built):
    with duckdb.connect(built.project.database) as connection:
        connection.execute(
            "insert into identity.identity_merges (merged_customer_id, customer_id) "
            "select min(customer_id), max(customer_id) from core.orders"
        )
    name = "assert_no_row_points_to_a_merged_customer"
    assert list(built.run("--select", name, command="test")) == [name]


def explained(shop, text, monkeypatch, **asked):
    monkeypatch.setenv("TESSERA_DATABASE", str(shop.project.database))
    request = {"identifier_type": None, "target": "ci", "data": None, "shows_values": False}
    said = io.StringIO()
    explain_identity(
        IdentityRequest(text=text, **{**request, **asked}),
        Console(file=said, width=80),
    )
    return said.getvalue()


def test_an_address_is_explained_by_the_contact_that_carries_it(first_build, monkeypatch):
    said = explained(first_build, "weekly_01@example.com", monkeypatch)
    assert "email w***@e***.com" in said
    assert "1   email w***@e***.com   written together   contacts   2024-01-01 00:00" in said
    assert "falls in two: 1 email; 0 orders by them" in said
    assert "weekly_01" not in said
    assert max(map(len, said.splitlines())) <= 80


def test_whoever_may_see_identifiers_sees_them_whole(first_build, monkeypatch):
    said = explained(first_build, "weekly_01@example.com", monkeypatch, shows_values=True)
    assert "email weekly_01@example.com" in said
    assert "contact_id weekly_01" in said


def test_an_identifier_of_no_feed_is_an_error_without_the_identifier(first_build, monkeypatch):
    with pytest.raises(
        UnknownIdentifierError, match=r"no feed has the identifier n\*\*\*@e"
    ) as told:
        explained(first_build, "nobody@example.com", monkeypatch)
    assert told.value.exit_code == 3
    assert "nobody" not in str(told.value)


def test_a_build_of_other_feeds_explains_nothing_about_these(first_build, monkeypatch, tmp_path):
    with pytest.raises(CommandError, match="was built from"):
        explained(first_build, "weekly_01", monkeypatch, data=tmp_path)
