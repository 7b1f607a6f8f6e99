from collections import Counter

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tessera.identity.contraction import link_components
from tessera.identity.splitting import split_components

ONE_EACH = [("customer_ref", 1), ("user_ref", 1)]
TWO_PEOPLE = [
    ("ann", "customer_ref", 0),
    ("bob", "customer_ref", 1),
    ("mail", "email", 2),
    ("phone", "phone", 3),
]


def split_links(connection, graph, most):
    identifiers, edges = graph.tables(connection)
    link_components(connection, identifiers, edges).create("links")
    connection.execute(
        "create table limits "
        "(identifier_type varchar, meets_type varchar, most integer, reason varchar)"
    )
    connection.execute("insert into limits values ('email', 'phone', 1, 'not about people')")
    for kind, number in most:
        connection.execute("insert into limits values ('person', ?, ?, 'why')", [kind, number])
    links, limits = connection.table("links"), connection.table("limits")
    return split_components(connection, links, edges, identifiers, limits)


@pytest.fixture
def split(connection, small_graph, rows):
    return lambda identifiers, edges, most=ONE_EACH: rows(
        split_links(connection, small_graph(identifiers, edges), most)
    )


def customers(links):
    return {row[0]: row[7] for row in links}


def test_a_contradiction_is_cut_at_its_weakest_link(split):
    edges = [("ann", "mail", 5, 9), ("mail", "phone", 6, 2), ("phone", "bob", 7, 4)]
    links = split(TWO_PEOPLE, edges)
    assert customers(links) == {"ann": "ann", "mail": "ann", "bob": "bob", "phone": "bob"}


def test_of_equal_links_the_later_is_refused(split):
    edges = [("ann", "mail", 5, 1), ("mail", "phone", 7, 1), ("phone", "bob", 6, 1)]
    links = split(TWO_PEOPLE, edges)
    assert customers(links) == {"ann": "ann", "mail": "ann", "bob": "bob", "phone": "bob"}


def test_parts_are_dated_by_their_own_links(split, at):
    edges = [("ann", "mail", 9, 9), ("mail", "bob", 4, 2), ("mail", "phone", 5, 9)]
    links = {row[0]: row for row in split(TWO_PEOPLE, edges)}
    assert (links["mail"][2], links["mail"][8]) == (at(9), at(9))
    assert (links["phone"][2], links["phone"][8]) == (at(5), at(9))
    assert links["bob"][1] is None


def test_components_without_a_contradiction_are_no_rows(split):
    assert split(TWO_PEOPLE, [("ann", "mail", 5, 9), ("phone", "bob", 7, 4)]) == []


def test_a_limit_of_two_admits_two(split):
    edges = [("ann", "mail", 5, 9), ("mail", "bob", 7, 4)]
    assert split(TWO_PEOPLE, edges, [("customer_ref", 2)]) == []


def test_nothing_is_cut_without_limits(split):
    assert split(TWO_PEOPLE, [("ann", "bob", 5, 9)], []) == []


EDGES = st.lists(
    st.tuples(*[st.integers(0, 9)] * 2, st.integers(0, 9), st.integers(1, 3)).filter(
        lambda edge: edge[0] < edge[1]
    ),
    max_size=20,
    unique_by=lambda edge: edge[:2],
)
KINDS = st.lists(st.sampled_from(["customer_ref", "user_ref", "email"]), min_size=10, max_size=10)


@settings(max_examples=20, deadline=None)
@given(KINDS, EDGES)
def test_no_part_holds_too_much_and_no_two_parts_could_be_one(small_graph, rows, kinds, edges):
    identifiers = [(str(number), kind, number) for number, kind in enumerate(kinds)]
    named = [(str(a), str(b), known, strength) for a, b, known, strength in edges]
    with duckdb.connect() as connection:
        links = rows(split_links(connection, small_graph(identifiers, named), ONE_EACH))
    parts = customers(links)
    held = {part: Counter() for part in parts.values()}
    for name, part in parts.items():
        held[part][kinds[int(name)]] += 1
    limited = [kind for kind, _ in ONE_EACH]
    assert all(numbers[kind] <= 1 for numbers in held.values() for kind in limited)
    for one, other, *_ in named:
        if parts.get(one) != parts.get(other):
            together = held[parts[one]] + held[parts[other]]
            assert any(together[kind] > 1 for kind in limited)
