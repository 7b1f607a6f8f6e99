"""Where things are is found before dbt starts; a wrong path is answered with a right one."""

import os
import sys

import pytest

from tessera.commands import CommandError
from tessera.commands.project import (
    environment_variables,
    find_project,
    require_feeds,
    tessera_command,
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "dbt_project.yml").touch()
    (tmp_path / "seeds" / "demo_shop").mkdir(parents=True)
    (tmp_path / "seeds" / "demo_shop" / "orders.csv").touch()
    monkeypatch.chdir(tmp_path)
    return find_project("dev", {})


def test_the_project_is_where_we_are(project, tmp_path):
    assert project.folder == tmp_path
    assert project.release_link == tmp_path / "warehouse" / "tessera.duckdb"


def test_the_project_may_be_named_from_elsewhere(project, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert find_project("dev", {"TESSERA_PROJECT": str(tmp_path)}).folder == tmp_path


def test_a_named_project_is_the_only_place_looked_at(project, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(CommandError, match=r"no dbt_project\.yml in .*empty: .* TESSERA_PROJECT"):
        find_project("dev", {"TESSERA_PROJECT": str(tmp_path / "empty")})


@pytest.fixture
def script(tmp_path, monkeypatch):
    path = tmp_path / ".venv" / "bin" / "tessera"
    path.parent.mkdir(parents=True)
    path.touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(path)])
    monkeypatch.setenv("PATH", "/nowhere")
    return path


def test_the_command_is_called_by_its_path_while_the_shell_does_not_know_it(script):
    assert tessera_command() == ".venv/bin/tessera"


def test_the_command_is_called_by_its_name_once_the_shell_knows_it(script, monkeypatch):
    monkeypatch.setenv("PATH", str(script.parent))
    assert tessera_command() == "tessera"


def test_another_tessera_on_the_path_is_not_the_one_to_call(script, monkeypatch, tmp_path):
    (tmp_path / "tessera").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert tessera_command() == ".venv/bin/tessera"


def test_a_call_as_a_module_is_answered_with_the_script_beside_the_interpreter(script, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["/x/tessera/__main__.py"])
    monkeypatch.setattr(sys, "executable", str(script.with_name("python")))
    assert tessera_command() == ".venv/bin/tessera"
    script.unlink()
    assert tessera_command().endswith("/.venv/bin/python -m tessera")


def test_the_throw_away_target_keeps_away_from_the_real_warehouse(project):
    assert find_project("ci", {}).database == project.folder / "warehouse" / "ci" / "build.duckdb"


def test_paths_of_the_environment_are_relative_to_the_project(project):
    found = find_project("dev", {"TESSERA_DATABASE": "b.duckdb", "TESSERA_RELEASES": "/srv"})
    assert found.database == project.folder / "b.duckdb"
    assert str(found.release_link) == "/srv/tessera.duckdb"


def test_feeds_inside_the_project_are_named_from_its_root(project):
    assert require_feeds(project, None, {}, []) == "seeds/demo_shop"
    assert require_feeds(project, project.folder / "seeds/demo_shop", {}, []) == "seeds/demo_shop"


def test_feeds_outside_keep_their_whole_path(project, tmp_path_factory):
    outside = tmp_path_factory.mktemp("feeds")
    (outside / "orders").mkdir()
    assert require_feeds(project, None, {"TESSERA_DATA": str(outside)}, []) == str(outside)


def test_a_missing_folder_is_answered_with_its_neighbours(project):
    with pytest.raises(CommandError, match="holds the folders: demo_shop"):
        require_feeds(project, project.folder / "seeds" / "demo_shopp", {}, [])


def test_a_file_is_not_a_feeds_folder(project):
    with pytest.raises(CommandError, match="is a file"):
        require_feeds(project, project.folder / "dbt_project.yml", {}, [])


def test_a_folder_without_orders_is_answered_with_what_it_holds(project):
    (project.folder / "seeds" / "demo_shop" / "orders.csv").rename("seeds/demo_shop/order.csv")
    with pytest.raises(CommandError, match=r"no orders .* It holds: order\.csv"):
        require_feeds(project, None, {}, [])


def test_environment_variables_are_put_back(monkeypatch):
    monkeypatch.setenv("TESSERA_DATA", "before")
    monkeypatch.delenv("TESSERA_RELEASES", raising=False)
    with environment_variables({"TESSERA_DATA": "during", "TESSERA_RELEASES": "during"}):
        assert os.environ["TESSERA_DATA"] == "during"
    assert os.environ["TESSERA_DATA"] == "before"
    assert "TESSERA_RELEASES" not in os.environ
