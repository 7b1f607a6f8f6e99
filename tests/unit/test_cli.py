"""The command line answers with words and an exit code, never with a traceback."""

import duckdb
import pytest
from typer.testing import CliRunner

from tessera.cli import app


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "dbt_project.yml").touch()
    for variable in ("TESSERA_DATA", "TESSERA_DATABASE", "TESSERA_RELEASES"):
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


def test_a_query_says_when_there_are_more_rows(release):
    answer = tessera("query", "from segments", "--limit", "2")
    assert "The first 2 rows" in answer.output


def test_a_query_cannot_change_the_published_file(release):
    answer = tessera("query", "delete from segments")
    assert answer.exit_code == 1
    assert "read-only" in answer.output


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
