"""Two builds compared at a snapshot: features that moved, and people who are somebody else now."""

from datetime import datetime

import duckdb
import pytest

from tessera.leaks.replay import compare_builds

MARCH = datetime(2024, 3, 1)  # noqa: DTZ001 - as the warehouse has it


@pytest.fixture
def build_at(tmp_path):
    """Write a build: features of customers, and the identifiers that they consist of."""

    def write(name, features, identifiers):
        path = tmp_path / f"{name}.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute("create schema features; create schema identity; create schema core")
            connection.execute(
                "create table features.customer_features (customer_snapshot_id varchar, "
                "customer_id varchar, snapshot_at timestamp, orders_count_30d bigint, "
                "crm_country varchar)"
            )
            connection.execute(
                "create table identity.customer_identities (customer_id varchar, "
                "identifier_id varchar, valid_from timestamp, linked_at timestamp)"
            )
            connection.execute(
                "create table features.features_orders (customer_snapshot_id varchar, "
                "orders_count_30d bigint)"
            )
            for customer, (orders, country) in features.items():
                connection.execute(
                    "insert into features.customer_features values (?, ?, ?, ?, ?)",
                    [f"{customer} in March", customer, MARCH, orders, country],
                )
            for customer, identifier, known_at in identifiers:
                connection.execute(
                    "insert into identity.customer_identities values (?, ?, ?, null)",
                    [customer, identifier, known_at],
                )
            connection.execute(
                "create table core.customers as select customer_id from features.customer_features"
            )
        return path

    return write


EARLY, LATE = datetime(2024, 1, 1), datetime(2024, 4, 1)  # noqa: DTZ001
KEYS = [("anna", "a@x", EARLY), ("ben", "b@x", EARLY)]


def test_nothing_moves_between_two_builds_that_know_the_same(build_at):
    features = {"anna": (1, "DE"), "ben": (2, None)}
    now, past = build_at("now", features, KEYS), build_at("past", features, KEYS)
    replay = compare_builds(now, past, MARCH, 10)
    assert (replay.customers, replay.features, replay.moved) == (2, 2, ())
    assert (replay.corrected, replay.absent, replay.merged) == (0, 0, 0)


def test_a_feature_that_knew_more_is_named_with_its_family(build_at):
    now = build_at("now", {"anna": (3, "DE"), "ben": (2, None)}, KEYS)
    past = build_at("past", {"anna": (1, "DE"), "ben": (2, None)}, KEYS)
    replay = compare_builds(now, past, MARCH, 10)
    assert replay.moved == (("orders_count_30d", 1),)
    assert replay.families["orders_count_30d"] == "features_orders"


def test_what_becomes_known_later_makes_nobody_somebody_else(build_at):
    later = [*KEYS, ("anna", "cookie", LATE)]
    now = build_at("now", {"anna": (1, "DE")}, later)
    past = build_at("past", {"anna": (1, "DE")}, KEYS)
    assert compare_builds(now, past, MARCH, 10).corrected == 0


def test_whoever_is_somebody_else_now_is_counted_and_not_compared(build_at):
    now = build_at("now", {"anna": (3, "DE"), "new": (1, "DE")}, [KEYS[0], ("new", "n@x", EARLY)])
    keys = [*KEYS, ("anna", "shared", EARLY)]
    past = build_at("past", {"anna": (1, "DE"), "ben": (2, None)}, keys)
    replay = compare_builds(now, past, MARCH, 10)
    assert (replay.customers, replay.moved) == (0, ())
    assert (replay.corrected, replay.absent, replay.merged) == (1, 1, 1)


def test_no_more_customers_are_compared_than_asked_for(build_at):
    features = {"anna": (1, "DE"), "ben": (2, None)}
    now, past = build_at("now", features, KEYS), build_at("past", features, KEYS)
    assert compare_builds(now, past, MARCH, 1).customers == 1
