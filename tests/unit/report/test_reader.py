"""A release is asked, never written to, and whatever it lacks is said in a sentence."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import yaml

from tessera.commands import CommandError
from tessera.commands.report_reader import read_answers
from tessera.report import QUERIES, Query

NEW_YEAR = datetime(2026, 1, 1)  # noqa: DTZ001 - as DuckDB returns it


def release(folder, *statements):
    path = folder / "tessera.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        for statement in statements:
            connection.execute(statement)
    return path


def ask(path, sql, table="things"):
    return read_answers(path, [Query("asked", table, sql)])["asked"]


def test_every_query_is_answered_by_a_release_with_all_tables(made):
    missing = {name: answer.missing for name, answer in made.by_name.items() if answer.missing}
    assert missing == {}


def test_the_names_of_queries_are_unique():
    names = [query.name for query in QUERIES]
    assert sorted(names) == sorted(set(names))


def test_every_query_is_about_the_table_that_it_reads():
    assert [q.name for q in QUERIES if f"marts.{q.table}" not in q.sql] == []


def test_a_table_that_is_not_there_is_told_of(tmp_path):
    answer = ask(release(tmp_path), "select 1 from marts.things")
    assert answer.missing == "This release has no table things."
    assert answer.rows == ()


def test_a_column_that_is_not_there_is_told_of(tmp_path):
    path = release(tmp_path, "create table marts.things as select 1 as old")
    answer = ask(path, "select new from marts.things")
    assert answer.missing == "This release has no column new in things."


def test_values_are_plain(tmp_path):
    path = release(
        tmp_path,
        "create table marts.things as select 1.50::decimal(18, 2) as money, "
        "'nan'::double as undefined, timestamp '2026-01-01' as at, null as nothing",
    )
    (row,) = ask(path, "from marts.things").rows
    assert row == {"money": 1.5, "undefined": None, "at": NEW_YEAR, "nothing": None}
    assert not isinstance(row["money"], Decimal)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("6 rows, such as jane.doe@example.com", "6 rows, such as [personal data]"),
        ("country = 'max@mustermann.de'", "country = '[personal data]'"),
        ("call +49 30 2312 5017 now", "call [personal data] now"),
        ("orders > 1450 and share <= 0.342", "orders > 1450 and share <= 0.342"),
        ("+12 customers", "+12 customers"),
    ],
)
def test_personal_data_in_texts_are_masked(tmp_path, text, shown):
    path = release(tmp_path, "create table marts.things (words varchar)")
    with duckdb.connect(str(path)) as connection:
        connection.execute("insert into marts.things values (?)", [text])
    assert ask(path, "from marts.things").rows == ({"words": shown},)


def test_the_release_before_is_the_newest_of_those_built_earlier(tmp_path):
    for name, day in (("oldest", 1), ("older", 2), ("now", 3), ("newer", 4)):
        with duckdb.connect(str(tmp_path / f"{name}.duckdb")) as connection:
            connection.execute("create schema marts")
            at = NEW_YEAR + timedelta(days=day)
            connection.execute("create table marts.gate_results as select ? as scored_at", [at])
    (tmp_path / "no-release.duckdb").write_text("this is no database")
    answers = read_answers(tmp_path / "now.duckdb", [])
    assert answers.files == {"current": "now", "previous": "older"}


def test_without_a_release_before_there_is_a_sentence(tmp_path):
    answer = ask(release(tmp_path), "from previous.marts.things")
    assert answer.missing == "There is no earlier release to compare with."


def test_the_release_is_not_written_to(made_link):
    before = made_link.read_bytes()
    read_answers(made_link, QUERIES)
    assert made_link.read_bytes() == before


def test_without_any_release_there_is_an_error_with_advice(tmp_path):
    with pytest.raises(CommandError, match="build` first"):
        read_answers(tmp_path / "tessera.duckdb", QUERIES)


def test_the_made_release_has_no_column_that_the_contracts_do_not_promise(made_link):
    promised = {}
    for path in sorted((Path(__file__).parents[3] / "models" / "marts").glob("*.yml")):
        for model in yaml.safe_load(path.read_text()).get("models", []):
            name = model["name"].removeprefix("published_")
            promised[name] = {column["name"] for column in model["columns"]}
    with duckdb.connect(str(made_link), read_only=True) as connection:
        made = connection.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
    assert [
        (table, column) for table, column in made if column not in promised.get(table, ())
    ] == []
