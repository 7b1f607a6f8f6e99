"""Whom a value names, and what is theirs, in a small file that is written by hand."""

import re

import duckdb
import pytest

from tessera.commands import CommandError
from tessera.commands.erasure.byte_search import found_bytes, require_no_bytes
from tessera.commands.erasure.catalog import declared_keys, tables_of
from tessera.commands.erasure.feed_rows import tombstone_keys
from tessera.commands.erasure.person import UnnamedPersonError, find_person
from tessera.commands.erasure.rewriting import rewrite
from tessera.commands.erasure.traces import find_traces, pattern_of
from tessera.identity.spellings import identifier_key

DECLARED = frozenset({("orders", "order_id"), ("products", "product_id")})


def key(kind, value):
    return identifier_key("s", kind, value)


ANN, BOB = key("email", "ann@example.com"), key("contact_id", "17")

NAMES = [
    (ANN, "crm", "email", "ann@example.com"),
    (ANN, "crm", "contact_id", "1"),
    (ANN, "web", "device_id", "kiosk-0001"),
    (BOB, "crm", "contact_id", "17"),
    (BOB, "crm", "user_ref", "1"),
    (BOB, "web", "device_id", "kiosk-0001"),
]


@pytest.fixture
def build(tmp_path):
    path = tmp_path / "build.duckdb"
    connection = duckdb.connect()
    connection.execute(f"attach '{path}' as build")
    connection.execute("create schema build.pii")
    connection.execute(
        "create table build.pii.customer_identifiers "
        "(customer_id varchar, source varchar, identifier_type varchar, identifier_value varchar)"
    )
    connection.executemany("insert into build.pii.customer_identifiers values (?, ?, ?, ?)", NAMES)
    connection.execute("create schema build.core")
    connection.execute("create table build.core.orders (order_id varchar, customer_id varchar)")
    connection.executemany(
        "insert into build.core.orders values (?, ?)", [("1", ANN), ("17", BOB), ("3", BOB)]
    )
    connection.execute("create table build.core.order_lines (order_id varchar, product_id varchar)")
    connection.execute("insert into build.core.order_lines values ('1', 'mug'), ('17', '1')")
    connection.execute("create table build.core.products (product_id varchar, name varchar)")
    connection.execute("insert into build.core.products values ('mug', 'Mug'), ('1', 'One')")
    connection.execute("create schema build.gates")
    connection.execute("create table build.gates.evidence (sample varchar, seen varchar[])")
    connection.execute(
        "insert into build.gates.evidence values (?, ?)",
        [f'[{{"customer_id": "{ANN}"}}, {{"customer_id": "{BOB}"}}]', [ANN]],
    )
    connection.execute("create table build.gates.one_view as select 1 as one")
    connection.execute("checkpoint build")
    return connection, path


def traces_of(connection, value, kind=None):
    person = find_person(connection, value, kind, "s")
    return person, find_traces(connection, person, frozenset(), "s", DECLARED)


def rows(connection, table):
    return connection.sql(f"select * from {table} order by all").fetchall()


def test_only_what_is_the_persons_goes_however_alike_the_ids_are(build):
    connection, path = build
    _, traces = traces_of(connection, "Ann@Example.com")
    rewrite(traces.within("build"), "build", path)
    connection.close()
    with duckdb.connect(path, read_only=True) as after:
        assert rows(after, "core.orders") == [("17", BOB), ("3", BOB)]
        assert rows(after, "core.order_lines") == [("17", "1")]
        assert rows(after, "core.products") == [("1", "One"), ("mug", "Mug")]
        assert {row[0] for row in rows(after, "pii.customer_identifiers")} == {BOB}


def test_samples_of_a_gate_lose_the_person_and_keep_the_others(build):
    connection, path = build
    _, traces = traces_of(connection, "ann@example.com")
    rewrite(traces.within("build"), "build", path)
    connection.close()
    with duckdb.connect(path, read_only=True) as after:
        sample = f'[{{"customer_id": "(forgotten)"}}, {{"customer_id": "{BOB}"}}]'
        assert rows(after, "gates.evidence") == [(sample, None)]


