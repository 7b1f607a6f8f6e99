"""A small shop, built for real by dbt's own runner. Every test works on a copy of its own."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import duckdb
import pytest
from dbt.cli.main import dbtRunner
from readings import project_as_read

from tessera.commands.dbt_build import run_dbt_build
from tessera.commands.dbt_runner import let_go_of_the_database, run_dbt
from tessera.commands.project import Project, environment_variables

ROOT = Path(__file__).parents[2]
AS_OF = "2025-02-01"
STAMPS = ("run_id", "scored_at")
USUAL = {"as_of": AS_OF, "predict": ["churn_30d"]}
"""The vars of a build: one target, since each takes seconds; test_own_targets has more of them."""
UNPREDICTED = {"predict": ["offer_response_30d"]}
"""For a test that is not about predictions: with so few answers no model is fitted."""
TABLES_AND_GATES = ("resource_type:model", "resource_type:seed", "test_name:gate_passes")
OTHER_SHOPS = ("test_forget", "test_simulated_shop")
"""Files that build a shop of their own."""


def failures(result):
    """Return the nodes of a dbt command that failed, and why."""
    return {
        each.node.name: each.message
        for each in result.result or ()
        if each.status in ("error", "fail")
    }


def parents(node):
    return set(node.depends_on.nodes)


@dataclass(frozen=True)
class Shop:
    """A feeds folder and the files that a build of it leaves behind."""

    folder: Path

    @property
    def feeds(self):
        return self.folder / "feeds"

    @property
    def project(self):
        return Project(ROOT, self.folder / "build.duckdb", self.folder / "releases")

    def build_unpredicted(self):
        """Run a whole `dbt build` that fits no propensity model."""
        return self.build(**UNPREDICTED)

    def build_untested(self):
        """Run a build that ends like the last: gates judge, tests of tables would say the same."""
        return self.build("--select", *TABLES_AND_GATES)

    def build(self, *selected, **variables):
        """Run a whole `dbt build` with the usual vars, unless the test says otherwise."""
        given = {**USUAL, **variables}
        manifest = project_as_read(given)

        def run(project, feeds_folder, arguments, listener):
            return run_dbt(project, feeds_folder, [*arguments, *selected], listener, manifest)

        with patch("tessera.commands.dbt_build.run_dbt", run):
            return run_dbt_build(
                self.project, "ci", str(self.feeds), given, lambda *_: None, is_full=False
            )

    def run(self, *arguments, command="run", **variables):
        """Run a bare dbt command; return what failed, and why. `dbt run` runs no tests."""
        return failures(self.invoke(command, *arguments, **variables))

    def compile(self, *arguments, **variables):
        """Return the query of each relation, those that it reads before it."""
        result = self.invoke("compile", *arguments, **variables)
        assert result.success, result.exception
        waiting = {each.node.unique_id: each.node for each in result.result}
        queries = {}
        while waiting:
            blocked = [key for key in waiting if waiting.keys() & parents(waiting[key])]
            for node in [waiting.pop(key) for key in waiting.keys() - set(blocked)]:
                queries[node.relation_name] = node.compiled_code
        return queries

    def invoke(self, command, *arguments, read_with=None, **variables):
        """Run a bare dbt command, return its result; `read_with` may say what models there are."""
        paths = {
            "TESSERA_DATA": str(self.feeds),
            "TESSERA_DATABASE": str(self.project.database),
            "TESSERA_RELEASES": str(self.project.releases_folder),
        }
        where = ["--project-dir", str(ROOT), "--profiles-dir", str(ROOT), "--target", "ci"]
        given = {**USUAL, **variables}
        silent = ["--log-level", "none", "--log-level-file", "none"]
        told = [*silent, "--vars", json.dumps(given)]
        manifest = project_as_read({**USUAL, **(variables if read_with is None else read_with)})
        with environment_variables(paths):
            result = dbtRunner(manifest).invoke([command, *where, *told, *arguments])
            let_go_of_the_database()
        return result

    def query(self, sql):
        with duckdb.connect(self.project.database, read_only=True) as connection:
            return connection.sql(sql).fetchall()

    def published(self, sql):
        with duckdb.connect(self.project.release_link, read_only=True) as connection:
            return connection.sql(sql).fetchall()

    def published_tables(self):
        """Return every published table's rows but for the run's own stamps, sorted."""
        names = [name for (name,) in self.published("select table_name from duckdb_tables()")]
        tables = {}
        for name in sorted(names):
            stamps = ", ".join(STAMPS)
            rows = self.published(f"select * exclude ({stamps}) from marts.{name}")
            tables[name] = sorted(rows, key=str)
        return tables

    def write(self, feed, text):
        (self.feeds / f"{feed}.csv").write_text(text)

    def read(self, feed):
        return (self.feeds / f"{feed}.csv").read_text()


@pytest.fixture(scope="session", autouse=True)
def _own_target_folder(tmp_path_factory):
    """Keep dbt's artefacts of the tests away from the developer's own."""
    environment = pytest.MonkeyPatch()
    environment.setenv("DBT_TARGET_PATH", str(tmp_path_factory.mktemp("target")))
    environment.setenv("DBT_WRITE_JSON", "false")
    yield
    environment.undo()


@pytest.fixture(scope="session")
def shop_at():
    """The shop in a folder that has its feeds, or will have them."""
    return Shop


@pytest.fixture(scope="session")
def shop_of():
    """How to open a shop: a copy of these feeds in that folder, before any build."""

    def opened(feeds, folder):
        shutil.copytree(feeds, folder / "feeds")
        return Shop(folder)

    return opened


def pytest_collection_modifyitems(items):
    """Begin with other shops, so that no two workers wait for the build that the rest copies."""
    items.sort(key=lambda item: item.path.stem not in OTHER_SHOPS)


@pytest.fixture(scope="session")
def first_build(shop_of, tmp_path_factory):
    """The demo shop, built once for all tests and workers; nobody writes to it."""
    own = tmp_path_factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    shop, is_good = Shop(common / "first_build"), common / "first_build_is_good"
    with (common / "first_build_lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_good.exists():
            shutil.rmtree(shop.folder, ignore_errors=True)
            outcome = shop_of(ROOT / "seeds/demo_shop", shop.folder).build()
            assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
            is_good.touch()
    return shop


@pytest.fixture
def built(first_build, tmp_path):
    """A copy of the built shop, to be changed at will."""
    shutil.copytree(first_build.folder, tmp_path / "shop", symlinks=True)
    shop = Shop(tmp_path / "shop")
    with duckdb.connect(shop.project.database) as connection:
        # volumes are compared between runs over the same folder, and the copy lies in another one
        # and so are scores
        for table in ("gates.gate_identity", "gates.gate_core", "registry.remembered_scores"):
            connection.execute(f"update {table} set feeds_folder = ?", [str(shop.feeds)])
    return shop


@pytest.fixture
def unbuilt(shop_of, tmp_path):
    """The demo shop's feeds before any build."""
    return shop_of(ROOT / "seeds/demo_shop", tmp_path / "shop")
