"""What leaves for a spreadsheet holds values, and nothing that a spreadsheet would run."""

import csv

import duckdb
import pytest
from typer.testing import CliRunner

from tessera.cli import app
from tessera.commands.export import without_formulas


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "dbt_project.yml").touch()
    for variable in ("TESSERA_DATABASE", "TESSERA_RELEASES", "TESSERA_PROJECT"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "warehouse").mkdir()
    with duckdb.connect(str(tmp_path / "warehouse/tessera.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.products as from "
            "(values ('=cmd()', -1.50, null), ('Käse; =2', 2, '')) as t (name, price, note)"
        )
    return tmp_path


def exported(*arguments):
    return CliRunner().invoke(app, ["export", *arguments])


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def guarded(text):
    rows = duckdb.sql("select $text as cell", params={"text": text})
    return without_formulas(rows).fetchall()[0][0]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1"],
)
def test_a_text_that_would_start_a_formula_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["a=b", "-12.5", "+3", "", "'quoted", "2024-01-01", None])
def test_other_texts_stay_what_they_are(text):
    assert guarded(text) == text


def test_numbers_and_times_stay_what_they_are():
    rows = duckdb.sql(
        "select -1 as a, -0.5::double as b, -2.50::decimal(9, 2) as c, '2024-01-01'::date as d"
    )
    assert without_formulas(rows).types == rows.types


def test_a_list_is_a_text_and_a_heading_is_a_cell():
    rows = without_formulas(duckdb.sql("""select ['=1'] as a, 1 as "=b", 2 as "-c" """))
    assert rows.columns == ["a", "'=b", "'-c"]
    assert rows.fetchall() == [("['=1']", 1, 2)]


def test_a_table_is_written_with_every_cell_in_quotes_so_that_no_separator_begins_another(project):
    answer = exported("products", "--out", "products.csv")
    assert (answer.exit_code, answer.output.strip()) == (0, "2 rows in products.csv")
    path = project / "products.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "spreadsheets know UTF-8 by this mark"
    assert cells(path) == [
        ["name", "price", "note"],
        ["'=cmd()", "-1.50", ""],
        ["Käse; =2", "2.00", ""],
    ]
    assert '"Käse; =2"' in path.read_text(encoding="utf-8-sig")
    assert sorted(each.name for each in project.iterdir()) == [
        "dbt_project.yml",
        "products.csv",
        "warehouse",
    ]


def test_a_query_is_written_and_parquet_keeps_what_is_published(project):
    assert (
        exported("select name from products where price < 0", "--out", "one.parquet").exit_code == 0
    )
    assert duckdb.read_parquet(str(project / "one.parquet")).fetchall() == [("=cmd()",)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("products", "--out", "x.xlsx"), ".csv or .parquet"),
        (("products", "--out", "nowhere/x.csv"), "nowhere does not exist"),
        (("prodcts", "--out", "x.csv"), "prodcts does not exist"),
        (("delete from products", "--out", "x.csv"), "only reads"),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_written(project, arguments, said):
    answer = exported(*arguments)
    assert answer.exit_code == 1
    assert said in answer.output
    assert sorted(each.name for each in project.iterdir()) == ["dbt_project.yml", "warehouse"]
