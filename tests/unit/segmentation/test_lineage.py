from __future__ import annotations

from dataclasses import replace

import numpy as np

from tessera.segmentation.algorithms import Prototypes, Spec
from tessera.segmentation.lineage import Lineage, Made
from tessera.segmentation.meaning import read_playbook
from tessera.segmentation.model import read_model
from tessera.segmentation.recipe import Recipe

THREE = Spec("kmeans", 3)


def made(lineage, like, centroids, playbook):
    prototypes = Prototypes(centroids, np.arange(len(centroids)))
    shared = Made(like.scaling, read_playbook(playbook), like.population)
    recipe = Recipe(like.features, seed=7)
    return lineage.next_model(Spec("kmeans", len(centroids)), prototypes, centroids, recipe, shared)


def test_a_first_fit_numbers_its_segments_from_one(three, playbook):
    like = read_model(three)
    assert made(Lineage({}, 1), like, like.centroids, playbook).segment_ids == ("s1", "s2", "s3")


def test_a_kept_segment_keeps_its_name_even_if_another_would_fit_it_better(three, playbook):
    like = read_model(three)
    older = replace(like, archetypes=("dormant", "light_shoppers", "champions"))
    again = made(Lineage({THREE: ("older", older)}, 4), like, like.centroids, playbook)
    assert again.archetypes == older.archetypes
    assert again.aligned_to == "older"


def test_without_an_older_model_the_sibling_gives_the_ids(three, playbook):
    like = read_model(three)
    lineage = Lineage({}, 1)
    made(lineage, like, like.centroids, playbook)
    split = np.vstack([like.centroids, like.centroids[:2].mean(axis=0)])
    four = made(lineage, like, split, playbook)
    assert four.segment_ids == ("s1", "s2", "s3", "s4")
    assert four.aligned_to == ""


def test_an_id_is_never_given_twice(three, playbook):
    like = read_model(three)
    lineage = Lineage({}, 1)
    made(lineage, like, like.centroids, playbook)
    elsewhere = made(lineage, like, like.centroids + 100, playbook)
    back = made(lineage, like, like.centroids, playbook)
    assert elsewhere.segment_ids == ("s4", "s5", "s6")
    assert back.segment_ids == ("s7", "s8", "s9")
    assert lineage.first_free == 10
