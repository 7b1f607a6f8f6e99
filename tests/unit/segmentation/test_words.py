from __future__ import annotations

import json

import numpy as np
import pandas as pd

from tessera.segmentation.features import SegmentFeature
from tessera.segmentation.scaling import Scaling, fit_scaling
from tessera.segmentation.words import fit_words, words_of

NOTES = SegmentFeature("notes", "", 0.5, kind="text")
GARDEN, KITCHEN = "asks about garden roses and soil", "asks about kitchen knives and pans"


def frame(*texts):
    return pd.DataFrame({"notes": pd.Series(texts, dtype=object)})


PEOPLE = frame(*[GARDEN] * 10, *[KITCHEN] * 10, None)


def test_subjects_tell_gardeners_from_cooks():
    points = fit_words(PEOPLE, NOTES).points(PEOPLE)
    apart = np.linalg.norm(points[0] - points[10])
    assert np.linalg.norm(points[0] - points[9]) == 0.0
    assert apart > 0.5


def test_a_subject_is_told_by_its_words():
    told = " ".join(fit_words(PEOPLE, NOTES).columns)
    assert "garden" in told or "roses" in told
    assert "kitchen" in told or "knives" in told or "pans" in told


def test_an_empty_text_lies_in_the_middle():
    assert not fit_words(PEOPLE, NOTES).points(PEOPLE)[-1].any()


def test_no_word_of_one_person_and_no_address_is_learnt():
    written = [f"{GARDEN} ann{n}@shop.example order-17{n} Huberbauer" for n in range(4)]
    vocabulary = fit_words(frame(*[GARDEN] * 10, *written), NOTES).vocabulary
    assert "garden" in vocabulary
    assert not {"ann", "shop", "example", "order", "huberbauer"} & set(vocabulary)


def test_words_are_letters_and_addresses_are_passed_over():
    assert words_of("Bäume, jo@x.example 12A of PEAT!") == ["bäume", "peat"]


def test_texts_without_a_shared_word_add_no_dimension():
    people = frame("alpha", "beta", "gamma").assign(spend=[1.0, 2.0, 3.0])
    scaling = fit_scaling(people, [SegmentFeature("spend", "value", 1.0), NOTES])
    assert fit_words(people, NOTES) is None
    assert scaling.points(people).shape == (3, 1)


def test_words_read_back_exactly_from_json_and_new_words_count_nothing():
    scaling = fit_scaling(PEOPLE, [NOTES])
    again = Scaling.from_plain(json.loads(json.dumps(scaling.as_plain())))
    later = frame(GARDEN, f"{GARDEN} rhododendron", "rhododendron")
    points = scaling.points(later)
    assert np.array_equal(points, again.points(later))
    assert np.array_equal(points[0], points[1])
