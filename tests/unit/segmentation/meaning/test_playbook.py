from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from tessera.segmentation.features import DRIVERS, SegmentFeature
from tessera.segmentation.meaning import PlaybookError, name_segments, read_playbook

FEATURES = [
    SegmentFeature(f"feature_{driver}", driver, 1.0, is_reversed=driver == "recency")
    for driver in DRIVERS
]


def profile_of(**drivers: float) -> np.ndarray:
    """A segment's profile; recency is given as people say it, high for a recent order."""
    signs = [-1.0 if feature.is_reversed else 1.0 for feature in FEATURES]
    return np.array([drivers.get(name, 0.0) for name in DRIVERS]) * signs


CHAMPION = profile_of(value=1.5, frequency=1.5, recency=1, variety=1)
GONE = profile_of(value=-1.5, frequency=-1.5, recency=-2, trend=-1.5, variety=-1.5)


def names_of(profiles, playbook, kept=None):
    return name_segments(np.array(profiles), FEATURES, read_playbook(playbook), kept or {})


def test_a_feature_without_a_driver_names_nobody(playbook):
    silent = SegmentFeature("sessions_count_90d", "", 1.0)
    wide = np.column_stack([[5.0, -5.0], [CHAMPION, GONE]])
    names, _ = name_segments(wide, [silent, *FEATURES], read_playbook(playbook), {})
    assert names == ("Champions", "Dormant")


def test_heavy_buyers_are_champions_and_the_silent_are_dormant(playbook):
    names, archetypes = names_of([GONE, CHAMPION], playbook)
    assert names == ("Dormant", "Champions")
    assert archetypes == ("dormant", "champions")


def test_two_like_champions_get_two_names(playbook):
    names, _ = names_of([CHAMPION, CHAMPION * 1.1], playbook)
    assert len(set(names)) == 2


def test_of_two_like_champions_the_one_worth_more_bears_the_name(playbook):
    # the two of the simulated shop: the one that spends less comes more often
    dear = profile_of(
        value=1.35, frequency=1.13, recency=0.94, trend=0.46, discount=-0.37, variety=1.25
    )
    busy = profile_of(
        value=1.1, frequency=1.32, recency=1.1, trend=0.75, discount=0.38, variety=1.21
    )
    assert names_of([dear, busy], playbook)[0] == ("Champions", "Loyal regulars")


def test_segments_beyond_the_archetypes_are_numbered(playbook):
    short = playbook[playbook["archetype"].isin(["champions", "dormant"])]
    names, archetypes = names_of([CHAMPION, GONE, GONE * 0.9, GONE * 0.8], short)
    assert sorted(names) == ["Champions", "Dormant", "Dormant 2", "Dormant 3"]
    assert archetypes.count("") == 2


def test_an_empty_playbook_numbers_every_segment(playbook):
    assert names_of([CHAMPION, GONE], playbook.iloc[:0])[0] == ("Segment 1", "Segment 2")


def test_a_kept_archetype_is_not_outbid(playbook):
    names, _ = names_of([GONE, CHAMPION], playbook, kept={0: "champions"})
    assert names[0] == "Champions" != names[1]


def test_the_order_of_the_rows_does_not_matter(playbook):
    shuffled = playbook.sample(frac=1, random_state=3)
    assert read_playbook(shuffled).fingerprint == read_playbook(playbook).fingerprint


def test_a_better_description_renames_nothing(playbook):
    reworded = playbook.assign(description="other words")
    assert read_playbook(reworded).fingerprint == read_playbook(playbook).fingerprint


def test_a_missing_column_is_named_with_the_nearest(playbook):
    with pytest.raises(PlaybookError, match=r"'strategy' \(is it 'stratgy'\?\)"):
        read_playbook(playbook.rename(columns={"strategy": "stratgy"}))


def test_a_column_that_is_no_driver_is_named_with_the_nearest(playbook):
    with pytest.raises(PlaybookError, match=r"'freqency' \(is it 'frequency'\?\), which is no dri"):
        read_playbook(playbook.rename(columns={"frequency": "freqency"}))


def test_a_driver_without_a_column_matters_to_nobody(playbook):
    names, _ = names_of([GONE, CHAMPION], playbook.drop(columns="variety"))
    assert names == ("Dormant", "Champions")


def test_owner_and_season_may_be_left_out(playbook):
    bare = playbook.drop(columns=["owner", "valid_from", "valid_to"])
    assert [entry.owner for entry in read_playbook(bare).entries] == [None] * len(playbook)


