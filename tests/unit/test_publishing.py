"""Readers see the last good release or the new one, each whole, whatever happens to a build."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd
import pytest

from tessera import frames, publishing
from tessera.runs import Run

TABLES = {"customers": "marts.customers", "segments": ("marts", "segments")}


def a_run(run_id: str) -> Run:
    day = pd.Timestamp("2025-03-01")
    return Run(run_id, day + pd.Timedelta(hours=1), day, "demo", 7)


@pytest.fixture
def build(tmp_path):
    with duckdb.connect(str(tmp_path / "it's a build.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.customers as select range as customer_id, "
            "null::text as run_id, null::timestamp as as_of from range(3)"
        )
        connection.execute("create table marts.stamp (run_id text, as_of timestamp)")
        connection.execute("comment on column marts.customers.customer_id is 'Who''s who.'")
        connection.execute(
            "create view marts.segments as select 'regulars' as segment_name, * from marts.stamp"
        )
        yield connection


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "reader's warehouse"


def publish(build, folder: Path, run_id: str, tables=TABLES) -> pd.DataFrame:
    """Publish marts that carry the run's stamp, as the models of its build write them."""
    stamp_marts(build, a_run(run_id))
    return publishing.publish_release(build, tables, folder, a_run(run_id))


def stamp_marts(build, run: Run) -> None:
    stamp = [run.run_id, run.as_of.to_pydatetime()]
    build.execute("update marts.customers set run_id = ?, as_of = ?", stamp)
    build.execute("delete from marts.stamp")
    build.execute("insert into marts.stamp values (?, ?)", stamp)


def read(folder: Path, query: str) -> list[tuple]:
    with duckdb.connect(str(folder / "tessera.duckdb"), read_only=True) as reader:
        return reader.execute(query).fetchall()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "releases").iterdir())


def test_a_release_holds_the_marts_and_says_so(build, folder):
    published = publish(build, folder, "first")
    table = frames.typed(published, publishing.RELEASES_SCHEMA)
    assert [(row["table_name"], row["rows"]) for row in table.to_pylist()] == [
        ("customers", 3),
        ("segments", 1),
    ]
    assert read(folder, "select sum(customer_id) from marts.customers") == [(3,)]
    assert names(folder) == ["first.duckdb"]
    assert (folder / "tessera.duckdb").readlink() == Path("releases/first.duckdb")


def test_a_build_in_memory_is_published_too(folder):
    with duckdb.connect() as build:
        build.execute("create schema marts")
        build.execute(
            "create table marts.customers (customer_id int, run_id text, as_of timestamp)"
        )
        publishing.publish_release(build, {"customers": "marts.customers"}, folder, a_run("first"))
    assert read(folder, "from marts.customers") == []


def test_comments_of_columns_travel_with_them(build, folder):
    publish(build, folder, "first")
    query = "select comment from duckdb_columns() where column_name = 'customer_id'"
    assert read(folder, query) == [("Who's who.",)]


def test_a_release_is_published_while_the_session_has_an_open_transaction(build, folder):
    stamp_marts(build, a_run("first"))
    build.execute("begin")
    build.execute("create table marts.unfinished as select 1 as one")
    publishing.publish_release(build, TABLES, folder, a_run("first"))
    build.execute("commit")
    assert read(folder, "select count(*) from marts.customers") == [(3,)]


def test_the_warehouse_folder_can_be_moved_because_the_link_is_relative(build, folder, tmp_path):
    publish(build, folder, "first")
    folder.rename(tmp_path / "elsewhere")
    assert read(tmp_path / "elsewhere", "select count(*) from marts.customers") == [(3,)]


def test_publishing_a_run_again_replaces_its_release(build, folder):
    publish(build, folder, "first")
    build.execute("insert into marts.customers values (9, null, null)")
    publish(build, folder, "first")
    assert read(folder, "select count(*) from marts.customers") == [(4,)]
    assert names(folder) == ["first.duckdb"]


def test_a_reader_keeps_the_release_it_opened_even_when_it_is_removed(build, folder):
    publish(build, folder, "run-0")
    with duckdb.connect(str(folder / "tessera.duckdb"), read_only=True) as reader:
        build.execute("delete from marts.customers where customer_id > 0")
        for number in range(1, 7):
            publish(build, folder, f"run-{number}")
        assert reader.execute("select count(*) from marts.customers").fetchall() == [(3,)]
    assert names(folder) == [f"run-{number}.duckdb" for number in range(2, 7)]
    assert read(folder, "select count(*) from marts.customers") == [(1,)]


def test_a_failed_copy_leaves_no_part_and_the_last_release(build, folder):
    publish(build, folder, "first")
    build.execute(
        "create view marts.broken as select error('no such luck') as one, * from marts.stamp"
    )
    with pytest.raises(duckdb.Error, match="no such luck"):
        publish(build, folder, "second", {**TABLES, "broken": "marts.broken"})
    assert names(folder) == ["first.duckdb"]
    assert read(folder, "select count(*) from marts.customers") == [(3,)]
    publish(build, folder, "third")
    assert (folder / "tessera.duckdb").readlink() == Path("releases/third.duckdb")


