"""The command line answers with words and an exit code, never with a traceback."""

from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from tessera.cli import app


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "dbt_project.yml").touch()
    for variable in ("TESSERA_DATA", "TESSERA_DATABASE", "TESSERA_RELEASES", "TESSERA_PROJECT"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def release(project):
    (project / "warehouse").mkdir()
    path = project / "warehouse" / "tessera.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.segments as from range(3) as ids (segment_id)")
    return path


def tessera(*arguments: str):
    return CliRunner().invoke(app, list(arguments))


def test_a_query_prints_rows_of_the_published_file(release):
    answer = tessera("query", "select segment_id * 11 as eleven from segments")
    assert (answer.exit_code, "22" in answer.output) == (0, True)


def test_rows_too_wide_for_the_screen_get_lines_of_their_own(release):
    names = [f"a_column_with_a_long_name_{number}" for number in range(9)]
    answer = tessera("query", "select " + ", ".join(f"7 as {name}" for name in names))
    lines = [line.split() for line in answer.output.splitlines()]
    assert lines[1:] == [[name, "7"] for name in names]


def test_a_query_says_when_there_are_more_rows(release):
    answer = tessera("query", "from segments", "--limit", "2")
    assert "The first 2 rows" in answer.output


@pytest.mark.parametrize(
    ("sql", "got"),
    [
        ("delete from segments", "DELETE"),
        ("copy (select 1) to 'written.csv'", "COPY"),
        ("select 1; select 2", "SELECT, SELECT"),
        ("", "nothing"),
    ],
)
def test_only_one_query_that_reads_is_run(release, sql, got):
    answer = tessera("query", sql)
    assert answer.exit_code == 1
    assert answer.output.split()[-len(got.split()) :] == got.split()
    assert sorted(path.name for path in Path().iterdir()) == ["dbt_project.yml", "warehouse"]


@pytest.mark.parametrize("sql", ["from segments", "describe segments", "summarize segments"])
def test_whatever_reads_is_a_query(release, sql):
    assert tessera("query", sql).exit_code == 0


def test_brackets_in_a_query_are_printed_as_they_are(release):
    answer = tessera("query", """select '[bold]x[/nope]' as "[red]y[/red]" """)
    assert answer.exit_code == 0
    assert "[bold]x[/nope]" in answer.output
    assert "[red]y[/red]" in answer.output


def test_a_file_that_is_no_database_is_named_without_a_traceback(release):
    release.write_text("not DuckDB's" * 1000)
    answer = tessera("query", "select 1")
    assert answer.exit_code == 1
    assert "tessera.duckdb" in answer.output
    assert "Traceback" not in answer.output


def test_whatever_else_duckdb_refuses_is_said_in_words(release, monkeypatch):
    def refuse(*_):
        raise duckdb.IOException("IO Error: the disk is gone")

    monkeypatch.setattr("tessera.commands.query.query", refuse)
    answer = tessera("query", "select 1")
    assert (answer.exit_code, answer.output) == (1, "DuckDB: the disk is gone\n")


def test_a_wrong_query_is_answered_with_the_nearest_right_name(release):
    answer = tessera("query", "select * from segmints")
    assert answer.exit_code == 1
    assert "segments" in answer.output
    assert "Traceback" not in answer.output


def test_a_query_before_the_first_release_names_the_command_to_run(project):
    answer = tessera("query", "select 1")
    assert (answer.exit_code, "tessera build" in answer.output) == (1, True)


def test_a_build_without_feeds_stops_before_dbt_starts(project):
    answer = tessera("build", "--data", "nowhere")
    assert answer.exit_code == 1
    assert "the feeds folder nowhere does not exist" in answer.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as-of", "yesterday"), "got: yesterday"),
        (("--vars", "seed"), "must be a mapping"),
        (("--vars", "{seed: "), "--vars is no YAML"),
    ],
)
def test_options_that_cannot_be_meant_are_answered(project, arguments, words):
    (project / "seeds" / "demo_shop").mkdir(parents=True)
    (project / "seeds" / "demo_shop" / "orders.csv").touch()
    answer = tessera("build", *arguments)
    assert (answer.exit_code, words in answer.output) == (1, True)


def test_a_report_without_a_release_says_what_to_do(project):
    answer = tessera("report")
    assert answer.exit_code == 1
    assert "build` first" in answer.output
