"""Say why a build stopped: our own message alone, without what dbt wraps around it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pandas as pd
from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import RenderableType

    from tessera.commands.outcomes import BuildOutcome, NodeOutcome

LONGEST_EXPECTED = 60
"""Characters shown of what was expected; a long query says less than the description above it."""

MOST_OFFENDERS = 3
"""Rows shown that broke an expectation; the evidence has more."""

_HEADER = re.compile(r"^(Compilation|Database|Runtime|Parsing|Dbt \w+) Error\b.*$")
_TRAIL = re.compile(r"^(> in macro|> called by|compiled code at|Code executed at|This error)")
_PYTHON_ERROR = re.compile(r"^(?:[\w]+\.)*[A-Za-z_]\w*(?:Error|Exception|NotPassed|Interrupt): ?")
_DUCKDB_ERROR = re.compile(r"^(?:[A-Z]\w+ )+Error: ")
_CSV_LINE = re.compile(r"CSV Error on Line: (?P<line>\d+)")
_CSV_COLUMNS = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
_CSV_FILE = re.compile(r"^\s*file\s*=\s*(?P<file>.+?)\s*$", re.MULTILINE)
_LOCKED = re.compile(
    r"Could not set lock on file \"(?P<file>[^\"]+)\".*?PID (?P<pid>\d+)", re.DOTALL
)
_OUT_OF_MEMORY = re.compile(
    r"Out of Memory Error:.*?\([\d.]+ \w+/(?P<limit>[\d.]+ \w+) used\)", re.DOTALL
)
_DAMAGED_FILES = (
    (
        re.compile(r"Failed to read file \"(?P<file>[^\"]+)\": (?P<why>[^\n]+)"),
        "{file}: the file is damaged ({why}). Deliver it again",
    ),
    (
        re.compile(r"Invalid string encoding found in Parquet file \"(?P<file>[^\"]+)\""),
        "{file}: holds text that is not UTF-8. Write the file again, its texts as UTF-8",
    ),
)
"""What DuckDB finds only while it reads a file; its words may show a value, ours do not."""


def plain_message(message: str) -> str:
    r"""Strip dbt's, Python's and DuckDB's wrapping from an error message.

    Examples
    --------
    >>> plain_message("Compilation Error in model m (m.sql)\n  no orders\n\n  > in macro f (f.sql)")
    'no orders'
    >>> plain_message("Runtime Error in model m (m.sql)\n  Invalid Input Error: gate is red")
    'gate is red'
    >>> plain_message(
    ...     "Runtime Error in model m (m.py)\n  Python model failed:\n"
    ...     "  Traceback (most recent call last):\n    File m.py\n  x.SuiteError: no such gate"
    ... )
    'no such gate'
    """
    locked = _LOCKED.search(message)
    if locked:
        return (
            f"{locked['file']} is open in another program (process {locked['pid']}), perhaps in a "
            "build: let it end or close it, then try again"
        )
    scarce = _OUT_OF_MEMORY.search(message)
    if scarce:
        return (
            f"{scarce['limit']} of memory were not enough for so many customers. Give DuckDB more, "
            "up to two thirds of the machine's: TESSERA_MEMORY=12GB; or let fewer customers keep "
            "past snapshots: the var history_customers"
        )
    if _CSV_LINE.search(message):
        return _csv_message(message)
    for pattern, words in _DAMAGED_FILES:
        damaged = pattern.search(message)
        if damaged:
            return words.format(**damaged.groupdict())
    lines = [line.strip() for line in message.splitlines()]
    if any(line.startswith("Traceback (most recent call last)") for line in lines):
        lines = _last_exception(lines)
    kept = [line for line in lines if line and not _HEADER.match(line) and not _TRAIL.match(line)]
    text = "\n".join(kept) or message.strip()
    return _DUCKDB_ERROR.sub("", _PYTHON_ERROR.sub("", text))


def _csv_message(message: str) -> str:
    """Say where a CSV file is misshapen, without the line itself: it may hold personal data."""
    line, file = _CSV_LINE.search(message), _CSV_FILE.search(message)
    columns = _CSV_COLUMNS.search(message)
    where = f"{file['file'] if file else 'a CSV file'}, line {line['line'] if line else '?'}"
    found = f"expected {columns[1]} values, found {columns[2]}" if columns else "cannot be read"
    return (
        f"{where}: {found}. Every line needs as many values as the header has columns; a value "
        "that holds the separator must stand in double quotes"
    )


def _last_exception(lines: list[str]) -> list[str]:
    starts = [place for place, line in enumerate(lines) if _PYTHON_ERROR.match(line)]
    return lines[starts[-1] :] if starts else lines[-1:]


def failure_report(
    outcome: BuildOutcome,
    evidence: dict[str, pd.DataFrame],
    release_link: Path,
    log: Path,
) -> RenderableType:
    """Lay out why the build stopped, what was not run, and what readers see.

    Red gates come first, since they tell most; then each message once, the shortest first.

    Parameters
    ----------
    outcome
        A build that did not succeed.
    evidence
        Name of a failed gate test to the gate's rows that did not pass.
    release_link
        The file that people read; it may not exist yet.
    log
        dbt's own log.
    """
    parts: list[RenderableType] = [Text("The build stopped.", style="bold red")]
    red = [node for node in outcome.failures if len(evidence.get(node.name, ()))]
    for node in red:
        parts.extend(_red_gate(evidence[node.name]))
    parts.extend(_messages(outcome, red))
    if outcome.skipped:
        parts.append(Text(f"{outcome.skipped} nodes that depend on what failed were not run."))
    parts.append(_readers(release_link, outcome.run_id))
    parts.append(Text(f"dbt's own words: {log}", style="dim"))
    return Group(*parts)


def _red_gate(evidence: pd.DataFrame) -> list[RenderableType]:
    gate = evidence["gate"].iloc[0]
    return [Text(f"The gate {gate} is red:", style="bold"), evidence_table(evidence)]


def _messages(outcome: BuildOutcome, told: list[NodeOutcome]) -> Iterator[RenderableType]:
    """Yield each message once, under the names of all nodes that ended with it."""
    nodes_of: dict[str, list[NodeOutcome]] = {}
    if outcome.message:
        nodes_of[plain_message(outcome.message)] = []
    for node in outcome.failures:
        if node not in told:
            nodes_of.setdefault(plain_message(node.message), []).append(node)
    for message in sorted(nodes_of, key=len):
        yield from (Text(_heading(node), style="bold") for node in nodes_of[message])
        indent = 2 if nodes_of[message] else 0
        yield Padding(Text(message), (0, 0, 0, indent), expand=False)


def _heading(node: NodeOutcome) -> str:
    if node.kind == "model":
        return f"{node.stage}: model {node.name}"
    tested = node.tested[0].replace('"', "") if node.tested else ""
    return f"{node.kind.replace('_', ' ')} {node.name}" + (f" on {tested}" if tested else "")


def evidence_table(evidence: pd.DataFrame) -> Table:
    """Lay out the expectations that a gate's batch did not meet."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for heading in ("severity", "expectation", "observed", "expected", "rows"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "rows" else "left")
    for row in evidence.itertuples():
        words = Text(str(row.expectation_id), style="bold")
        words.append(f"\n{_text(row.description)}", style="dim")
        for offender in _offenders(getattr(row, "unexpected_sample", None)):
            words.append(f"\n- {offender}")
        cells = (
            Text(_text(row.observed_value)),
            Text(_shortened(row.expected)),
            _count(row.unexpected_count),
        )
        style = "red" if row.severity == "critical" else "yellow"
        table.add_row(Text(str(row.severity), style=style), words, *cells)
    return table


def _offenders(sample: object) -> Iterator[str]:
    """Tell the first rows that broke an expectation, as the evidence shows them: masked."""
    rows = [] if pd.isna(sample) else json.loads(str(sample))
    for row in rows[:MOST_OFFENDERS]:
        told = row.items() if isinstance(row, dict) else [("", row)]
        yield ", ".join(f"{name} {value}".strip() for name, value in told if value is not None)


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _shortened(value: object) -> str:
    text = " ".join(_text(value).split())
    return text if len(text) <= LONGEST_EXPECTED else f"{text[: LONGEST_EXPECTED - 1]}…"


def _count(value: object) -> str:
    return "" if pd.isna(value) else f"{int(str(value).removesuffix('.0')):,}"


def _readers(release_link: Path, run_id: str) -> Text:
    if not release_link.exists():
        return Text("Nothing has been published yet.")
    if release_link.resolve().stem == run_id:
        return Text(f"It stopped after publishing: {release_link} already shows this build.")
    return Text(f"Readers are not affected: {release_link} is still the last good release.")
