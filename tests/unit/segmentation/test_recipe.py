from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tessera.segmentation.recipe import (
    Recipe,
    generation_in_force,
    models_of_shop,
    sketch_population,
)


@pytest.fixture
def recipe(declared):
    return Recipe(declared, seed=7)


def test_a_model_is_of_the_recipe_that_fitted_it(three, declared, recipe):
    assert recipe.is_of(three.to_dict())
    assert not Recipe(declared, seed=8).is_of(three.to_dict())
    assert not Recipe(declared[:5], seed=7).is_of(three.to_dict())
    heavier = replace(declared[0], weight=9.0)
    assert not Recipe((heavier, *declared[1:]), seed=7).is_of(three.to_dict())


def test_a_new_library_does_not_end_the_reign_of_a_fit(three, recipe):
    older = three.to_dict()
    older["settings"] = older["settings"].replace("scikit-learn ", "scikit-learn 0.")
    assert recipe.is_of(older)


def test_a_fit_reigns_until_the_day_it_is_due(three, a_run, recipe):
    day_before, due = a_run("2024-06-29"), a_run("2024-06-30")
    assert generation_in_force([three.to_dict()], recipe, day_before, 90)
    assert not generation_in_force([three.to_dict()], recipe, due, 90)


def test_of_two_fits_on_one_day_only_the_later_is_in_force(three, a_run, recipe):
    """The first fit had four segments as well; fewer customers carry three in the second."""
    first = [three.to_dict(), {**three.to_dict(), "model_id": "four", "segments": 4}]
    an_hour_later = three["trained_at"] + pd.Timedelta(hours=1)
    second = {**three.to_dict(), "model_id": "again", "trained_at": an_hour_later}
    second["training_fingerprint"] = "corrected rows"
    for models in ([*first, second], [second, *first]):
        assert generation_in_force(models, recipe, a_run(), 90) == [second]


def test_a_model_of_an_older_format_is_not_in_force(three, a_run, recipe):
    older = {**three.to_dict(), "settings": "{}", "model_text": "{}"}
    assert not generation_in_force([older], recipe, a_run(), 90)


def test_a_replay_does_not_see_models_of_its_future(three, shop, a_run):
    registry = pd.DataFrame([three])
    assert models_of_shop(registry, shop, a_run("2024-04-01"))
    assert not models_of_shop(registry, shop, a_run("2024-03-31"))


def test_another_shop_does_not_inherit_models(three, shop, run):
    others = shop.assign(customer_id="other " + shop["customer_id"])
    assert not models_of_shop(pd.DataFrame([three]), others, run)


def test_a_shop_that_lost_a_third_of_its_people_is_still_the_same(three, shop, run):
    assert models_of_shop(pd.DataFrame([three]), shop.iloc[:40], run)


def test_a_sketch_is_bounded(a_shop):
    assert len(sketch_population(a_shop(each=100))) == 64
