"""Small graphs of letters and days, and what the sequential rule makes of them."""

from datetime import datetime, timedelta

import duckdb
import pytest

from tessera.identity.links_table import COLUMNS
from tessera.identity.numbering import TYPES_BY_STRENGTH
from tessera.identity.sequential import link_in_order, memberships

FIRST_DAY = datetime(2024, 1, 1)  # noqa: DTZ001 - times of the warehouse carry no zone


def day(number):
    return None if number is None else FIRST_DAY + timedelta(days=number)


class SmallGraph:
    """Identifiers (id, type, day first known) and edges (a, b, day known, strength).

    An edge may say its link type and source as a fifth and sixth value.
    """

    def __init__(self, identifiers, edges):
        self.identifiers = list(identifiers)
        usual = ("written together", "orders")
        self.edges = [(*edge[:4], *(edge[4:] or usual)) for edge in edges]

    def tables(self, connection):
        """Write both tables and return them as relations."""
        connection.execute(
            "create or replace table identifiers (identifier_id varchar, identifier_type varchar, "
            "is_strong boolean, first_known_at timestamp)"
        )
        connection.execute(
            "create or replace table identity_edges (identifier_id_a varchar, "
            "identifier_id_b varchar, link_type varchar, source varchar, known_at timestamp, "
            "strength double, match_probability double)"
        )
        named = [(name, kind, day(first)) for name, kind, first in self.identifiers]
        if named:
            connection.executemany("insert into identifiers values (?, ?, true, ?)", named)
        linked = [
            (*sorted([one, other]), link_type, source, day(known), strength)
            for one, other, known, strength, link_type, source in self.edges
        ]
        if linked:
            connection.executemany(
                "insert into identity_edges values (?, ?, ?, ?, ?, ?, null)", linked
            )
        return connection.table("identifiers"), connection.table("identity_edges")

    def linked_in_order(self):
        """Return who is linked to whom by the sequential rule: rows as :func:`rows` gives them."""
        by_age = sorted(
            self.identifiers, key=lambda row: (row[2], TYPES_BY_STRENGTH.index(row[1]), row[0])
        )
        age = {row[0]: number for number, row in enumerate(by_age, 1)}
        ends = [(*sorted([age[e[0]], age[e[1]]]), e) for e in self.edges]
        ends.sort(key=lambda row: (row[2][2], -row[2][3], row[0], row[1], row[2][4], row[2][5]))
        links = list(link_in_order((a, b, n) for n, (a, b, _) in enumerate(ends)))
        found = memberships(age.values(), links)
        link_of = {link.younger: link for link in links}
        names = [None, *(row[0] for row in by_age)]
        return sorted(
            (_row(by_age[node - 1], link_of.get(node), found[node], names, ends) for node in found),
            key=lambda row: row[0],
        )


def _row(identifier, link, membership, names, ends):
    customer = names[membership.root]
    if link is None:
        return (identifier[0], *[None] * 6, customer, day(identifier[2]))
    one, other, known, _, link_type, source = ends[link.edge][2]
    linked = (names[link.older], day(known), *sorted([one, other]), link_type, source)
    return (identifier[0], *linked, customer, day(ends[membership.edge][2][2]))


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture(scope="session")
def rows():
    """Return all rows but for the fingerprint, in the order of identifiers."""

    def read(relation):
        assert list(zip(relation.columns, map(str, relation.types), strict=True)) == list(
            COLUMNS.items()
        )
        return [row[:-1] for row in relation.order("identifier_id").fetchall()]

    return read


@pytest.fixture(scope="session")
def small_graph():
    return SmallGraph


@pytest.fixture(scope="session")
def at():
    return day
