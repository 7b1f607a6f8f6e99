import io
import subprocess
import sys

import duckdb
import pytest
from rich.console import Console

from tessera.commands import CommandError
from tessera.commands.contract import CONTRACT, write_contract
from tessera.commands.project import Project


@pytest.fixture
def project(tmp_path):
    (tmp_path / CONTRACT).parent.mkdir(parents=True)
    return Project(tmp_path, tmp_path / "build.duckdb", tmp_path)


def build(project, columns, own=()):
    with duckdb.connect(project.database) as connection:
        connection.execute("create schema features")
        connection.execute(f"create table features.customer_features as select {columns}")
        connection.execute(
            "create table features.feature_definitions (feature_name varchar, is_own boolean)"
        )
        for name in own:
            connection.execute("insert into features.feature_definitions values (?, true)", [name])


def test_the_features_of_the_last_build_are_promised_and_the_keys_once(project):
    build(project, "'s' as customer_snapshot_id, 'c' as customer_id, 1 as orders_count_7d")
    write_contract(project, Console(file=io.StringIO()))
    text = (project.folder / CONTRACT).read_text()
    assert text.count("- name: customer_id") == 1
    assert "- name: orders_count_7d" in text


def test_a_feature_of_ones_own_is_promised_to_nobody(project):
    build(project, "1 as orders_count_7d, 1 as orders_big_count_7d", own=["orders_big_count_7d"])
    write_contract(project, Console(file=io.StringIO()))
    assert "orders_big" not in (project.folder / CONTRACT).read_text()


def test_before_any_build_there_is_nothing_to_promise(project):
    with pytest.raises(CommandError, match="tessera build` first"):
        write_contract(project, Console(file=io.StringIO()))


def test_a_build_without_features_has_nothing_to_promise_either(project):
    duckdb.connect(project.database).close()
    with pytest.raises(CommandError, match=r"no features\..*tessera build` first"):
        write_contract(project, Console(file=io.StringIO()))


def test_while_a_build_holds_the_file_its_process_is_named(project):
    build(project, "1 as orders_count_7d")
    holds = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    command = [sys.executable, "-c", holds, str(project.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:  # noqa: S603 - our own script
        holder.stdout.readline()
        with pytest.raises(CommandError, match=rf"is open in another program .*{holder.pid}"):
            write_contract(project, Console(file=io.StringIO()))
        holder.communicate(b"\n")


def test_a_feature_without_a_meaning_is_not_promised(project):
    build(project, "1 as lucky_number")
    with pytest.raises(CommandError, match="unknown word 'lucky'"):
        write_contract(project, Console(file=io.StringIO()))
