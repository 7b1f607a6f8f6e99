"""The real command, on a folder of feeds: what it says, what it leaves behind, how it exits."""

import tempfile
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner

from tessera.cli import app
from tessera.commands.dbt_runner import run_dbt

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def _project_read_once():
    """Let the first command's reading of the project, which stays as it is, serve them all."""
    readings = []

    def run(project, feeds_folder, arguments, *others):
        if arguments[0] != "parse":
            return run_dbt(project, feeds_folder, arguments, *others)
        if not readings:
            readings.append(run_dbt(project, feeds_folder, arguments, *others))
        return readings[0]

    with patch("tessera.commands.dbt_check.run_dbt", run):
        yield


@pytest.fixture
def check(unbuilt, tmp_path, monkeypatch):
    """Run the command on the copied demo shop; its throw-away files and a warehouse are seen."""
    places = {name: tmp_path / name for name in ("throw_away", "warehouse")}
    places["throw_away"].mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(places["throw_away"]))
    monkeypatch.setenv("TESSERA_DATABASE", str(places["warehouse"] / "build.duckdb"))
    monkeypatch.setenv("TESSERA_RELEASES", str(places["warehouse"]))
    monkeypatch.setenv("COLUMNS", "100")

    def run(*options):
        answer = CliRunner().invoke(app, ["check", str(unbuilt.feeds), *options])
        assert list(places["throw_away"].iterdir()) == []
        assert not places["warehouse"].exists()
        assert "@" not in answer.output
        return answer.exit_code, " ".join(answer.output.split())

    return run


def test_a_folder_without_lines_can_be_built_and_what_it_lacks_is_foretold(unbuilt, check):
    (unbuilt.feeds / "order_lines.csv").unlink()
    lines = unbuilt.read("orders").splitlines()
    unbuilt.write("orders", "\n".join([*lines, *lines[1:100]]) + "\n")
    code, said = check()
    assert code == 0
    assert "orders 1,756 1,657 99 0 2024-01 to 2025-02" in said
    assert "99 rows (6 %) repeat a key" in said
    assert "churn_30d 12 357 121 831 131 small sample" in said
    assert "order_lines 22 of 22" in said
    assert "categories 14 of 14 categories_distinct_count, order_lines" in said
    assert said.endswith(f"build --data {unbuilt.feeds}")


def test_with_damaged_orders_the_other_feeds_are_told_all_the_same(unbuilt, check):
    (unbuilt.feeds / "orders.csv").write_bytes(b"PK\x03\x04")
    code, said = check("--quick")
    assert code == 1
    assert "is no CSV but an Excel or zip file" in said
    assert "nothing reads" not in said
    assert "order_lines 2,444 2,444 0 0" in said
    assert "1 problem, no warnings" in said


def test_without_orders_what_nothing_reads_is_named_and_what_is_read_is_not(unbuilt, check):
    feeds = unbuilt.feeds
    (feeds / "orders.csv").rename(feeds / "orders.txt")
    (feeds / "Contacts").mkdir()
    (feeds / "contacts.csv").rename(feeds / "Contacts" / "1.csv")
    (feeds / "tickets.csv").touch()
    for name in ("products.2023.csv", "products.csv.zip"):
        (feeds / name).touch()
    code, said = check("--quick")
    assert code == 1
    assert "feed 'orders' is required and was not found" in said
    assert "nothing reads orders.txt, products.2023.csv, products.csv.zip " in said
    assert "tickets.csv: no rows" in said


def test_the_log_of_a_check_shows_no_first_customer_in_place_of_a_header(unbuilt, check):
    log = ROOT / "logs" / "dbt.log"
    before = log.stat().st_size if log.exists() else 0
    unbuilt.write("products", "product_id,zaphod@example.com,Colour\n1,2,3\n")
    _, said = check("--quick")
    with log.open("rb") as file:
        file.seek(before if log.stat().st_size >= before else 0)
        logged = file.read().lower()
    assert "products 1 1 0 0" in said
    assert "colour" in said
    assert b"colour" in logged
    assert b"zaphod" not in logged


def test_feeds_that_cannot_be_read_are_all_told_at_once(unbuilt, check):
    unbuilt.write("orders", unbuilt.read("orders").replace("amount", "total", 1))
    unbuilt.write("products", unbuilt.read("products").replace("product_id", "sku", 1))
    (unbuilt.feeds / "campaigns.csv").unlink()
    (unbuilt.feeds / "campaigns.parquet").write_text("PK")
    code, said = check("--quick")
    assert code == 1
    assert "required column 'amount' is missing" in said
    assert "required column 'product_id' is missing" in said
    assert "campaigns.parquet" in said.replace(" ", "")  # a long path is broken
    assert "read_parquet" not in said
    assert "contacts 141 141 0 0" in said
    assert said.endswith(f"check {unbuilt.feeds}")


def test_a_gate_that_would_be_red_stops_the_build_with_its_evidence(unbuilt, check):
    lines = unbuilt.read("orders").splitlines()
    unbuilt.write("orders", "\n".join([*lines[:500], *(f"9{line}" for line in lines[500:])]) + "\n")
    code, said = check()
    assert code == 1
    assert "stops the build gate_core: this does not hold: Nine lines in ten find" in said
    assert "have a value of order_id that orders does not know" in said
    assert "orders 151 100 % contact_id 151" in said