def test_the_new_file_has_none_of_the_old_bytes(build):
    connection, path = build
    values = ["ann@example.com", ANN]
    assert found_bytes(path, values) == values
    _, traces = traces_of(connection, "ann@example.com")
    assert set(values) <= set(traces.searched)
    rewrite(traces.within("build"), "build", path)
    assert found_bytes(path, values) == []


def test_bytes_that_are_left_are_refused_without_naming_them(build):
    connection, path = build
    with path.open("ab") as file:
        file.write(b"left@example.com")
    with pytest.raises(CommandError, match="1 values of the person are left") as raised:
        require_no_bytes(connection, "build", path, ["left@example.com"])
    assert "left@" not in str(raised.value)


def test_a_shared_key_stays_and_has_no_tombstone(build):
    connection, _ = build
    person, traces = traces_of(connection, "ann@example.com")
    assert {each.identifier_type for each in person.shared} == {"device_id"}
    keys = tombstone_keys(traces, person, "s")
    assert ("email", ANN) in keys
    assert ("order_id", key("order_id", "1")) in keys
    assert ("device_id", key("device_id", "kiosk-0001")) not in keys


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [
        ("kiosk-0001", None, "is shared"),
        ("1", None, "as contact_id, user_ref: say which"),
        ("2", None, "nobody in the last build"),
        ("17", "user_ref", "nobody in the last build"),
    ],
)
def test_a_value_that_names_no_single_person_is_refused_without_showing_anybody(
    build, value, kind, said
):
    with pytest.raises(UnnamedPersonError, match=said) as raised:
        find_person(build[0], value, kind, "s")
    assert not re.search("example.com|[0-9a-f]{32}", str(raised.value))


def test_the_type_tells_two_people_with_one_value_apart(build):
    assert find_person(build[0], "1", "contact_id", "s").customer_ids == {ANN}
    assert find_person(build[0], "1", "user_ref", "s").customer_ids == {BOB}


@pytest.mark.parametrize("value", ["an.n+news@example.com", "A.N.N@sample.com"])
def test_an_address_is_found_as_its_provider_reads_it(build, value):
    connection, _ = build
    connection.execute("create schema build.seeds")
    connection.execute(
        "create table build.seeds.email_providers as "
        "select * from (values ('example', null, '.', '+'), ('sample', 'example', '.', '+')) "
        "as providers (provider, same_as, ignored_characters, tag_separator)"
    )
    assert find_person(connection, value, None, "s").customer_ids == {ANN}


def test_another_secret_than_the_builds_is_refused(build):
    with pytest.raises(CommandError, match="not the key that the file was built with"):
        find_person(build[0], "ann@example.com", None, "other")


def test_views_hold_no_rows(build):
    connection, _ = build
    connection.execute("create view build.core.a_view as select * from build.core.orders")
    assert "core.a_view" not in {table.label for table in tables_of(connection, "build")}


def test_keys_are_those_that_the_models_declare_unique(tmp_path):
    (tmp_path / "_models.yml").write_text(
        "models:\n"
        "  - name: orders\n"
        "    columns:\n"
        "      - {name: order_id, data_tests: [unique, not_null]}\n"
        "      - {name: product_id, data_tests: [not_null]}\n"
        "      - {name: feed, data_tests: [unique]}\n"
    )
    assert declared_keys(tmp_path) == {("orders", "order_id")}


@pytest.mark.parametrize(
    ("text", "is_mention"),
    [
        ("mail ann@example.com, please", True),
        ("it was ANN@example.com.", True),
        ("?email=ann@example.com&x", True),
        ("next%3Dann@example.com%26", True),
        ("joann@example.com", False),
        ("jo.ann@example.com", False),
        ("ann@example.com.au", False),
        ("ann@example.community", False),
    ],
)
def test_a_mention_stands_by_itself(text, is_mention):
    pattern = pattern_of({"ann@example.com"})
    matched = duckdb.execute("select regexp_matches(?, ?)", [text, pattern]).fetchone()[0]
    assert matched is is_mention
