"""Every query that the documentation offers runs on what a build publishes."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
QUERIES = [
    query.strip()
    for block in SQL.findall((DOCS / "tables.md").read_text())
    for query in re.split(r";\s*(?:\n|$)", block)
    if query.strip()
]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.splitlines()[0].strip("- "))
def test_a_documented_query_runs(first_build, query):
    first_build.published(query)
