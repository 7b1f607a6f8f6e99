"""Whom an identifier names, and by what else the build knows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.commands import CommandError
from tessera.commands.erasure.catalog import has_table, tables_of
from tessera.identity.phones import read_phone
from tessera.identity.spellings import (
    FEWEST_DIGITS,
    Identifier,
    digits_of,
    keys_of,
    mailbox_address,
)

if TYPE_CHECKING:
    import duckdb

NAMES = """
    select customer_id, identifier_type, identifier_value, {same} as sameness
    from build.pii.customer_identifiers
"""
"""Values as written; what is one identifier to identity has one `sameness`."""

ALSO_NAMED = """
    union
    select
        customers.customer_id,
        sets.identifier_type,
        unnest([sets.written_value, sets.identifier_value]),
        sets.identifier_id
    from build.pii.set_identifiers as sets
    inner join build.identity.customer_identities as customers using (identifier_id)
"""
"""And as normalised."""

MATCHES = """
    select customer_id, identifier_type, sameness from names
    where
        (identifier_type = $type or $type is null)
        and (
            identifier_value = $value
            or identifier_type = 'email' and lower(identifier_value) in $addresses
            or identifier_type = 'phone'
            and regexp_replace(identifier_value, '[^0-9]', '', 'g') in $digits
        )
    union
    select customer_id, null, null from names
    where customer_id = $value and $type is null
"""

IDENTIFIERS = """
    select
        identifier_type,
        identifier_value,
        sameness in (
            select sameness from names
            where customer_id not in (select unnest($customer_ids))
        ) or sameness in (select identifier_id from hubs) as is_shared,
        sameness in (select unnest($meant)) as is_meant
    from names
    where customer_id in (select unnest($customer_ids))
    group by all
"""


class UnnamedPersonError(CommandError):
    """The identifier names nobody, several people, or is a key that people share."""


@dataclass(frozen=True)
class Person:
    """One customer and every identifier by which the build knows them.

    Attributes
    ----------
    customer_ids
        Who they are today, and who they were before merges.
    own
        Identifiers that nobody else has, as written and as normalised.
    shared
        Identifiers that others have as well: they stay.
    """

    customer_ids: frozenset[str]
    own: frozenset[Identifier]
    shared: frozenset[Identifier]

    def keys(self, secret: str) -> frozenset[str]:
        """Return what stands for this person, and for nobody else, outside schema ``pii``."""
        hashed = frozenset(key for each in self.own for key in keys_of(secret, each))
        return hashed | self.customer_ids


def find_person(
    connection: duckdb.DuckDBPyConnection, value: str, identifier_type: str | None, secret: str
) -> Person:
    """Find whom a value names in the file attached as ``build``.

    Raises
    ------
    UnnamedPersonError
        Nobody, several people, or only a shared key has this value.
    CommandError
        The file has no identifiers, or was built with another ``TESSERA_IDENTITY_KEY``.
    """
    _read_names(connection)
    value = value.strip()
    given = {
        "type": identifier_type,
        "value": value,
        "addresses": _addresses(connection, value),
        "digits": _digits(value),
    }
    matches = connection.execute(MATCHES, given).fetchall()
    customer_ids = _one_customer(matches)
    person, is_own = _person(connection, customer_ids, [same for *_, same in matches if same])
    if not is_own and value not in customer_ids:
        raise UnnamedPersonError(_SHARED)
    _require_secret(person, secret)
    return person


_SHARED = (
    "this identifier is shared: it belongs to nobody alone, and stays. Name the person by an "
    "identifier that only they have, such as an e-mail address or a customer id of their own"
)
_UNKNOWN = (
    "nobody in the last build has this identifier. Write it as the feeds do (a phone number with "
    "its country code), take another identifier of the person, or run tessera build first if they "
    "are new"
)


def _read_names(connection: duckdb.DuckDBPyConnection) -> None:
    if not has_table(connection, "build", "pii", "customer_identifiers"):
        raise CommandError("the build file holds no identifiers yet: run tessera build first")
    listed = next(
        each for each in tables_of(connection, "build") if each.name == "customer_identifiers"
    )
    plain = "identifier_type || ':' || lower(identifier_value)"
    names = NAMES.format(same="identifier_id" if "identifier_id" in listed.columns else plain)
    if has_table(connection, "build", "pii", "set_identifiers"):
        names += ALSO_NAMED
    connection.execute(f"create or replace temp table names as {names}")
    hubs = "select cast(null as varchar) as identifier_id where false"
    if has_table(connection, "build", "identity", "identity_hubs"):
        hubs = "select distinct identifier_id from build.identity.identity_hubs"
    connection.execute(f"create or replace temp table hubs as {hubs}")


def _addresses(connection: duckdb.DuckDBPyConnection, value: str) -> list[str]:
    """Return an address in small letters, and as its provider reads it."""
    address = value.lower()
    if not has_table(connection, "build", "seeds", "email_providers"):
        return [address]
    rules = connection.execute(
        "select provider, same_as, ignored_characters, tag_separator "
        "from build.seeds.email_providers where provider = ?",
        [address.partition("@")[2].partition(".")[0]],
    ).fetchall()
    return [address, *(mailbox_address(address, *rule) for rule in rules)]


def _digits(value: str) -> list[str]:
    """Return the digits of a phone number as written and as it is called from abroad."""
    number, _ = read_phone(value, None)
    found = {digits_of(value), digits_of(number or "")}
    return sorted(digits for digits in found if len(digits) >= FEWEST_DIGITS)


def _one_customer(matches: list[tuple[str, str | None, str | None]]) -> set[str]:
    customer_ids = {customer_id for customer_id, *_ in matches}
    types = sorted({kind for _, kind, _ in matches if kind})
    if not customer_ids:
        raise UnnamedPersonError(_UNKNOWN)
    if len(customer_ids) > 1 and len(types) > 1:
        raise UnnamedPersonError(
            f"this value names {len(customer_ids)} people, as {', '.join(types)}: "
            f"say which you mean with --type"
        )
    if len(customer_ids) > 1:
        raise UnnamedPersonError(_SHARED)
    return customer_ids


def _person(
    connection: duckdb.DuckDBPyConnection, customer_ids: set[str], meant: list[str]
) -> tuple[Person, bool]:
    everywhen = _with_merged(connection, customer_ids)
    rows = connection.execute(
        IDENTIFIERS, {"customer_ids": sorted(everywhen), "meant": meant}
    ).fetchall()
    own = {Identifier(kind, value) for kind, value, is_shared, _ in rows if not is_shared}
    shared = {Identifier(kind, value) for kind, value, is_shared, _ in rows if is_shared}
    is_own = any(is_meant and not is_shared for *_, is_shared, is_meant in rows)
    return Person(frozenset(everywhen), frozenset(own), frozenset(shared)), is_own


def _with_merged(connection: duckdb.DuckDBPyConnection, customer_ids: set[str]) -> set[str]:
    if not has_table(connection, "build", "identity", "identity_merges"):
        return customer_ids
    merged = connection.execute(
        "select merged_customer_id from build.identity.identity_merges "
        "where customer_id in (select unnest($1))",
        [sorted(customer_ids)],
    ).fetchall()
    return customer_ids | {customer_id for (customer_id,) in merged}


def _require_secret(person: Person, secret: str) -> None:
    everything = person.own | person.shared
    if not any(person.customer_ids & keys_of(secret, each) for each in everything):
        raise CommandError(
            "TESSERA_IDENTITY_KEY is not the key that the file was built with: tombstones written "
            "with it would keep nobody out. Set the key of the build"
        )
