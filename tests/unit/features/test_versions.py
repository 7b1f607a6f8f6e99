import json

import pandas as pd
import pytest

from tessera import frames
from tessera.features import (
    FEATURE_VERSIONS_SCHEMA,
    FeatureVersionError,
    remember_versions,
    require_current,
    versions_read,
)
from tessera.runs import Run

JANUARY, FEBRUARY = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-02-01")
MARCH, APRIL = pd.Timestamp("2025-03-01"), pd.Timestamp("2025-04-01")
NOTHING = frames.empty(FEATURE_VERSIONS_SCHEMA)
CURRENT = {"orders_count_90d": "3c4d", "orders_days_since_last": "5e6f"}


def definitions(**versions):
    rows = [
        {"feature_name": name, "version": version, "definition_sql": f"sql of {version}"}
        for name, version in versions.items()
    ]
    return pd.DataFrame(rows, columns=["feature_name", "version", "definition_sql"])


def run(run_id, as_of):
    return Run(run_id, as_of, as_of, "demo", seed=7)


def test_a_definition_that_stays_keeps_its_first_day():
    first = remember_versions(definitions(a="v1"), NOTHING, run("first", JANUARY))
    second = remember_versions(definitions(a="v1"), first, run("second", FEBRUARY))
    assert second.to_dict("records") == [
        {
            "feature_name": "a",
            "version": "v1",
            "definition_sql": "sql of v1",
            "first_as_of": JANUARY,
            "first_run_id": "first",
            "last_run_id": "second",
            "last_built_at": FEBRUARY,
            "replaced_version": None,
            "replaced_in_run_id": None,
        }
    ]


def test_a_changed_definition_stands_beside_the_one_it_replaced():
    first = remember_versions(definitions(a="v1", b="v1"), NOTHING, run("first", JANUARY))
    second = remember_versions(definitions(a="v2", b="v1"), first, run("second", FEBRUARY))
    told = second[["feature_name", "version", "first_as_of", "last_run_id"]]
    assert told.to_numpy().tolist() == [
        ["a", "v1", JANUARY, "first"],
        ["a", "v2", FEBRUARY, "second"],
        ["b", "v1", JANUARY, "second"],
    ]


def test_a_version_says_what_it_replaced_and_when_even_if_it_was_there_before():
    first = remember_versions(definitions(a="v1"), NOTHING, run("first", JANUARY))
    second = remember_versions(definitions(a="v2"), first, run("second", FEBRUARY))
    third = remember_versions(definitions(a="v2"), second, run("third", MARCH))
    back = remember_versions(definitions(a="v1"), third, run("back", APRIL))
    told = ["version", "replaced_version", "replaced_in_run_id"]
    assert third[told].fillna("").to_numpy().tolist() == [["v1", "", ""], ["v2", "v1", "second"]]
    assert back[told].to_numpy().tolist() == [["v1", "v2", "back"], ["v2", "v1", "second"]]


def test_a_feature_that_comes_back_has_its_old_date():
    first = remember_versions(definitions(a="v1"), NOTHING, run("first", JANUARY))
    without = remember_versions(definitions(), first, run("without", FEBRUARY))
    back = remember_versions(definitions(a="v1"), without, run("back", FEBRUARY))
    assert back["first_as_of"].tolist() == [JANUARY]
    assert back["last_run_id"].tolist() == ["back"]


def test_a_replay_of_an_earlier_day_dates_a_version_back():
    first = remember_versions(definitions(a="v1"), NOTHING, run("first", FEBRUARY))
    replay = remember_versions(definitions(a="v1"), first, run("replay", JANUARY))
    assert replay["first_as_of"].tolist() == [JANUARY]
    assert replay["first_run_id"].tolist() == ["first"]


def test_versions_have_their_declared_types():
    versions = remember_versions(definitions(a="v1"), NOTHING, run("first", JANUARY))
    assert frames.typed(versions, FEATURE_VERSIONS_SCHEMA).num_rows == 1


def a_model(versions):
    names = ["orders_days_since_last", "orders_count_90d"]
    row = {
        "model_id": "abc",
        "feature_names": json.dumps(names),
        "feature_versions": versions_read(names, versions) if versions else None,
    }
    return pd.DataFrame([row])


def test_a_model_of_the_same_definitions_is_let_through():
    require_current(a_model(CURRENT), CURRENT)
    require_current(a_model(CURRENT), CURRENT | {"orders_count_7d": "new"})


@pytest.mark.parametrize(
    ("trained_on", "said"),
    [
        (
            CURRENT | {"orders_count_90d": "1a2b"},
            "model abc was trained on orders_count_90d version 1a2b, the build now has 3c4d: train",
        ),
        (None, "does not say which version of orders_days_since_last it was trained on"),
    ],
    ids=["another definition", "a model from before versions were kept"],
)
def test_a_model_of_other_definitions_is_refused(trained_on, said):
    with pytest.raises(FeatureVersionError, match=said):
        require_current(a_model(trained_on), CURRENT)


def test_a_model_of_a_feature_that_is_gone_is_refused():
    fewer = {"orders_days_since_last": "5e6f"}
    with pytest.raises(FeatureVersionError, match="version 3c4d, and the build has no such"):
        require_current(a_model(CURRENT), fewer)
