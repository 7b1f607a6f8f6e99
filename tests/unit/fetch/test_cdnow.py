"""CDNOW becomes orders: a package of four lines, and the real one when installed."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from tessera.commands import CommandError
from tessera.commands.fetch import fetch
from tessera.fetch import cdnow
from tessera.fetch.feed_files import is_complete
from tessera.fetch.packages import find_package_folder

FOUR_PURCHASES = (
    " customer_id  date number_of_cds  dollar_value\r\n"
    " 00001 19970101  1   11.77\r\n"
    " 00002 19970112  1   12.00\r\n"
    " 00002 19970112  5   77.00\r\n"
    " 00002 19970112  5   77.00\r\n"
)


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture
def tiny_package(tmp_path: Path) -> Path:
    (tmp_path / "package" / "datasets").mkdir(parents=True)
    (tmp_path / "package" / cdnow.MASTER_FILE).write_bytes(FOUR_PURCHASES.encode())
    return tmp_path / "package"


def test_every_line_is_an_order_also_the_second_of_a_day_and_its_equal(
    connection, tiny_package, tmp_path
):
    cdnow.write_feeds(connection, tiny_package, tmp_path / "feeds")
    orders = connection.read_parquet(str(tmp_path / "feeds" / "orders.parquet"))
    assert orders.columns == ["order_id", "customer_ref", "ordered_at", "amount", "currency"]
    assert orders.fetchall() == [
        ("1", "00001", datetime(1997, 1, 1), Decimal("11.77"), "USD"),  # noqa: DTZ001
        ("2", "00002", datetime(1997, 1, 12), Decimal("12.00"), "USD"),  # noqa: DTZ001
        ("3", "00002", datetime(1997, 1, 12), Decimal("77.00"), "USD"),  # noqa: DTZ001
        ("4", "00002", datetime(1997, 1, 12), Decimal("77.00"), "USD"),  # noqa: DTZ001
    ]


def test_a_file_that_misses_the_known_figures_is_refused_and_written_again_next_time(
    connection, tiny_package, tmp_path, monkeypatch
):
    monkeypatch.setattr("tessera.commands.fetch.require_package_folder", lambda *_: tiny_package)
    out = tmp_path / "feeds"
    with pytest.raises(CommandError, match=r"differ from the data set's known figures: orders, "):
        fetch(cdnow.DATA_SET, out, Console(quiet=True), says_next=False)
    assert not is_complete(connection, out, cdnow.SOURCE)


def test_the_real_orders_reproduce_every_known_figure_and_the_same_bytes(connection, tmp_path):
    package = find_package_folder(cdnow.DATA_SET.import_name)
    if package is None:
        pytest.skip("lifetimes is not installed")
    for name in ("first", "second"):
        cdnow.write_feeds(connection, package, tmp_path / name)
    figures = cdnow.reconcile(connection, package, tmp_path / "first")
    assert [figure for figure in figures if not figure.is_equal] == []
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes(), path.name
