"""`tessera explain-identity`: why an identifier is its customer's, and what hangs on each link."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.commands import CommandError
from tessera.commands.identity_page import Page, identity_page
from tessera.commands.identity_reader import (
    find_identifiers,
    read_customer,
    read_feeds_folder,
    read_periods,
    require_identity,
)
from tessera.commands.project import find_feeds, find_project, path_to_show
from tessera.commands.release_reader import opened_read_only
from tessera.identity.explanation import earliest_path, without_each
from tessera.identity.masking import masked

if TYPE_CHECKING:
    from pathlib import Path

    from duckdb import DuckDBPyConnection
    from rich.console import Console

    from tessera.commands.identity_reader import Found
    from tessera.commands.project import Project

IDENTIFIER_TYPES = (
    "contact_id",
    "customer_ref",
    "user_ref",
    "email",
    "phone",
    "device_id",
    "anonymous_id",
)


class UnknownIdentifierError(CommandError):
    """No feed has the identifier, or the text may mean several."""

    exit_code = 3


@dataclass(frozen=True, kw_only=True)
class IdentityRequest:
    """What the command line asked for.

    Attributes
    ----------
    text
        The identifier as written, as it is read, or its hash.
    identifier_type
        One of :data:`IDENTIFIER_TYPES`; None: whichever it is.
    target
        A target of the project's profile: which build file.
    data
        The feeds folder that must have been built; None: whichever was.
    shows_values
        Whether identifiers are shown whole.
    """

    text: str
    identifier_type: str | None
    target: str
    data: Path | None
    shows_values: bool


def explain_identity(request: IdentityRequest, console: Console) -> None:
    """Print whose an identifier is and why.

    Raises
    ------
    UnknownIdentifierError
        No feed has it, or it may be several.
    CommandError
        There is no build, it is of other feeds, or there is no such type.
    """
    _require_type(request.identifier_type)
    project = find_project(request.target)
    with opened_read_only(project.database) as connection:
        require_identity(connection, project.database)
        _require_feeds(connection, project, request.data)
        found = _only_one(find_identifiers(connection, request.text.strip()), request)
        page = _page_of(connection, found)
    console.print(identity_page(page, shows_values=request.shows_values))


def _page_of(connection: DuckDBPyConnection, found: Found) -> Page:
    periods = read_periods(connection, found.identifier_id)
    # a browser is explained by its periods; whoever has it last is shown with their keys
    customer_id = periods[-1].customer_id if periods else ""
    customer = read_customer(connection, customer_id, found.identifier_id)
    path = earliest_path(customer.links, customer_id, found.identifier_id)
    return Page(
        found=found,
        periods=tuple(periods),
        customer=customer,
        path=path,
        without=tuple(without_each(customer.links, customer_id, path)),
    )


def _require_type(identifier_type: str | None) -> None:
    if identifier_type not in {None, *IDENTIFIER_TYPES}:
        raise CommandError(
            f"there is no type of identifier '{identifier_type}': give one of "
            f"{', '.join(IDENTIFIER_TYPES)}"
        )


def _require_feeds(connection: DuckDBPyConnection, project: Project, data: Path | None) -> None:
    if data is None:
        return
    asked, built = find_feeds(project, data, os.environ), read_feeds_folder(connection)
    if asked != built:
        raise CommandError(
            f"{path_to_show(project.database)} was built from {built}, not from {asked}: build "
            "that folder first, or leave --data out"
        )


def _only_one(candidates: list[Found], request: IdentityRequest) -> Found:
    asked = request.identifier_type
    found = [each for each in candidates if asked in {None, each.identifier_type}]
    shown = (
        request.text
        if request.shows_values
        else masked(asked or _guessed(request.text), request.text)
    )
    if not found:
        kind = asked or "identifier"
        others = sorted({each.identifier_type for each in candidates})
        hint = f"; it is known as {', '.join(others)}" if others else ""
        raise UnknownIdentifierError(
            f"no feed has the {kind} {shown}{hint}. Give it as a feed writes it, or as it is read: "
            "an e-mail address in small letters, a phone as +493023125017"
        )
    if len(found) == 1:
        return found[0]
    types = sorted({each.identifier_type for each in found})
    if len(types) > 1:
        raise UnknownIdentifierError(
            f"{shown} is {' and '.join(types)}: say which with --type {types[0]}"
        )
    readings = ", ".join(
        each.value if request.shows_values else each.identifier_id for each in found
    )
    raise UnknownIdentifierError(
        f"{shown} is read as {len(found)} identifiers of type {types[0]}: give one of {readings}"
    )


def _guessed(text: str) -> str:
    return "email" if "@" in text else "contact_id"