def test_few_segments_bear_the_names_of_the_core(playbook):
    newcomers = profile_of(tenure=-2, trend=1, recency=0.6)
    shapes = [CHAMPION, GONE, newcomers, profile_of(value=-0.5, frequency=-0.5, variety=-0.4)]
    _, archetypes = names_of(shapes, playbook)
    is_core = {entry.key: entry.is_core for entry in read_playbook(playbook).entries}
    assert all(is_core[archetype] for archetype in archetypes)


def test_a_finer_variant_is_used_where_it_fits_plainly_better(playbook):
    big = profile_of(value=0.4, frequency=-0.4, basket=1.4, variety=0.2)
    assert names_of([CHAMPION, big, GONE], playbook)[0][1] == "Big-basket occasional"


def test_who_is_not_after_offers_is_no_bargain_hunter(playbook):
    few = playbook[playbook["archetype"].isin(["bargain_hunters", "light_shoppers"])]
    assert names_of([profile_of(value=-0.5)], few)[0] == ("Light shoppers",)
    assert names_of([profile_of(value=-0.5, discount=1.2)], few)[0] == ("Bargain hunters",)


def test_two_features_of_one_driver_count_once(playbook):
    twice = [*FEATURES, SegmentFeature("another", "discount", 1.0)]
    split = np.append(CHAMPION, 2.0)[None, :]
    few = playbook[playbook["archetype"].isin(["champions", "bargain_hunters"])]
    assert name_segments(split, twice, read_playbook(few), {})[0] == ("Champions",)


def test_twelve_segments_have_twelve_archetypes(playbook):
    _, archetypes = names_of(np.random.default_rng(1).normal(size=(12, 8)), playbook)
    assert "" not in archetypes


def test_an_archetype_out_of_season_is_given_to_nobody_anew(playbook):
    winter = playbook.astype({"valid_from": object, "valid_to": object})
    winter.loc[winter["archetype"] == "champions", ["valid_from", "valid_to"]] = (
        "2024-11-01",
        "2025-01-01",
    )
    book = read_playbook(winter)

    def called(day, kept=None):
        profile = np.array([CHAMPION])
        return name_segments(profile, FEATURES, book, kept or {}, date.fromisoformat(day))

    assert called("2024-12-31")[0] == ("Champions",)
    assert called("2025-01-01")[0] != ("Champions",)
    assert called("2025-01-01", kept={0: "champions"})[0] == ("Champions",)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("kind", "fine", "kind of archetype 'dormant' is 'fine'; expected core or finer"),
        ("macro_segment_id", "s1", "broad group of archetype 'dormant' is 's1'"),
        ("macro_segment_name", None, "broad group of archetype 'dormant' is 'fading'"),
        ("macro_segment_name", "Lost", "'fading' both 'Fading customers' and 'Lost'"),
        ("valid_from", "soon", "valid_from of .*'dormant', is 'soon'; expected a day"),
    ],
)
def test_a_wrong_cell_is_named_with_its_archetype(playbook, column, cell, message):
    playbook[column] = playbook[column].astype(object)
    playbook.loc[playbook["archetype"] == "dormant", column] = cell
    with pytest.raises(PlaybookError, match=message):
        read_playbook(playbook.sort_values("archetype", ascending=False))


def test_a_season_that_ends_before_it_begins_is_refused(playbook):
    dated = playbook.assign(valid_from="2024-12-01", valid_to="2024-11-01")
    with pytest.raises(PlaybookError, match="expected a day after valid_from"):
        read_playbook(dated)


def test_text_where_a_number_belongs_is_named_with_its_archetype(playbook):
    playbook["value"] = playbook["value"].astype(object)
    playbook.loc[playbook["archetype"] == "dormant", "value"] = "low"
    with pytest.raises(PlaybookError, match="value of archetype 'dormant' is 'low'"):
        read_playbook(playbook)


def test_a_position_beyond_two_is_refused(playbook):
    with pytest.raises(PlaybookError, match="from -2 to 2"):
        read_playbook(playbook.assign(recency=7))


@pytest.mark.parametrize("column", ["archetype", "segment_name"])
def test_an_archetype_or_name_stands_once(playbook, column):
    playbook.loc[1, column] = playbook.loc[0, column]
    with pytest.raises(PlaybookError, match="more than once"):
        read_playbook(playbook)


def test_an_empty_name_is_refused_with_its_row(playbook):
    playbook.loc[2, "segment_name"] = " "
    with pytest.raises(PlaybookError, match="row 3 has an empty segment_name"):
        read_playbook(playbook)
