"""With a profile the mart holds a choice of the features, each as it is in the full one."""

from __future__ import annotations

import re

import duckdb
import pytest


@pytest.fixture
def profiles(built):
    """Change the seed's table as if the file had been edited; return the shop."""

    def changed(sql):
        with duckdb.connect(built.project.database) as connection:
            connection.execute(sql)
        return built

    return changed


def columns(shop, sql):
    with duckdb.connect(shop.project.database, read_only=True) as connection:
        return connection.sql(sql).columns


def test_the_starter_mart_has_the_features_of_the_profile_as_they_are_in_the_full_one(built):
    starter = [
        name
        for (name,) in built.query(
            "select feature_name from seeds.feature_profiles where profile = 'starter'"
        )
    ]
    keys = ["customer_snapshot_id", "customer_id", "snapshot_at"]
    chosen = ", ".join([*keys, *sorted(starter)])
    query = f"select {chosen} from features.customer_features order by customer_snapshot_id"
    full = built.query(query)
    assert not built.run("--select", "models/features", feature_profile="starter")
    assert built.query(query) == full
    found = columns(built, "select * from features.customer_features")
    assert sorted(found) == sorted([*keys, *starter])


def test_an_unknown_profile_is_refused_beside_those_there_are(built):
    failures = built.run("--select", "customer_features", feature_profile="startet")
    assert list(failures) == ["customer_features"]
    said = r"must be full or a profile of seeds/feature_profiles\.csv \(starter\)"
    assert_matches(failures["customer_features"], said)


def test_a_feature_that_no_family_makes_is_named_beside_the_nearest(profiles):
    shop = profiles("insert into seeds.feature_profiles values ('mine', 'orders_count_91d', '?')")
    failures = shop.run("--select", "customer_features", feature_profile="mine")
    said = r"'mine' has the feature 'orders_count_91d'.*nearest is 'orders_count_90d'"
    assert_matches(failures["customer_features"], said)


def assert_matches(message, pattern):
    assert re.search(pattern, " ".join(message.split())), message
