"""A name of the winter is given to nobody in spring, and stays with whoever has it."""

from __future__ import annotations

import pandas as pd
import pytest

from tessera import frames
from tessera.segmentation import over_time

NO_REIGNS = frames.empty(over_time.SEGMENT_REIGNS_SCHEMA)
NO_PAST = over_time.Spine(relation=None, instants=(), columns=())


@pytest.fixture
def reign(shop, champions, playbook, a_run):
    winter = playbook.astype({"valid_from": object, "valid_to": object})
    is_seasonal = winter["archetype"] == "champions"
    winter.loc[is_seasonal, ["valid_from", "valid_to"]] = ["2024-11-01", "2025-02-01"]

    def names_from(day, remembered=NO_REIGNS):
        run = a_run(day, f"run of {day}")
        crowned = champions.assign(as_of=run.as_of, model_id=f"model of {day}")
        before = champions.assign(model_id="model of 2024-12-01")
        models = pd.concat([before, crowned]).drop_duplicates("model_id", keep="last")
        known = crowned if remembered.empty else models
        reigns = over_time.extend_reigns(crowned, known, remembered, shop, winter, NO_PAST, run)
        return reigns, list(reigns.loc[reigns["reigns_from"] == run.as_of, "segment_name"])

    return names_from


def test_in_season_the_name_is_given(reign):
    assert "Champions" in reign("2024-12-01")[1]


def test_out_of_season_it_is_not(reign):
    assert "Champions" not in reign("2025-04-01")[1]


def test_who_bears_it_keeps_it_after_a_refit(reign):
    winter, _ = reign("2024-12-01")
    assert "Champions" in reign("2025-04-01", winter)[1]
