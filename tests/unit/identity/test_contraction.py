from itertools import pairwise

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tessera.identity.contraction import link_components
from tessera.identity.numbering import TYPES_BY_STRENGTH, IdentityGraphError

NAMES = "abcdefghijklmn"
IDENTIFIERS = st.tuples(
    *(
        st.tuples(st.just(name), st.sampled_from(TYPES_BY_STRENGTH), st.integers(0, 4))
        for name in NAMES
    )
)
EDGES = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(NAMES),
        st.integers(0, 12),
        st.integers(1, 2),
    ).filter(lambda edge: edge[0] != edge[1]),
    max_size=24,
    unique_by=lambda edge: tuple(sorted(edge[:2])),
)
ANN = [("ann", "contact_id", 0), ("mail", "email", 1), ("phone", "phone", 2)]


def link(graph, rounds=24):
    """Return the rows of a graph's links, by identifier, from a connection of its own."""
    with duckdb.connect() as connection:
        found = link_components(connection, *graph.tables(connection), rounds)
        return [row[:-1] for row in found.order("identifier_id").fetchall()]


def earliest_ways(graph):
    """Return for two connected identifiers the least day by which a way of links led from one to
    the other: by trying every identifier as a stop, which knows nothing of elders."""
    names = [name for name, *_ in graph.identifiers]
    ways = {(name, name): -1 for name in names}
    for one, other, known, *_ in graph.edges:
        ways[one, other] = ways[other, one] = min(known, ways.get((one, other), known))
    for stop in names:
        for one in names:
            for other in names:
                if (one, stop) in ways and (stop, other) in ways:
                    way = max(ways[one, stop], ways[stop, other])
                    ways[one, other] = min(way, ways.get((one, other), way))
    return ways


@settings(max_examples=30, deadline=None)
@given(IDENTIFIERS, EDGES, st.sampled_from([0, 1, 24]))
def test_rounds_link_as_the_order_of_time_does(small_graph, names, edges, rounds):
    graph = small_graph(names, edges)
    assert link(graph, rounds) == graph.linked_in_order()


@settings(max_examples=20, deadline=None)
@given(IDENTIFIERS, EDGES)
def test_an_identifier_is_valid_from_the_earliest_way_to_the_oldest(small_graph, at, names, edges):
    graph = small_graph(names, edges)
    first = {name: known for name, _, known in names}
    ages = {name: (known, TYPES_BY_STRENGTH.index(kind), name) for name, kind, known in names}
    ways = earliest_ways(graph)
    for name, *_, customer, valid_from in link(graph):
        reached = [other for other in first if (name, other) in ways]
        assert customer == min(reached, key=ages.get)
        assert valid_from == at(first[name] if name == customer else ways[name, customer])


@settings(max_examples=20, deadline=None)
@given(IDENTIFIERS, EDGES, st.integers(0, 12))
def test_later_edges_change_nothing_that_was_known(small_graph, at, names, edges, known_then):
    edges_then = [edge for edge in edges if edge[2] < known_then]
    then = {row[0]: row for row in link(small_graph(names, edges_then))}
    now = {row[0]: row for row in link(small_graph(names, edges))}
    for name, row in then.items():
        if row[1] is not None:
            assert now[name][:7] == row[:7]  # linked to whom, when, by which edge
    for name, row in now.items():
        if row[1] is not None and row[2] < at(known_then):
            assert then[name][:7] == row[:7]
    assert {name: as_of(now, name, at(known_then)) for name in now} == {
        name: row[7] for name, row in then.items()
    }


def as_of(links, name, instant):
    """Return the customer of an identifier by links made before an instant."""
    while links[name][1] is not None and links[name][2] < instant:
        name = links[name][1]
    return name


