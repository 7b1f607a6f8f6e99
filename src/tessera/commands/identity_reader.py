"""Read from the build file what is known of one identifier and of the customer it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from tessera.commands import CommandError
from tessera.commands.project import path_to_show, tessera_command
from tessera.identity.explanation import Link

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

FOUND = """
    select distinct identifier_type, identifier_id, identifier_value
    from pii.set_identifiers
    where ? in (identifier_value, written_value, identifier_id) or lower(written_value) = lower(?)
    order by identifier_type, identifier_value, identifier_id
"""

PERIODS = """
    select customer_id, valid_from, valid_to, linked_at, source
    from identity.customer_identities
    where identifier_id = ?
    order by valid_from, valid_to, customer_id
"""

MEMBERS = """
    with members as (
        select identifier_id, valid_from from identity.customer_identities
        where is_strong and customer_id = $customer
    ),
    -- the row of an order names its customer by the strongest identifier in it
    named as (
        select reference_set_id, identifier_id, row_number() over (
            partition by reference_set_id
            order by list_position(
                ['contact_id', 'customer_ref', 'user_ref', 'email', 'phone'], identifier_type
            )
        ) as place
        from pii.set_identifiers
        where source = 'orders' and identifier_id in (select identifier_id from members)
    ),
    orders as (
        select named.identifier_id, count(*) as orders
        from named
        inner join staging.stg_feeds__orders as orders
            on named.reference_set_id = orders.reference_set_id
        where named.place = 1
        group by named.identifier_id
    ),
    spelt as (
        select identifier_id, identifier_type, min(identifier_value) as identifier_value
        from pii.set_identifiers
        where identifier_id in (select identifier_id from members)
        group by identifier_id, identifier_type
    )
    select identifier_id, identifier_type, identifier_value, valid_from, coalesce(orders, 0)
    from members
    inner join spelt using (identifier_id)
    left join orders using (identifier_id)
    order by valid_from, identifier_id
"""

LINKS = """
    select
        identifier_id_a, identifier_id_b, link_type, source, known_at, strength, match_probability
    from identity.identity_edges
    where identifier_id_a in (
        select identifier_id from identity.customer_identities
        where is_strong and customer_id = $customer
    ) or identifier_id_b in (
        select identifier_id from identity.customer_identities
        where is_strong and customer_id = $customer
    )
"""

HUBS = """
    with met as (
        select identifier_id_a as one, identifier_id_b as other from identity.identifier_pairs
        union all
        select identifier_id_b, identifier_id_a from identity.identifier_pairs
    ),
    spelt as (
        select identifier_id, min(identifier_value) as identifier_value
        from pii.set_identifiers
        where identifier_id in (select identifier_id from identity.identity_hubs)
        group by identifier_id
    )
    select hubs.identifier_type, spelt.identifier_value, hubs.reason, hubs.met_count
    from identity.identity_hubs as hubs
    inner join spelt using (identifier_id)
    where hubs.identifier_id = $identifier or hubs.identifier_id in (
        select met.other from met
        inner join identity.customer_identities as members on met.one = members.identifier_id
        where members.is_strong and members.customer_id = $customer
    )
    order by hubs.identifier_type, spelt.identifier_value, hubs.reason
"""

MERGES = """
    select merged_customer_id, into_customer_id, merged_at, link_type
    from identity.identity_merges
    where customer_id = $customer
    order by merged_at, merged_customer_id
"""


class Found(NamedTuple):
    """An identifier that a text may mean."""

    identifier_type: str
    identifier_id: str
    value: str


class Member(NamedTuple):
    """A strong identifier of the customer; orders: those whose rows name the customer by it."""

    identifier_id: str
    identifier_type: str
    value: str
    valid_from: datetime
    orders: int


class Hub(NamedTuple):
    """A refused key."""

    identifier_type: str
    value: str
    reason: str
    met_count: int | None


class Merge(NamedTuple):
    """A customer who turned out to be another."""

    merged_customer_id: str
    into_customer_id: str
    merged_at: datetime
    link_type: str


class Period(NamedTuple):
    """A time in which an identifier was a customer's."""

    customer_id: str
    valid_from: datetime
    valid_to: datetime
    linked_at: datetime | None
    source: str | None


@dataclass(frozen=True, kw_only=True)
class KnownCustomer:
    """What is known of a customer.

    Attributes
    ----------
    customer_id
        Their id.
    members
        Their strong identifiers, by id; none for one who is known by a browser alone.
    links
        Admitted links between members.
    cut
        Links from a member to another customer, refused since a person would hold too much.
    hubs
        Refused keys that a member was written together with.
    merges
        Customers who turned out to be this one.
    """

    customer_id: str
    members: Mapping[str, Member]
    links: tuple[Link, ...]
    cut: tuple[Link, ...]
    hubs: tuple[Hub, ...]
    merges: tuple[Merge, ...]


def find_identifiers(connection: duckdb.DuckDBPyConnection, text: str) -> list[Found]:
    """Return the identifiers that are written, are read, or are hashed as ``text``."""
    return [Found(*row) for row in _rows(connection, FOUND, [text, text])]


def read_periods(connection: duckdb.DuckDBPyConnection, identifier_id: str) -> list[Period]:
    """Return whose an identifier is; of a browser or device: whose it was, and when."""
    return [Period(*row) for row in _rows(connection, PERIODS, [identifier_id])]


def read_customer(
    connection: duckdb.DuckDBPyConnection, customer_id: str, identifier_id: str
) -> KnownCustomer:
    """Return what is known of a customer, with the keys that ``identifier_id`` itself may be."""
    who = {"customer": customer_id}
    members = {row[0]: Member(*row) for row in _rows(connection, MEMBERS, who)}
    links = [
        Link(
            ends=(one, other),
            link_type=link_type,
            source=source,
            known_at=known_at,
            strength=strength,
            probability=probability,
        )
        for one, other, link_type, source, known_at, strength, probability in _rows(
            connection, LINKS, who
        )
    ]
    asked = {**who, "identifier": identifier_id}
    return KnownCustomer(
        customer_id=customer_id,
        members=members,
        links=_in_order(link for link in links if members.keys() >= set(link.ends)),
        cut=_in_order(link for link in links if not members.keys() >= set(link.ends)),
        hubs=tuple(Hub(*row) for row in _rows(connection, HUBS, asked)),
        merges=tuple(Merge(*row) for row in _rows(connection, MERGES, who)),
    )


def read_feeds_folder(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the feeds folder of the last build."""
    rows = _rows(connection, "select feeds_folder from registry.run_context", [])
    return str(rows[0][0]) if rows else ""


def require_identity(connection: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Make sure that the file holds what is read of it.

    Raises
    ------
    CommandError
        It was built before there was an identity, or only in part.
    """
    try:
        connection.execute("select 1 from identity.identity_merges, pii.set_identifiers limit 0")
    except duckdb.CatalogException as error:
        raise CommandError(
            f"{path_to_show(database)} does not say who is who: run `{tessera_command()} build` "
            "first"
        ) from error


def _in_order(links: Any) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: link.order))


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Any) -> list[Any]:
    return connection.execute(sql, parameters).fetchall()
