"""After a build the published file is read back; a build that published nothing says so."""

import dataclasses

import duckdb
import pytest
from rich.console import Console

from tessera.commands import CommandError, build
from tessera.commands.outcomes import BuildOutcome, NodeOutcome

REQUEST = build.BuildRequest(data=None, as_of=None, target="dev", variables="", is_full=False)


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "dbt_project.yml").touch()
    (tmp_path / "seeds" / "demo_shop").mkdir(parents=True)
    (tmp_path / "seeds" / "demo_shop" / "orders.csv").touch()
    (tmp_path / "warehouse" / "releases").mkdir(parents=True)
    for variable in ("TESSERA_DATA", "TESSERA_DATABASE", "TESSERA_RELEASES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def published(folder, run_id: str) -> None:
    path = folder / "warehouse" / "releases" / f"{run_id}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute("""
            create table marts.segment_profiles as
            select 's1' as segment_id, 'Regulars' as segment_name, 150::bigint as customers,
                1.0 as share, 99.5::decimal(18, 2) as revenue, null::double as churn_rate
        """)
    (folder / "warehouse" / "tessera.duckdb").symlink_to(f"releases/{run_id}.duckdb")


def built(folder) -> None:
    with duckdb.connect(str(folder / "warehouse" / "build.duckdb")) as connection:
        connection.execute("create schema staging")
        connection.execute("""
            create table staging.feed_accounting as
            select 'orders' as feed, 10 as rows_in, 8 as rows_kept, 1 as rows_duplicate,
                1 as rows_rejected
        """)


def tessera_build(monkeypatch, outcome: BuildOutcome) -> tuple[bool, str]:
    monkeypatch.setattr(build, "run_dbt_build", lambda *_, **__: outcome)
    console = Console(record=True, width=100)
    return build.build(REQUEST, console), console.export_text()


def test_a_good_build_shows_what_it_published(project, monkeypatch):
    monkeypatch.setattr("tessera.report.page.vega", lambda: "")
    published(project, "now")
    built(project)
    has_succeeded, text = tessera_build(monkeypatch, BuildOutcome("now", has_succeeded=True))
    assert has_succeeded
    assert "Regulars" in text
    assert "Published in warehouse/tessera.duckdb" in text
    assert "rejected" in text
    assert "Report: warehouse/report.html" in text
    assert (project / "warehouse" / "report.html").exists()


def test_a_build_that_published_nothing_is_not_taken_for_an_earlier_one(project, monkeypatch):
    published(project, "earlier")
    built(project)
    with pytest.raises(CommandError, match="this build published nothing"):
        tessera_build(monkeypatch, BuildOutcome("now", has_succeeded=True))


def test_a_failed_build_leaves_readers_on_the_last_release(project, monkeypatch):
    published(project, "earlier")
    failed = NodeOutcome("orders", "model", "core", "error", 1.0, "no such luck")
    outcome = BuildOutcome("now", has_succeeded=False, nodes=(failed,))
    has_succeeded, text = tessera_build(monkeypatch, outcome)
    assert not has_succeeded
    assert "no such luck" in text
    assert "warehouse/tessera.duckdb is still the last good release" in text


def test_the_date_to_look_from_becomes_a_dbt_var():
    request = dataclasses.replace(REQUEST, as_of="2025-01-01", variables="seed: 3")
    assert build.dbt_variables(request) == {"seed": 3, "as_of": "2025-01-01"}
