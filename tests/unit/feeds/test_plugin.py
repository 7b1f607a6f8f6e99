"""The function that DuckDB calls answers in JSON, looks once, and leaves nothing behind."""

import json

import duckdb
import pytest
from dbt.adapters.duckdb.credentials import DuckDBCredentials

from tessera.feeds import plugin
from tessera.feeds.plugin import Plugin

ASK = "select tessera_feed(?, 'orders', ['order_id'])"


@pytest.fixture
def shop(tmp_path):
    (tmp_path / "feeds").mkdir()
    (tmp_path / "feeds" / "orders.csv").write_bytes(b"order_id,x\n1,2\n3\n")
    return tmp_path


def ask(connection, shop):
    return json.loads(connection.execute(ASK, [str(shop / "feeds")]).fetchall()[0][0])


def plugin_of(shop):
    return Plugin("feeds", {}, DuckDBCredentials(path=str(shop / "build.duckdb")))


def test_a_feed_is_described_to_duckdb(shop):
    with duckdb.connect() as connection:
        plugin_of(shop).configure_connection(connection)
        told = ask(connection.cursor(), shop)
    assert told["problem"] is None
    assert told["files"][0]["rows"] == 2


def test_a_problem_is_told_in_words(shop):
    (shop / "feeds" / "orders").mkdir()
    (shop / "feeds" / "orders" / "1.csv").touch()
    with duckdb.connect() as connection:
        plugin_of(shop).configure_connection(connection)
        assert "exists more than once" in ask(connection, shop)["problem"]
        assert "cannot be listed" in ask(connection, shop / "nowhere")["problem"]


def test_a_file_is_looked_at_once_until_it_changes(shop, monkeypatch):
    looks = []
    inspect_files = plugin.inspect_files
    monkeypatch.setattr(
        plugin, "inspect_files", lambda *args: looks.append(args) or inspect_files(*args)
    )
    with duckdb.connect() as connection:
        plugin_of(shop).configure_connection(connection)
        first = ask(connection, shop)
        assert ask(connection, shop) == first
        assert len(looks) == 1
        (shop / "feeds" / "orders.csv").write_bytes(b"order_id,x\n1,2\n")
        assert ask(connection, shop)["files"][0]["rows"] == 1
    assert len(looks) == 2


def test_copies_lie_beside_the_database_and_go_with_the_plugin(shop):
    (shop / "build.duckdb.feeds").mkdir()
    (shop / "build.duckdb.feeds" / "left by a killed build").touch()
    loaded = plugin_of(shop)
    with duckdb.connect() as connection:
        loaded.configure_connection(connection)
        ask(connection, shop)
        (copy,) = (shop / "build.duckdb.feeds").iterdir()
        assert copy.suffix == ".parquet"
    del loaded, connection
    assert not (shop / "build.duckdb.feeds").exists()
