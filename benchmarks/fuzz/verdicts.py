"""How a build of a mutated folder ended, and whether it may end like that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from benchmarks.fuzz.small_shop import PRIVATE_COLUMNS
from tessera.commands.failures import plain_message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from benchmarks.fuzz.builds import Account
    from benchmarks.fuzz.feed_table import FeedTable
    from tessera.commands.outcomes import BuildOutcome, NodeOutcome


class Ending(StrEnum):
    """The ways a build may end; the last is none of them."""

    CLEAN = "clean"
    CLEAR_ERROR = "clear error"
    RED_GATE = "red gate"
    CRASH = "CRASH"


@dataclass(frozen=True)
class Verdict:
    """How a build ended, and in which words: the message, or what is wrong with it."""

    ending: Ending
    words: str = ""


LONGEST_MESSAGE = 2_000
"""Characters. Our own errors list the columns found; more than this is a wall."""

SHORTEST_PRIVATE = 8
"""Characters. A first name of three letters is part of many a word."""

_INSIDES = re.compile(
    r"Traceback|Internal Error|INTERNAL Error|FATAL|Fatal|LINE \d+:|Candidate bindings"
    r"| at 0x[0-9a-f]{8}|Original Line|TransactionContext|stack trace|File \"|'NoneType'"
    r"|dict object"
)
"""Words of the machinery: dbt, DuckDB and Python speak like this, and nobody else should."""


def judge(
    outcome: BuildOutcome,
    accounts: Sequence[Account],
    counted: Mapping[str, int],
    mutated: Collection[str],
    private: Collection[str],
) -> Verdict:
    """Judge a build.

    Parameters
    ----------
    outcome
        How it ended.
    accounts
        Of each feed; empty when the build failed.
    counted
        Rows that must have been found, for feeds of which that is known.
    mutated
        Names of the feeds that were mutated: an error must name one.
    private
        Values that no message may show.
    """
    if outcome.has_succeeded:
        wrong = [*_unaccounted(accounts, counted)]
        return Verdict(Ending.CRASH, "; ".join(wrong)) if wrong else Verdict(Ending.CLEAN)
    gates = [node for node in outcome.failures if node.test_name == "gate_passes"]
    if gates and len(gates) == len(outcome.failures):
        return Verdict(Ending.RED_GATE, gates[0].name)
    messages = [plain_message(text) for text in _messages(outcome, gates)]
    faults = [fault for message in messages for fault in _faults(message, mutated, private)]
    faults += [f"test {node.name} failed" for node in outcome.failures if _is_failed_test(node)]
    if faults:
        return Verdict(Ending.CRASH, "; ".join(dict.fromkeys(faults)))
    if not messages:
        return Verdict(Ending.CRASH, "it failed without a word")
    return Verdict(Ending.CLEAR_ERROR, " / ".join(dict.fromkeys(messages)))


def private_values(shop: Mapping[str, FeedTable]) -> set[str]:
    """Return what names a person in the shop before any mutation."""
    return {
        value
        for table in shop.values()
        for column in PRIVATE_COLUMNS
        for value in table.column(column)
        if len(value) >= SHORTEST_PRIVATE
    }


def _messages(outcome: BuildOutcome, gates: Sequence[NodeOutcome]) -> Iterator[str]:
    if outcome.message:
        yield outcome.message
    for node in outcome.failures:
        if node not in gates and not _is_failed_test(node):
            yield node.message


def _is_failed_test(node: NodeOutcome) -> bool:
    """Return whether a test found rows that are not what their table claims to be."""
    return node.kind == "test" and node.status == "fail" and node.test_name != "gate_passes"


def _faults(message: str, mutated: Collection[str], private: Collection[str]) -> Iterator[str]:
    shown = message.replace("\n", " ")[:300]
    inside = _INSIDES.search(message)
    if inside:
        yield f"speaks of its insides ({inside[0]}): {shown}"
    if not any(feed in message for feed in mutated):
        yield f"names no feed that is wrong: {shown}"
    if len(message) > LONGEST_MESSAGE:
        yield f"is {len(message):,} characters long: {shown}"
    if any(value in message for value in private):
        yield f"shows a person: {shown}"


def _unaccounted(accounts: Sequence[Account], counted: Mapping[str, int]) -> Iterator[str]:
    if not accounts:
        yield "no feed is accounted for"
    for account in accounts:
        parts = (account.rows_kept, account.rows_duplicate, account.rows_rejected)
        if account.rows_in != sum(parts) or min(parts) < 0:
            yield f"{account.feed}: {account.rows_in} rows in are not the sum of {parts}"
        expected = counted.get(account.feed, account.rows_in)
        if account.rows_in != expected:
            yield f"{account.feed}: {account.rows_in} rows read, {expected} delivered"
