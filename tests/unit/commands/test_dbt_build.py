"""dbt is run quietly, and what it says comes back as plain data: a project of a few nodes."""

from textwrap import dedent

import duckdb
import pytest

from tessera.commands.dbt_build import run_dbt_build
from tessera.commands.failures import plain_message
from tessera.commands.project import find_project
from tessera.commands.release_reader import read_evidence

FILES = {
    "dbt_project.yml": """
        {name: tiny, version: 0.1.0, profile: tiny, model-paths: [models], test-paths: [tests],
         vars: {has_passed: true, broken: false}}
    """,
    "profiles.yml": """
        {tiny: {target: dev, outputs: {dev: {type: duckdb, threads: 1,
         path: "{{ env_var('TESSERA_DATABASE') }}"}}}}
    """,
    "models/run_context.sql": """
        select '{{ invocation_id }}' as run_id, '{{ env_var("TESSERA_DATA") }}' as feeds_folder
    """,
    "models/gates/gate_core.sql": """
        select 'gate_core' as gate, 'orders.rows' as expectation_id, 'critical' as severity,
            'Some orders.' as description, '0' as observed_value, 'at least 1' as expected,
            null::bigint as unexpected_count, null::varchar as unexpected_sample,
            timestamp '2025-03-01' as checked_at,
            {{ var('has_passed') }} as has_passed
    """,
    "models/gates/_gates__models.yml": """
        {version: 2, models: [{name: gate_core, data_tests: [gate_passes]}]}
    """,
    "models/marts/segments.sql": """
        {% if var('broken') %}
        {{ exceptions.raise_compiler_error("var 'broken' is true") }}
        {% endif %}
        select count(*) as rows, '{{ invocation_id }}' as run_id,
            timestamp '2025-03-01' as as_of
        from {{ ref('gate_core') }}
    """,
    "models/publishing/releases.py": """
        import os
        import pathlib

        import pandas as pd

        from tessera import frames, publishing
        from tessera.runs import Run


        def model(dbt, session):
            dbt.config(materialized="table")
            dbt.ref("segments")
            run_id = dbt.ref("run_context").df()["run_id"].iloc[0]
            day = pd.Timestamp("2025-03-01")
            run = Run(run_id, day, day, "feeds", 7)
            folder = pathlib.Path(os.environ["TESSERA_RELEASES"])
            released = publishing.publish_release(
                session, {"segments": ("main", "segments")}, folder, run
            )
            return frames.typed(released, publishing.RELEASES_SCHEMA)
    """,
    "tests/generic/gate_passes.sql": """
        {% test gate_passes(model) %}select * from {{ model }} where not has_passed{% endtest %}
    """,
}


@pytest.fixture
def project(tmp_path, monkeypatch):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(dedent(text))
    monkeypatch.chdir(tmp_path)
    return find_project("dev", {})


def build(project, **variables):
    heard = []
    outcome = run_dbt_build(
        project, "dev", "feeds", variables, lambda *node: heard.append(node), is_full=False
    )
    return outcome, heard


def test_a_good_build_is_silent_and_lets_go_of_the_database(project, capfd):
    outcome, heard = build(project)
    assert outcome.has_succeeded
    assert capfd.readouterr() == ("", "")
    assert [(number, total) for number, total, *_ in heard] == [(i, 5) for i in range(1, 6)]
    stages = {stage for _, _, stage, _ in heard}
    assert stages == {"run context", "gates", "tests", "marts", "publishing"}
    with duckdb.connect(str(project.database), read_only=True) as connection:
        rows = connection.execute("select run_id, feeds_folder from run_context").fetchall()
    assert rows == [(outcome.run_id, "feeds")]
    assert project.release_link.resolve().stem == outcome.run_id
    with duckdb.connect(str(project.release_link), read_only=True) as connection:
        assert connection.execute("select rows from marts.segments").fetchall() == [(1,)]


def test_a_red_gate_stops_the_build_and_its_evidence_can_be_read(project):
    outcome, _ = build(project, has_passed=False)
    assert not outcome.has_succeeded
    assert outcome.skipped == 2
    assert not project.release_link.exists()
    (failure,) = outcome.failures
    assert (failure.test_name, failure.stage) == ("gate_passes", "tests")
    evidence = read_evidence(project.database, failure.tested[0])
    assert evidence[["gate", "observed_value"]].to_numpy().tolist() == [["gate_core", "0"]]


def test_a_macros_own_words_survive_dbts_wrapping(project):
    outcome, _ = build(project, broken=True)
    messages = [outcome.message, *(node.message for node in outcome.failures)]
    assert "var 'broken' is true" in [plain_message(message) for message in messages]
