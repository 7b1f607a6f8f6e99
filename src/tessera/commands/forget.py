"""`tessera forget`: erase a person from everything that was built, and keep them out."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.prompt import Confirm

from tessera.commands import CommandError
from tessera.commands.erasure.course import erasure_of, forgotten_before, opened_build
from tessera.commands.erasure.feed_rows import held_in_feeds
from tessera.commands.erasure.person import Person, UnnamedPersonError, find_person
from tessera.commands.erasure.proofs import FILE_NAME as PROOF_NAME
from tessera.commands.erasure.proofs import proof_table
from tessera.commands.project import find_project, path_to_show
from tessera.commands.report import renew_report
from tessera.identity.spellings import REFERENCE_TYPES, Identifier, keys_of
from tessera.identity.tombstones import FILE_NAME

if TYPE_CHECKING:
    import duckdb
    from rich.console import Console

    from tessera.commands.erasure.course import Erasure
    from tessera.commands.project import Project

UNNAMED = 3
"""Exit code when the value names nobody, several people, or a shared key."""


@dataclass(frozen=True)
class ForgetRequest:
    """Whom to forget, where, and on which day.

    Attributes
    ----------
    value
        An identifier as a feed writes it, or a customer_id.
    identifier_type
        A reference column of the feeds; None: whichever has the value.
    target
        Target of the project's profile.
    forgotten_on
        The day, as ``2026-03-31``.
    is_dry_run
        Count, and change nothing.
    is_confirmed
        Do not ask again.
    """

    value: str
    identifier_type: str | None
    target: str
    forgotten_on: str
    is_dry_run: bool = False
    is_confirmed: bool = False


def forget(request: ForgetRequest, console: Console) -> int:
    """Erase a person from the build file and every release, and leave tombstones.

    Returns
    -------
    int
        Exit code: 0, or 3 when the value names no single person.

    Raises
    ------
    CommandError
        There is no build, it is in use, or the work could not be finished.
    """
    _require_sensible(request)
    project = find_project(request.target)
    secret = os.environ.get("TESSERA_IDENTITY_KEY", "demo")
    with opened_build(project) as connection:
        try:
            person = _person_meant(connection, request, project, secret)
        except UnnamedPersonError as error:
            console.print(str(error), style="red", markup=False, highlight=False)
            return UNNAMED
        erasure = erasure_of(connection, project, person, secret)
        _show_plan(erasure, console)
        if request.is_dry_run or not (request.is_confirmed or _confirms(console)):
            console.print("Nothing was changed.")
            return 0
        _erase(erasure, request.forgotten_on, console)
    return 0


def _require_sensible(request: ForgetRequest) -> None:
    if request.identifier_type not in {None, *REFERENCE_TYPES}:
        raise CommandError(f"--type must be one of: {', '.join(REFERENCE_TYPES)}")
    if not request.value.strip():
        raise CommandError("give an identifier: an e-mail address, a phone number or an id")
    try:
        date.fromisoformat(request.forgotten_on)
    except ValueError:
        raise CommandError("--on must be a date such as 2026-03-31") from None
    if not (request.is_dry_run or request.is_confirmed or sys.stdin.isatty()):
        raise CommandError("nobody is there to confirm: add --yes, or --dry-run to only look")


def _person_meant(
    connection: duckdb.DuckDBPyConnection, request: ForgetRequest, project: Project, secret: str
) -> Person:
    """Find the person; one without a customer_id when they were forgotten before."""
    present = {each.identifier_id for each in forgotten_before(project, secret)}
    try:
        return find_person(connection, request.value, request.identifier_type, secret)
    except UnnamedPersonError:
        types = [request.identifier_type] if request.identifier_type else REFERENCE_TYPES
        given = {Identifier(kind, request.value.strip()) for kind in types}
        known = frozenset(each for each in given if present & keys_of(secret, each))
        if not known:
            raise
        return Person(customer_ids=frozenset(), own=known, shared=frozenset())


def _show_plan(erasure: Erasure, console: Console) -> None:
    person = erasure.person
    if not person.customer_ids:
        console.print("Forgotten before, and not in the last build: every file is searched again.")
    else:
        kinds = sorted({each.identifier_type for each in person.own})
        console.print(f"One person, with identifiers of these types: {', '.join(kinds)}.")
    if person.shared:
        kinds = sorted({each.identifier_type for each in person.shared})
        console.print(f"Shared with others, and stays: {', '.join(kinds)}.")
    console.print(proof_table(erasure.survey(), is_done=False))


def _confirms(console: Console) -> bool:
    return Confirm.ask("Erase them? This cannot be undone", console=console, default=False)


def _erase(erasure: Erasure, forgotten_on: str, console: Console) -> None:
    held = held_in_feeds(erasure.traces)
    number, proofs = erasure.run(forgotten_on)
    folder = erasure.project.tombstones_folder
    renew_report(erasure.project.release_link, console)
    console.print(proof_table(proofs, is_done=True))
    console.print(
        f"Erasure {number}: {len(erasure.traces.searched)} values and hashes were looked for in "
        f"{len(proofs)} tables, and the bytes of each new file: none is left."
    )
    console.print(f"Proof: {path_to_show(folder / PROOF_NAME)}", soft_wrap=True, highlight=False)
    console.print(
        f"Kept out by: {path_to_show(folder / FILE_NAME)}", soft_wrap=True, highlight=False
    )
    if held:
        console.print(
            "These feeds, as the last build read them, hold rows of theirs. They are yours to "
            "clean; until then the tombstones keep the rows out:"
        )
    for file, rows in held.items():
        console.print(f"  {rows:>6,}  {file}", soft_wrap=True, highlight=False, markup=False)
