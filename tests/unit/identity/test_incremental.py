import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tessera.identity import incremental
from tessera.identity.incremental import link_identifiers
from tessera.identity.numbering import TYPES_BY_STRENGTH, IdentityGraphError

NAMES = "abcdefghijklmnopqrstuvwxyz"
GRAPHS = st.tuples(
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(TYPES_BY_STRENGTH), st.integers(0, 3)),
        unique_by=lambda identifier: identifier[0],
        min_size=1,
    ),
    st.lists(
        st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(3, 9)),
        max_size=15,
        unique_by=lambda edge: tuple(sorted(edge[:2])),
    ),
)
PEOPLE = [(name, "email", 0) for name in NAMES]
PAIRS = [("a", "b", 4, 1), ("c", "d", 5, 1), ("e", "f", 6, 1)]


def drawn(small_graph, graph):
    """Return a graph without edges to identifiers that it does not hold."""
    names, edges = graph
    held = {name for name, *_ in names}
    return small_graph(names, [(*e, 1) for e in edges if e[0] != e[1] and {*e[:2]} <= held])


def run(connection, graph):
    """Link a graph beside the links of the last one, as the model does."""
    known = connection.execute("from duckdb_tables() where table_name = 'links'").fetchall()
    earlier = connection.table("links") if known else None
    links = link_identifiers(connection, *graph.tables(connection), earlier)
    links.create("new_links")
    connection.execute("drop table if exists links")
    connection.execute("alter table new_links rename to links")
    return connection.table("links").order("identifier_id").fetchall()


def recomputed(connection, graph):
    """Return which identifiers were linked anew: those that a mark in the last links has left."""
    connection.execute("update links set valid_from = '1999-01-01'")
    links = run(connection, graph)
    return "".join(row[0] for row in links if row[8].year != 1999)


@pytest.fixture
def never_whole(monkeypatch):
    monkeypatch.setattr(incremental, "LARGEST_TOUCHED_SHARE", 2.0)


@settings(max_examples=20, deadline=None)
@given(st.lists(GRAPHS, min_size=2, max_size=4))
def test_any_run_after_any_other_gives_what_a_first_run_gives(small_graph, graphs):
    with duckdb.connect() as connection, pytest.MonkeyPatch.context() as patch:
        patch.setattr(incremental, "LARGEST_TOUCHED_SHARE", 2.0)
        for each in graphs:
            graph = drawn(small_graph, each)
            with duckdb.connect() as fresh:
                assert run(connection, graph) == run(fresh, graph)


@settings(max_examples=20, deadline=None)
@given(GRAPHS, st.data())
def test_edges_in_any_order_and_any_portions_end_in_the_same_links(small_graph, graph, data):
    graph = drawn(small_graph, graph)
    order = data.draw(st.permutations(graph.edges))
    cuts = data.draw(st.lists(st.integers(0, len(order)), max_size=3))
    with duckdb.connect() as connection, duckdb.connect() as fresh:
        for end in [*sorted(cuts), len(order)]:
            links = run(connection, small_graph(graph.identifiers, order[:end]))
        assert links == run(fresh, graph)


@pytest.mark.parametrize(
    ("edges", "touched"),
    [
        (PAIRS, ""),
        ([*PAIRS, ("b", "c", 7, 1)], "abcd"),
        ([*PAIRS, ("a", "z", 7, 1)], "abz"),
        (PAIRS[1:], "ab"),
        ([("a", "b", 8, 1), *PAIRS[1:]], "ab"),
        ([("a", "b", 4, 2), *PAIRS[1:]], "ab"),
        ([("a", "b", 4, 1, "written together", "tickets"), *PAIRS[1:]], "ab"),
        ([("a", "d", 4, 1), ("c", "b", 5, 1), PAIRS[2]], "abcd"),
    ],
    ids=["nothing", "merge", "growth", "removal", "date", "strength", "source", "swapped ends"],
)
def test_only_touched_components_are_linked_anew(connection, small_graph, edges, touched):
    run(connection, small_graph(PEOPLE, PAIRS))
    assert recomputed(connection, small_graph(PEOPLE, edges)) == touched


@pytest.mark.parametrize(
    ("people", "touched"),
    [
        (PEOPLE[:-1], ""),
        ([*PEOPLE, ("zz", "email", 0)], "zz"),
        ([("a", "phone", 0), *PEOPLE[1:]], "ab"),
        ([("a", "email", 2), *PEOPLE[1:]], "ab"),
    ],
    ids=["vanished", "new", "another type", "known since another day"],
)
def test_an_identifier_that_changed_touches_its_component(connection, small_graph, people, touched):
    run(connection, small_graph(PEOPLE, PAIRS))
    assert recomputed(connection, small_graph(people, PAIRS)) == touched


def test_when_most_is_touched_everything_is_linked_anew(connection, small_graph):
    run(connection, small_graph(PEOPLE, []))
    changed = [(name, "phone", 0) for name in NAMES[:20]] + PEOPLE[20:]
    assert recomputed(connection, small_graph(changed, [])) == NAMES


@pytest.mark.parametrize("edge", [("a", "nobody", 9, 1), ("nobody", "nowhere", 9, 1)])
def test_an_edge_to_an_unknown_identifier_is_an_error_in_a_later_run(connection, small_graph, edge):
    run(connection, small_graph(PEOPLE, PAIRS))
    with pytest.raises(IdentityGraphError, match=r"identity_edges: . ends of edges name no"):
        run(connection, small_graph(PEOPLE, [*PAIRS, edge]))


def test_an_edge_to_a_vanished_identifier_is_an_error(connection, small_graph, never_whole):
    run(connection, small_graph(PEOPLE, PAIRS))
    with pytest.raises(IdentityGraphError, match=r"1 ends of edges .* 'a'"):
        run(connection, small_graph(PEOPLE[1:], PAIRS))