def test_a_customer_is_named_by_the_oldest_identifier(small_graph, at):
    links = link(small_graph(ANN, [("mail", "ann", 5, 1), ("mail", "phone", 3, 1)]))
    assert links == [
        ("ann", None, None, None, None, None, None, "ann", at(0)),
        ("mail", "ann", at(5), "ann", "mail", "written together", "orders", "ann", at(5)),
        ("phone", "mail", at(3), "mail", "phone", "written together", "orders", "ann", at(5)),
    ]


def test_a_customer_keeps_its_id_when_others_join(small_graph):
    alone = link(small_graph(ANN, [("mail", "ann", 5, 1)]))
    joined = link(small_graph(ANN, [("mail", "ann", 5, 1), ("ann", "phone", 9, 1)]))
    assert {row[7] for row in alone} == {"ann", "phone"}
    assert {row[7] for row in joined} == {"ann"}


def test_of_the_same_moment_the_stronger_type_is_the_older(small_graph):
    links = link(small_graph([("a", "phone", 0), ("b", "user_ref", 0)], [("a", "b", 1, 1)]))
    assert {row[7] for row in links} == {"b"}


def test_of_two_edges_of_a_moment_the_stronger_links(small_graph):
    edges = [("ann", "mail", 4, 1, "probable", "splink"), ("ann", "mail", 4, 7)]
    (_, mail, _) = link(small_graph(ANN, edges))
    assert mail[5:7] == ("written together", "orders")


@pytest.mark.parametrize("rounds", [2, 24])
@pytest.mark.parametrize("order", [1, -1])
def test_a_long_chain_ends_at_its_oldest(small_graph, rounds, order):
    names = [f"{number:03}" for number in range(200)]
    edges = [(a, b, order * number, 1) for number, (a, b) in enumerate(pairwise(names))]
    graph = small_graph([(name, "email", 0) for name in names], edges)
    links = link(graph, rounds)
    assert links == graph.linked_in_order()
    assert {row[7] for row in links} == {"000"}


def test_a_star_around_its_youngest_is_one_customer(small_graph, at):
    rays = [(f"{number:02}", "email", number) for number in range(40)]
    graph = small_graph([*rays, ("hub", "phone", 99)], [("hub", r, 40 - n, 1) for r, _, n in rays])
    links = link(graph)
    assert links == graph.linked_in_order()
    assert links[-1][1:3] == ("39", at(1))


def test_nothing_gives_no_links(small_graph):
    assert link(small_graph([], [])) == []


def test_identifiers_without_edges_are_customers_of_their_own(small_graph):
    assert [row[7] for row in link(small_graph(ANN, []))] == ["ann", "mail", "phone"]


def test_weak_identifiers_take_no_part(connection, small_graph, rows):
    identifiers, edges = small_graph(ANN, []).tables(connection)
    connection.execute("update identifiers set is_strong = false where identifier_id = 'mail'")
    links = rows(link_components(connection, identifiers, edges))
    assert [row[0] for row in links] == ["ann", "phone"]


def test_an_edge_to_an_unknown_identifier_is_an_error_that_names_it(small_graph):
    with pytest.raises(IdentityGraphError, match=r"1 ends of edges name no .* 'nobody'"):
        link(small_graph(ANN, [("ann", "nobody", 1, 1), ("ann", "mail", 2, 1)]))


def test_an_identifier_that_stands_twice_is_an_error_that_names_it(small_graph):
    with pytest.raises(IdentityGraphError, match=r"1 identifier_id stand .* 'mail'"):
        link(small_graph([*ANN, ("mail", "email", 7)], [("ann", "mail", 2, 1)]))


def test_only_what_the_result_reads_stays_behind(connection, small_graph, rows):
    links = link_components(connection, *small_graph(ANN, []).tables(connection))
    assert len(rows(links)) == len(ANN)
    left = connection.sql("select table_name from duckdb_tables() where database_name = 'temp'")
    assert sorted(left.fetchall()) == [
        ("identity_work_customers",),
        ("identity_work_dated",),
        ("identity_work_kinds",),
        ("identity_work_nodes",),
    ]
