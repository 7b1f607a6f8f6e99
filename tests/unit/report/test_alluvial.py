"""Flows of customers are drawn as high as they are many, and nobody is lost on the way."""

import pytest

from tessera.report.charts.alluvial import GAP, alluvial, layout_of


def flow(source, target, customers):
    return {"source": source, "target": target, "customers": customers}


FIRST = [flow("a", "a", 60), flow("a", "b", 20), flow("b", "b", 20)]
SECOND = [flow("a", "a", 60), flow("b", "b", 40), flow("new", "b", 25)]
STEPS = [("1 Jan", "1 Feb", FIRST), ("1 Feb", "1 Mar", SECOND)]
ORDER = ["a", "b", "new"]


def test_the_largest_snapshot_has_the_height_one():
    stacks, unit = layout_of(STEPS, ORDER)
    assert unit == pytest.approx(1 / 125)
    assert stacks[1]["new"][1] == pytest.approx(1 + 2 * GAP)


def test_a_segment_is_as_high_as_it_has_customers():
    (first, *_), unit = layout_of(STEPS, ORDER)
    assert first["a"] == pytest.approx((0, 80 * unit))
    assert first["b"] == pytest.approx((80 * unit + GAP, 100 * unit + GAP))


def bands():
    spec = alluvial(STEPS, ORDER, dict.fromkeys(ORDER, "grey"))
    return spec["datasets"][spec["layer"][0]["data"]["name"]]


def test_flows_fill_the_segment_they_lead_to():
    ends = [p for p in bands() if 0.9 < p["x"] < 1 and p["flow"] in ("a to b", "b, staying")]
    stacks, unit = layout_of(STEPS, ORDER)
    assert min(p["low"] for p in ends) == pytest.approx(stacks[1]["b"][0], abs=1e-3)
    assert max(p["high"] for p in ends) == pytest.approx(stacks[1]["b"][0] + 40 * unit, abs=1e-3)


def test_stayers_are_paler_than_movers():
    opacity = {p["flow"]: p["opacity"] for p in bands()}
    assert opacity["a, staying"] < opacity["a to b"]
