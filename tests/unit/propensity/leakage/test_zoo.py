"""Planted leaks are stopped and their culprits named; lawful features are left in peace."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.leak_zoo import lawful, leaks
from benchmarks.leak_zoo.shops import evidence_of, lawful_shop
from tessera.propensity import Target
from tessera.propensity.leakage import leaks_of
from tessera.propensity.leakage.power import powerful_features


def found_in(specimen):
    shop = lawful_shop(seed=11)
    specimen.plant(shop)
    return list(leaks_of(evidence_of(shop)))


@pytest.mark.parametrize("specimen", leaks.LEAKS, ids=lambda each: each.name)
def test_a_leak_is_stopped_and_its_culprit_named(specimen):
    critical = [leak for leak in found_in(specimen) if leak.severity == "critical"]
    named = {leak.feature_name for leak in critical}, {leak.rule for leak in critical}
    assert specimen.culprit in named[0] if specimen.culprit else specimen.rule in named[1]
    assert all(leak.words for leak in critical)


@pytest.mark.parametrize("specimen", lawful.LAWFUL, ids=lambda each: each.name)
def test_a_lawful_feature_is_left_in_peace(specimen):
    assert found_in(specimen) == []


@pytest.mark.parametrize("specimen", leaks.ESCAPED, ids=lambda each: each.name)
def test_what_is_known_to_pass_still_does(specimen):
    assert not [leak for leak in found_in(specimen) if leak.severity == "critical"]


def test_a_blurred_status_of_today_is_told_and_a_standing_town_is_not():
    """Of those who were gone by the end, the export of a month later calls a quarter active."""
    shop = lawful_shop(seed=11)
    last = shop.rows[shop.rows["month"] == shop.rows["month"].max() - 1]
    people = shop.rows["person"].to_numpy()
    is_gone = last.set_index("person")["label"].reindex(people).to_numpy() == 1
    blurred = is_gone ^ (shop.random.random(people.max() + 1)[people] < 0.25)
    shop.plant("crm_attr_status", np.where(blurred, "inactive", "active").astype(object))
    shop.plant("crm_town", (people % 7).astype(float))
    told = [leak for leak in leaks_of(evidence_of(shop)) if leak.feature_name == "crm_attr_status"]
    assert [(leak.rule, leak.severity) for leak in told] == [("standing_status", "warning")]
    assert "status of today" in told[0].words


def test_where_the_past_cannot_be_asked_a_strong_feature_is_told_and_one_that_settles_all_stops():
    told = {}
    for share in (0.1, 0.02):
        shop = lawful_shop(seed=11)
        shop.plant("crm_attr_hint", shop.noisy(share))
        # no snapshot lies so far back that the answer had closed by then
        evidence = replace(evidence_of(shop), target=Target("churn_720d", 720))
        leaks_found = powerful_features(evidence)
        told[share] = [
            leak.severity for leak in leaks_found if leak.feature_name == "crm_attr_hint"
        ]
    assert told == {0.1: ["warning"], 0.02: ["critical"]}


def test_a_number_into_which_customers_may_have_grown_is_a_warning():
    shop = lawful_shop(seed=11)
    answered = shop.rows["label"].to_numpy()
    shop.plant("orders_count_year", np.where(answered == 1, 3.0, 5.0), today=12.0)
    (leak,) = (
        leak
        for leak in leaks_of(evidence_of(shop))
        if (leak.rule, leak.feature_name) == ("filled_in_later", "orders_count_year")
    )
    assert leak.severity == "warning"
