"""The semantic layer speaks of published tables and of columns that their contracts promise."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SEMANTIC = ROOT / "models/semantic"
MODELS = yaml.safe_load((SEMANTIC / "semantic_models.yml").read_text())["semantic_models"]
METRICS = yaml.safe_load((SEMANTIC / "metrics.yml").read_text())["metrics"]
PUBLISHED = set(
    re.findall(r"'(\w+)'", (ROOT / "macros/naming/published_models.sql").read_text().split("[")[1])
)
CONTRACTS = {
    model["name"]: {column["name"] for column in model["columns"]}
    for path in (ROOT / "models/marts").glob("_*.yml")
    for model in yaml.safe_load(path.read_text()).get("models", [])
}


def columns_of(semantic_model):
    """Return the columns that a semantic model reads."""
    parts = [
        part
        for kind in ("entities", "dimensions", "measures")
        for part in semantic_model.get(kind, [])
    ]
    return {part.get("expr", part["name"]) for part in parts}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model["name"])
def test_a_semantic_model_reads_promised_columns_of_a_published_table(model):
    name = re.fullmatch(r"ref\('(\w+)'\)", model["model"])[1]
    assert name in PUBLISHED
    assert columns_of(model) <= CONTRACTS[name]


def test_metrics_and_dimensions_say_what_they_are():
    assert all(metric["description"] for metric in METRICS)
    assert all(model["description"] for model in MODELS)
