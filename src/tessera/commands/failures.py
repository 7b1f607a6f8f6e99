"""Say why a build stopped: our own message alone, without what dbt wraps around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
from rich import box
from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import RenderableType

    from tessera.commands.outcomes import BuildOutcome, NodeOutcome

LONGEST_EXPECTED = 60
"""Characters shown of what was expected; a long query says less than the description above it."""

_HEADER = re.compile(r"^(Compilation|Database|Runtime|Parsing|Dbt \w+) Error\b.*$")
_TRAIL = re.compile(r"^(> in macro|> called by|compiled code at|Code executed at|This error)")
_PYTHON_ERROR = re.compile(r"^(?:[\w]+\.)*[A-Za-z_]\w*(?:Error|Exception|NotPassed|Interrupt): ?")
_DUCKDB_ERROR = re.compile(r"^(?:[A-Z]\w+ )+Error: ")
_LOCKED = re.compile(
    r"Could not set lock on file \"(?P<file>[^\"]+)\".*?PID (?P<pid>\d+)", re.DOTALL
)


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
            f"{locked['file']} is open in another program (process {locked['pid']}): "
            "close it and build again"
        )
    lines = [line.strip() for line in message.splitlines()]
    if any(line.startswith("Traceback (most recent call last)") for line in lines):
        lines = _last_exception(lines)
    kept = [line for line in lines if line and not _HEADER.match(line) and not _TRAIL.match(line)]
    text = "\n".join(kept) or message.strip()
    return _DUCKDB_ERROR.sub("", _PYTHON_ERROR.sub("", text))


def _last_exception(lines: list[str]) -> list[str]:
    starts = [place for place, line in enumerate(lines) if _PYTHON_ERROR.match(line)]
    return lines[starts[-1] :] if starts else lines[-1:]


def failure_report(
    outcome: BuildOutcome,
    evidence: dict[str, pd.DataFrame],
    release_link: Path,
    log: Path,
) -> RenderableType:
    """Lay out why the build stopped, what was not run, and that readers are safe.

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
    if outcome.message:
        parts.append(Text(plain_message(outcome.message)))
    for node in outcome.failures:
        parts.extend(_words_of(node, evidence.get(node.name)))
    if outcome.skipped:
        parts.append(Text(f"{outcome.skipped} nodes that depend on what failed were not run."))
    parts.append(_readers(release_link))
    parts.append(Text(f"dbt's own words: {log}", style="dim"))
    return Group(*parts)


def _words_of(node: NodeOutcome, evidence: pd.DataFrame | None) -> list[RenderableType]:
    if evidence is not None and len(evidence):
        gate = evidence["gate"].iloc[0]
        return [Text(f"The gate {gate} is red:", style="bold"), evidence_table(evidence)]
    if node.kind == "model":
        return [Text(f"{node.stage}: model {node.name}", style="bold"), _indented(node)]
    if node.kind == "seed":
        return [Text(f"seed {node.name}", style="bold"), _indented(node)]
    tested = node.tested[0].replace('"', "") if node.tested else ""
    words = f"{node.kind.replace('_', ' ')} {node.name}" + (f" on {tested}" if tested else "")
    return [Text(words, style="bold"), _indented(node)]


def _indented(node: NodeOutcome) -> Padding:
    return Padding(Text(plain_message(node.message)), (0, 0, 0, 2), expand=False)


def evidence_table(evidence: pd.DataFrame) -> Table:
    """Lay out the expectations that a gate's batch did not meet."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False)
    for heading in ("severity", "expectation", "observed", "expected", "rows"):
        table.add_column(heading, overflow="fold", justify="right" if heading == "rows" else "left")
    for row in evidence.itertuples():
        words = Text(str(row.expectation_id), style="bold")
        words.append(f"\n{_text(row.description)}", style="dim")
        cells = (_text(row.observed_value), _shortened(row.expected), _count(row.unexpected_count))
        style = "red" if row.severity == "critical" else "yellow"
        table.add_row(Text(str(row.severity), style=style), words, *cells)
    return table


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def _shortened(value: object) -> str:
    text = " ".join(_text(value).split())
    return text if len(text) <= LONGEST_EXPECTED else f"{text[: LONGEST_EXPECTED - 1]}…"


def _count(value: object) -> str:
    return "" if pd.isna(value) else f"{int(str(value).removesuffix('.0')):,}"


def _readers(release_link: Path) -> Text:
    if not release_link.exists():
        return Text("Nothing has been published yet.")
    return Text(f"Readers are not affected: {release_link} is still the last good release.")
