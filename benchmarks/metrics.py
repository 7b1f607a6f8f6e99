"""Ask every metric of the semantic layer of a release, beside what plain SQL says of the same file.

The build is the demo shop's, in a workspace; ``mf`` is a program of an environment of its own
(``make metrics-check`` sets it up) and opens the published file alone: it works while somebody
else holds the build's file.
"""

from __future__ import annotations

import csv
import math
import shutil
import subprocess
import time
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import duckdb
from rich.table import Table

from benchmarks.dbt_process import require_success, started
from benchmarks.process_cost import StepFailedError
from benchmarks.progress import nodes_shown

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from benchmarks.workspace import Workspace

TOLERANCE = 1e-9
"""Relative: both sum the same decimals, and divide doubles."""


@dataclass(frozen=True)
class Question:
    """A metric by one dimension, and the same in SQL: rows of the dimension and the value."""

    metric: str
    group_by: str
    sql: str


QUESTIONS = (
    Question(
        "customers",
        "segment__segment_name",
        "select segment_name, count(*) from customer_segments group by segment_name",
    ),
    Question(
        "customers",
        "metric_time__month",
        """
        select date_trunc('month', snapshot_at), count(*)
        from customer_segment_history
        where snapshot_at in (
            select max(snapshot_at) from customer_segment_history
            group by date_trunc('month', snapshot_at)
        )
        group by snapshot_at
        """,
    ),
    Question(
        "customers",
        "customer__is_holdout",
        "select is_holdout, count(*) from customer_segments group by is_holdout",
    ),
    Question(
        "customers",
        "customer__country",
        "select country, count(*) from customers group by country",
    ),
    Question(
        "revenue",
        "metric_time__month",
        "select month_start_date, sum(revenue) from segment_months group by month_start_date",
    ),
    Question(
        "orders",
        "segment__segment_name",
        """
        select segment_profiles.segment_name, sum(orders)
        from segment_months left join segment_profiles using (segment_id)
        group by segment_profiles.segment_name
        """,
    ),
    *(
        Question(
            metric,
            "metric_time__month",
            f"select month_start_date, sum({metric}) from segment_months group by month_start_date",
        )
        for metric in ("asked_customers", "churned_customers")
    ),
    Question(
        "churn_rate",
        "metric_time__month",
        """
        select month_start_date, sum(churned_customers) / sum(asked_customers)
        from segment_months group by month_start_date
        """,
    ),
    Question(
        "expected_churn_rate",
        "customer__segment_name",
        """
        select segment_name, avg(probability)
        from customer_propensities left join customer_segments using (customer_id)
        where target = 'churn_30d' group by segment_name
        """,
    ),
    Question(
        "predicted_value",
        "segment__segment_name",
        """
        select segment_profiles.segment_name, sum(segment_economics.predicted_value)
        from segment_economics left join segment_profiles using (segment_id)
        group by segment_profiles.segment_name
        """,
    ),
)


@dataclass(frozen=True)
class Answer:
    """What came of a question.

    Attributes
    ----------
    question
        What was asked.
    rows
        How many ``mf`` gave.
    differing
        Members of the dimension whose values differ, or that only one of both knows.
    seconds
        How long the call took.
    """

    question: Question
    rows: int
    differing: tuple[str, ...]
    seconds: float


def measure_metrics(workspace: Workspace, mf: Path, console: Console) -> bool:
    """Build, ask every question in both ways, print, and return whether all agree."""
    with (
        nodes_shown(console, "build") as show,
        started(workspace, "build", on_node=show) as process,
    ):
        require_success(process)
    project = _project_to_ask(workspace)
    # as if a build were at work: who asks the published file does not wait for it
    with duckdb.connect(workspace.database):
        answers = [ask(workspace, project, mf, question) for question in QUESTIONS]
    console.print(answers_table(answers))
    return not any(answer.differing for answer in answers)


def ask(workspace: Workspace, project: Path, mf: Path, question: Question) -> Answer:
    """Ask ``mf`` and plain SQL, and compare member by member."""
    out = workspace.folder / "answer.csv"
    asked = ["--metrics", question.metric, "--group-by", question.group_by, "--csv", str(out)]
    began = time.monotonic()
    done = subprocess.run(
        [mf.absolute(), "query", *asked],
        cwd=project,
        env=workspace.environment() | {"DBT_PROFILES_DIR": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - began
    if done.returncode:
        raise StepFailedError(f"mf query {' '.join(asked)} failed:\n{done.stdout}{done.stderr}")
    with out.open(encoding="utf-8", newline="") as file:
        told = {member: _number(value) for member, value in list(csv.reader(file))[1:]}
    out.unlink()
    known = _plain_answer(workspace, question)
    differing = [key for key in told.keys() | known if not _agree(told.get(key), known.get(key))]
    differing += sorted(told.keys() ^ known.keys())
    return Answer(question, len(told), tuple(sorted(set(differing))), seconds)


def answers_table(answers: list[Answer]) -> Table:
    """Lay out what was asked and whether both ways agree."""
    table = Table("metric", "by", "rows", "seconds", "plain SQL", title="mf query, published file")
    for answer in answers:
        verdict = f"differs: {', '.join(answer.differing[:3])} …" if answer.differing else "agrees"
        asked = answer.question
        seconds = f"{answer.seconds:.1f}"
        table.add_row(asked.metric, asked.group_by, str(answer.rows), seconds, verdict)
    return table


def _project_to_ask(workspace: Workspace) -> Path:
    """Make a project of what ``mf`` reads: it knows no other place for the manifest."""
    project = workspace.folder / "semantic"
    (project / "target").mkdir(parents=True)
    source = workspace.project_folder
    shutil.copy(source / "dbt_project.yml", project)
    shutil.copy(source / "profiles/published/profiles.yml", project)
    shutil.copy(workspace.artefacts / "semantic_manifest.json", project / "target")
    return project


def _plain_answer(workspace: Workspace, question: Question) -> dict[str, float | None]:
    with duckdb.connect(workspace.release_link, read_only=True) as connection:
        connection.execute("set search_path = 'marts'")
        rows = connection.sql(question.sql).fetchall()
    return {_member(member): None if value is None else float(value) for member, value in rows}


def _member(value: object) -> str:
    """Return a member of a dimension as ``mf`` writes it."""
    if isinstance(value, date):
        return f"{value:%Y-%m-01 00:00:00}"
    return "" if value is None else str(value)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _agree(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=TOLERANCE)
