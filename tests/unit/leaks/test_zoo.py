"""Planted leaks: each is found by name, and their lawful counterparts are left in peace.

Each file of ``zoo/`` is a feature that knows the future in a way of its own. Its head says which
rules it breaks, and whether it moves when the future is deleted.
"""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
ZOO = sorted((HERE / "zoo").glob("*.sql"))
CLEAN = sorted((HERE / "clean").glob("*.sql"))


def head(path, word):
    line = next(line for line in path.read_text().splitlines() if line.startswith(f"-- {word}: "))
    return line.removeprefix(f"-- {word}: ").split(", ")


def feature(shop):
    rows = shop.connection.execute(f"describe features.{shop.family}").fetchall()
    (name,) = [row[0] for row in rows if row[0] != "customer_snapshot_id"]
    return name


@pytest.mark.parametrize("path", ZOO, ids=[path.stem for path in ZOO])
def test_the_rules_name_the_leaking_feature(path, shop_with):
    shop = shop_with("features_planted", path.read_text())
    found = shop.broken()
    assert {each.rule for each in found} == set(head(path, "breaks"))
    assert {each.feature_name for each in found} == {feature(shop)}


MOVING = [path for path in ZOO if head(path, "moves") == ["yes"]]


@pytest.mark.parametrize("path", MOVING, ids=[path.stem for path in MOVING])
def test_the_leaking_feature_moves_when_the_future_is_deleted(path, shop_with):
    shop = shop_with("features_planted", path.read_text())
    found = shop.recomputed().findings
    assert [(each.rule, each.feature_name) for each in found] == [
        ("moved_without_the_future", feature(shop))
    ]


@pytest.mark.parametrize("path", CLEAN, ids=[path.stem for path in CLEAN])
def test_a_lawful_feature_breaks_no_rule(path, shop_with):
    assert shop_with("features_lawful", path.read_text()).broken() == []


@pytest.mark.parametrize("path", CLEAN, ids=[path.stem for path in CLEAN])
def test_a_lawful_feature_does_not_move(path, shop_with):
    again = shop_with("features_lawful", path.read_text()).recomputed()
    assert again.findings == ()
    assert sum(each.rows for each in again.deleted) == 8


def test_there_are_at_least_a_dozen_kinds_of_leaks():
    assert len(ZOO) >= 12
