"""Whoever changes a published table sees in the documentation who reads it."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
EXPOSURES = yaml.safe_load((ROOT / "models/marts/_exposures.yml").read_text())["exposures"]
RELEASED = dict(
    re.findall(
        r'"(\w+)": dbt\.ref\("(\w+)"\)',
        (ROOT / "python_models/publishing/releases.py").read_text(),
    )
)
"""Name of each published table to the model that makes it."""
UNREAD = frozenset()
"""Published models that no exposure reads, on purpose."""


def models_of(exposure):
    return {re.fullmatch(r"ref\('(\w+)'\)", reference)[1] for reference in exposure["depends_on"]}


def report_tables():
    """Return the tables that the report's queries name, read: importing it takes seconds."""
    sources = (ROOT / "src/tessera/report").rglob("*.py")
    return {table for path in sources for table in re.findall(r"\bmarts\.(\w+)", path.read_text())}


def test_every_published_table_is_read_by_somebody_or_said_not_to_be():
    read = set().union(*map(models_of, EXPOSURES))
    assert set(RELEASED.values()) - read == UNREAD, "add it to models/marts/_exposures.yml"
    assert read <= set(RELEASED.values()), "an exposure reads what is not published"


def test_the_report_is_exposed_with_what_it_asks():
    (report,) = [exposure for exposure in EXPOSURES if exposure["name"] == "report"]
    asked = {RELEASED[table] for table in report_tables() if table in RELEASED}
    assert models_of(report) == asked


@pytest.mark.parametrize("exposure", EXPOSURES, ids=lambda exposure: exposure["name"])
def test_an_exposure_says_whose_it_is_how_settled_and_where(exposure):
    assert exposure["owner"]["name"]
    assert exposure["maturity"] in {"low", "medium", "high"}
    assert exposure["description"]
    assert "://" not in exposure["url"], "addresses are relative"