def test_a_copy_with_other_rows_is_not_shown(build, folder, monkeypatch):
    monkeypatch.setattr(publishing, "_copy", _copy_half)
    with pytest.raises(publishing.PublishingError, match="customers: 3 rows, 0 copied"):
        publish(build, folder, "first")
    assert names(folder) == []


def _copy_half(cursor, mart) -> int:
    cursor.execute(f'create table "release".marts.{mart.name} as from {mart.source} limit 0')
    return 3


def test_a_full_disk_is_noticed_before_anything_is_written(build, folder, monkeypatch):
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=1024**2))
    with pytest.raises(publishing.PublishingError, match="has 1 MB free"):
        publish(build, folder, "first")
    assert names(folder) == []


def test_marts_of_another_run_are_not_published_and_readers_keep_the_last_release(build, folder):
    publish(build, folder, "first")
    with pytest.raises(publishing.PublishingError, match=r"marts\.customers holds rows of first"):
        publishing.publish_release(build, TABLES, folder, a_run("second"))
    assert names(folder) == ["first.duckdb"]
    assert read(folder, "select distinct run_id from marts.segments") == [("first",)]


def test_an_old_release_that_cannot_be_removed_does_not_undo_the_new_one(build, folder):
    for number in range(5):
        publish(build, folder, f"run-{number}")
    (folder / "releases" / "run-0.duckdb").unlink()
    (folder / "releases" / "run-0.duckdb").mkdir()
    os.utime(folder / "releases" / "run-0.duckdb", (0, 0))
    with pytest.warns(UserWarning, match="old releases could not be removed"):
        publish(build, folder, "run-5")
    assert (folder / "tessera.duckdb").readlink() == Path("releases/run-5.duckdb")


@pytest.mark.parametrize(
    ("tables", "run_id", "message"),
    [
        ({"customers": 'marts.customers"; drop'}, "first", "cannot publish"),
        ({"cust omers": "marts.customers"}, "first", "cannot publish"),
        ({"customers": "customers"}, "first", "cannot publish"),
        ({"customers": "marts.custommers"}, "first", "the build has no marts.custommers"),
        ({}, "first", "nothing to publish"),
        (TABLES, "../first", "cannot name a file"),
    ],
)
def test_what_cannot_be_published_is_named(build, folder, tables, run_id, message):
    with pytest.raises(publishing.PublishingError, match=message):
        publishing.publish_release(build, tables, folder, a_run(run_id))


def test_a_file_in_the_links_place_is_not_overwritten(build, folder):
    folder.mkdir()
    (folder / "tessera.duckdb").write_text("mine")
    with pytest.raises(publishing.PublishingError, match="is a file, not a link"):
        publish(build, folder, "first")
    assert (folder / "tessera.duckdb").read_text() == "mine"


KILLED_PUBLISHER = """
import os, pathlib, signal, sys
import duckdb, pandas as pd
from tessera import publishing, release_files
from tessera.runs import Run

def kill(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

build, folder, moment = sys.argv[1:]
module = publishing if hasattr(publishing, moment) else release_files
setattr(module, moment, kill)
run = Run("second", pd.Timestamp("2025-03-02"), pd.Timestamp("2025-03-02"), "demo", 7)
tables = {"customers": "marts.customers", "segments": "marts.segments"}
with duckdb.connect(build) as connection:
    connection.execute("delete from marts.customers where customer_id > 0")
    for mart in ("customers", "stamp"):
        connection.execute(f"update marts.{mart} set run_id = 'second', as_of = '2025-03-02'")
    publishing.publish_release(connection, tables, pathlib.Path(folder), run)
"""


@pytest.mark.parametrize("moment", ["_copy", "_require_rows", "swap_link", "remove_old_releases"])
def test_a_kill_at_any_moment_leaves_a_whole_release(build, folder, tmp_path, moment):
    publish(build, folder, "first")
    path = build.execute("select path from duckdb_databases() where not internal").fetchall()[0][0]
    build.close()
    killed = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", KILLED_PUBLISHER, path, str(folder), moment], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    shown = 1 if moment == "remove_old_releases" else 3
    assert read(folder, "select count(*) from marts.customers") == [(shown,)]
    with duckdb.connect(path) as connection:
        publish(connection, folder, "third")
    assert not list((folder / "releases").glob("*.part*"))
    assert read(folder, "select count(*) from marts.customers") == [(1,)]


def test_a_run_is_published_once():
    earlier = pd.DataFrame({"run_id": ["monday"]})
    publishing.require_unpublished(earlier, a_run("tuesday"))
    with pytest.raises(publishing.PublishingError, match="run monday has been published already"):
        publishing.require_unpublished(earlier, a_run("monday"))


def test_an_empty_build_does_not_replace_customers_unless_told_to(build, folder):
    publish(build, folder, "monday")
    build.execute("delete from marts.customers")
    with pytest.raises(publishing.PublishingError, match=r"nobody in customers.* has 3"):
        publish(build, folder, "tuesday")
    assert read(folder, "select count(*) from marts.customers") == [(3,)]
    told = replace(a_run("tuesday"), accepts_volumes=True)
    publishing.publish_release(build, TABLES, folder, told)
    assert read(folder, "select count(*) from marts.customers") == [(0,)]
