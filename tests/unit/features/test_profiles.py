"""The starter profile is small, and has everything that segments, targets, gates and marts read."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from tessera.propensity.algorithms.rules import RECENCY_FEATURE
from tessera.segmentation.features import read_features
from tessera.segmentation.rivals import RFM_FEATURES, SPEND_FEATURE

ROOT = Path(__file__).parents[3]
FEATURE = re.compile(
    r"\b[a-z_]+_(?:\d+d_over_\d+d|\d+d|days_since_first|days_since_last|lifetime)\b"
)


@pytest.fixture(scope="module")
def starter():
    profiles = pd.read_csv(ROOT / "seeds/feature_profiles.csv")
    return profiles.loc[profiles["profile"] == "starter", "feature_name"].tolist()


def named_in(text: str) -> set[str]:
    return set(FEATURE.findall(text))


def test_a_feature_is_found_in_a_text_by_its_name():
    text = "where orders_count_90d_over_365d > 0 or orders_days_since_last < 7 or amount_90 > 1"
    assert named_in(text) == {"orders_count_90d_over_365d", "orders_days_since_last"}


def test_the_starter_is_ten_to_twenty_features_each_once(starter):
    assert 10 <= len(starter) <= 20
    assert len(set(starter)) == len(starter)


def test_the_starter_has_what_segments_and_their_rivals_read(starter):
    declared = read_features(pd.read_csv(ROOT / "seeds/segment_features.csv", dtype=str))
    named_by = {feature.name for feature in declared if feature.driver}
    assert named_by | {*RFM_FEATURES, SPEND_FEATURE} <= set(starter)


def test_the_starter_has_what_the_recency_rule_and_the_targets_read(starter):
    declared = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["vars"]
    predicted = [each for each in declared["targets"] if each["name"] in declared["predict"]]
    asked = [target["eligible_when"] for target in predicted]
    assert len(asked) == len(declared["predict"])
    assert {RECENCY_FEATURE}.union(*map(named_in, asked)) <= set(starter)


def test_the_starter_has_what_the_gate_of_features_reads(starter):
    read = named_in((ROOT / "expectations/customer_features.yml").read_text())
    assert "orders_count_30d" in read
    assert read <= set(starter)


def test_the_starter_has_what_the_marts_read(starter):
    for path in (ROOT / "models/marts").glob("*.sql"):
        read = {name for name in named_in(path.read_text()) if name.startswith("orders_")}
        assert read <= set(starter), path
