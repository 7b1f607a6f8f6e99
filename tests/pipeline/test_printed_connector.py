"""The connector that CONTRIBUTING.md builds as its example works as it is printed."""

import json
import re
import shutil
import textwrap
from pathlib import Path

import duckdb
import pytest
import yaml

from tessera.commands.dbt_runner import Listener, run_dbt
from tessera.commands.project import Project

ROOT = Path(__file__).parents[2]
SECTION = "**a connector for another vendor**"
LIST = "macros/connectors/connector_feeds.sql"
READ = (
    "models/staging/feeds/_feeds__sources.yml",
    "models/staging/feeds/base/base_feeds__feedback.sql",
    "seeds/email_providers.csv",
)
"""What the project needs to read one feed, beside its macros."""


def printed_files():
    """Return the section's code blocks by the last file named before each."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    section = text[text.index(SECTION) :]
    blocks = re.split(r"( *```\w+\n[\s\S]*?\n *```\n)", section[: section.index("## House rules")])
    files = {}
    for words, block in zip(blocks[::2], blocks[1::2], strict=False):
        named = [name for name in re.findall(r"`([\w./]+)`", words) if "/" in name]
        files[named[0]] = textwrap.dedent(block).split("\n", 1)[1].rsplit("```", 1)[0]
    return files


@pytest.fixture(scope="module")
def files():
    return printed_files()


@pytest.fixture(scope="module")
def built(files, tmp_path_factory):
    """A project of one feed and the printed connector, built: a query runs in its file."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "macros", folder / "macros")
    shutil.copytree(ROOT / "profiles", folder / "profiles")
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(ROOT / name, folder / name)
    for name in READ:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name != LIST:
            (folder / name).write_text(text)
    connectors = (ROOT / LIST).read_text()
    (folder / LIST).write_text(connectors.replace("    }) }}", f"{files[LIST]}    }}) }}}}"))
    (folder / "feeds").mkdir()
    shutil.copytree(folder / "tests/pipeline/connectors/judgeme", folder / "feeds/judgeme")
    return _run(Project(folder, folder / "build.duckdb", folder / "releases"))


def _run(project):
    told = ["run", "--target", "ci", "--vars", json.dumps({"connectors": ["judgeme"]})]
    outcome = run_dbt(project, str(project.folder / "feeds"), told, Listener(lambda *_: None))
    assert outcome.success, outcome.exception or [each.message for each in outcome.result]
    return duckdb.connect(project.database, read_only=True)


def test_the_printed_connector_gives_the_printed_rows(files, built):
    (expected,) = yaml.safe_load(files["tests/pipeline/connectors/judgeme.yml"])[
        "expected"
    ].values()
    names = list(expected[0])
    found = built.sql(f"select {', '.join(names)} from pii.stg_judgeme__feedback order by 1")
    assert found.fetchall() == [tuple(row.values()) for row in expected]


def test_its_rows_are_judged_with_the_feed(built):
    columns = "feedback_id, rating, created_at, rejected_column, rejected_reason"
    found = built.sql(f"select {columns} from pii.base_feeds__feedback order by 1").fetchall()
    assert [(row[0], row[1], str(row[2]), *row[3:]) for row in found] == [
        ("judgeme:81", 5.0, "2024-03-01 10:00:00", None, None),
        ("judgeme:82", 1.0, "2024-03-03 10:00:00", "curated", "is spam, says Judge.me"),
    ]
