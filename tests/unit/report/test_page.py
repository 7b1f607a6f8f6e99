"""The page is one file, the same for the same answers, and no data can become markup."""

import json
import re
from base64 import b64encode
from hashlib import sha256

import duckdb
import pytest
from rich.console import Console

from tessera.commands.report import renew_report, report
from tessera.report import QUERIES, Answer, Answers, page, render, report_of
from tessera.report.answers import unanswered


@pytest.fixture(scope="module", autouse=True)
def _no_vega():
    # the browser tests draw; here a page is text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page, "vega", lambda: "window.vegaEmbed = null;")
        yield


@pytest.fixture(scope="module")
def html(made, _no_vega):
    return render(report_of(made))


def test_the_same_answers_give_the_same_bytes(made, html):
    assert render(report_of(made)) == html


def test_nothing_is_fetched_from_anywhere(html):
    assert re.findall(r"(?:src|href)=\"(?!#|data:)[^\"]*\"", html) == []
    assert re.findall(r"url\(|@import|fetch\(|XMLHttpRequest", html) == []


def test_only_the_script_of_the_page_may_run(html):
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src &#39;sha256-{allowed}" in html or f"script-src 'sha256-{allowed}'" in html


def test_no_text_of_a_release_becomes_markup(made):
    evil = "</script><img src=x onerror=alert(1)>"
    spoilt = {
        name: Answer(
            answer.query,
            tuple(
                {k: evil if k in TEXTS and isinstance(v, str) else v for k, v in row.items()}
                for row in answer.rows
            ),
        )
        for name, answer in made.by_name.items()
    }
    spoilt_html = render(report_of(Answers(spoilt)))
    assert "<img" not in spoilt_html
    assert "&lt;img" in spoilt_html
    data = r'<script type="application/json"[^>]*>(.*?)</script>'
    for spec in re.findall(data, spoilt_html, re.DOTALL):
        json.loads(spec)


TEXTS = {
    *("segment_name", "description", "strategy", "kpi", "predicate_sql", "observed_value"),
    *("from_segment_name", "to_segment_name", "node_name", "reason", "x_axis", "expected"),
    *("family", "source_columns", "definition_sql", "owner", "baseline_name"),
}


def test_a_release_without_any_table_gives_a_page_of_sentences():
    html = render(report_of(unanswered(QUERIES)))
    assert "No customers yet" in html
    assert "This release has no table segment_profiles" in html
    assert html.count("<section id=") == 11


def test_a_release_whose_tables_are_empty_gives_a_page():
    html = render(report_of(Answers({query.name: Answer(query) for query in QUERIES})))
    assert html.count("<section id=") == 11


def test_no_figure_of_the_page_shares_its_id(html):
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_the_command_writes_the_page_beside_the_release_and_says_where(tmp_path):
    with duckdb.connect(str(tmp_path / "tessera.duckdb")) as connection:
        connection.execute("create schema marts")
    console = Console(record=True, width=200)
    path = report(tmp_path / "tessera.duckdb", None, console)
    assert path == tmp_path / "report.html"
    assert "report.html" in console.export_text()
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [*path.parent.glob("*.part")] == []


def test_the_page_is_renewed_only_where_there_is_one(tmp_path):
    with duckdb.connect(str(tmp_path / "tessera.duckdb")) as connection:
        connection.execute("create schema marts")
    quiet, page_file = Console(quiet=True), tmp_path / "report.html"
    renew_report(tmp_path / "tessera.duckdb", quiet)
    assert not page_file.exists()
    page_file.write_text("yesterday's")
    renew_report(tmp_path / "tessera.duckdb", quiet)
    assert page_file.read_text(encoding="utf-8").startswith("<!doctype html>")
