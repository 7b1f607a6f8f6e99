"""`tessera portrait` prints a table, a paragraph and the sources, or says what is wrong."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tessera.cli import app

DEMO_SHOP = Path(__file__).parents[3] / "seeds" / "demo_shop"


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, ["portrait", *map(str, words)])


def test_the_demo_shop_stands_beside_real_shops_and_is_too_regular(run):
    result = run(DEMO_SHOP)
    assert result.exit_code == 0, result.output
    lines = {line[:43].strip(): line[43:].split() for line in result.output.splitlines()}
    assert lines["customers who ordered"] == ["151", "2,469", "23,570"]
    assert lines["gap variation within a customer"] == ["0.33", "0.87", "0.91", "below"]
    assert lines["human sessions that buy"][0] == "1.00%-4.00%"  # the shop has no web events
    paragraph = " ".join(result.output.split())
    assert "gap variation within a customer: 0.33, below 0.87;" in paragraph


def test_every_published_cell_leads_to_its_source(run):
    output = run(DEMO_SHOP).output
    assert "70.0%-85.0% [1]" in output
    assert "\n[1] Opensend, 2025: repeat customers" in output


def test_a_folder_without_feeds_is_an_error_that_helps(run, tmp_path):
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "expected orders.parquet, orders.csv or a folder orders/" in result.output


def test_a_file_is_no_feeds_folder(run, tmp_path):
    (tmp_path / "orders.csv").touch()
    result = run(tmp_path / "orders.csv")
    assert result.exit_code == 1
    assert "is no folder: give the folder that holds the feeds" in result.output


def test_a_line_that_is_misshapen_far_down_is_counted_and_not_shown(run, tmp_path):
    rows = "".join(f"{i},ann,2024-01-01,5\n" for i in range(60_000))
    (tmp_path / "orders.csv").write_text(
        f"order_id,contact_id,ordered_at,amount\n{rows}x,secret,2024-01-01,5,6,7\n"
    )
    result = run(tmp_path)
    assert result.exit_code == 0
    lines = {line[:43].strip(): line[43:].split() for line in result.output.splitlines()}
    assert lines["order rows left out: not readable"][0] == "1"
    assert "secret" not in result.output
