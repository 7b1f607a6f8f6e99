from __future__ import annotations

import json

from tessera.segmentation.model import read_model


def test_a_model_of_any_algorithm_reads_back_exactly(fitted):
    for _, row in fitted.iterrows():
        model = read_model(row)
        assert model.as_text() == row["model_text"]
        assert json.loads(row["model_text"])["algorithm"] == row["algorithm"]
        assert model.segments == row["segments"]


def test_the_nearest_segment_is_the_one_a_customer_belongs_to(fitted, shop):
    for _, row in fitted.iterrows():
        model = read_model(row)
        apart = model.distances(shop)
        assert apart.shape == (len(shop), model.segments)
        assert (apart >= 0).all()
        assert model.assign(shop).tolist() == apart.argmin(axis=1).tolist()


def test_the_profile_says_where_a_segment_lies(three):
    """Heavy customers come first: they spend more than most, and it was not long ago."""
    model = read_model(three)
    spend = model.scaling.names.index("orders_amount_sum_365d")
    recency = model.scaling.names.index("orders_days_since_last")
    assert model.profile[0, spend] > 0.5 > -0.5 > model.profile[0, recency]
    assert [feature.name for feature in model.numeric_features] == list(model.scaling.names)
