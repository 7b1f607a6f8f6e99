"""Who groups customers how: the segments, and everything that they are held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tessera.segmentation.algorithms import Spec
from tessera.segmentation.outcomes import refit_at
from tessera.segmentation.rivals import RIVALS, rfm_clusters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from tessera.segmentation.model import SegmentModel
    from tessera.segmentation.outcomes import Origin

    Labels = NDArray[np.int64]

TESSERA, PUBLISHED, RULES = "tessera", "tessera_published", "rule_segments"
RFM_CLUSTERS = "rfm_kmeans"


@dataclass(frozen=True)
class Grouping:
    """One way to group the customers of each past into so many segments.

    Attributes
    ----------
    name
        The segmentation.
    segments
        As many groups as it was asked for, or as it has.
    labels
        Per past the group of each customer.
    """

    name: str
    segments: int
    labels: list[Labels]


def all_groupings(
    pasts: Sequence[Origin],
    model: SegmentModel,
    rule_segments: pd.DataFrame,
    published: pd.DataFrame,
    seed: int,
) -> list[Grouping]:
    """Return what is compared: all with as many segments, and with as many as the shop's own rules.

    Parameters
    ----------
    pasts
        The instants.
    model
        The champion, whose recipe is refitted at each past.
    rule_segments
        A row per customer and snapshot in a segment of the shop's own: ``segment_name``.
    published
        A row per customer and snapshot in a segment as it was told then: ``segment_id``.
    seed
        Seeds the fits.
    """
    segments = model.segments
    rules = named_groups(pasts, rule_segments, "segment_name", RULES)
    told = named_groups(pasts, published, "segment_id", PUBLISHED)
    groupings = [*_at_equal_number(pasts, model, segments, seed)]
    if told is not None:
        groupings.append(Grouping(PUBLISHED, segments, told.labels))
    if rules is None:
        return groupings
    if rules.segments != segments:
        groupings += _at_equal_number(pasts, model, rules.segments, seed)
    return [*groupings, rules]


def spec_of(model: SegmentModel, segments: int) -> Spec:
    """Return what the champion's recipe is asked for when it is to give so many segments.

    An algorithm that finds their number by itself is asked for what it was asked for; for another
    number k-means stands in.
    """
    if segments == model.segments:
        return model.spec
    is_asked_for_number = model.spec.algorithm != "hdbscan"
    return Spec(model.spec.algorithm if is_asked_for_number else "kmeans", segments)


def named_groups(
    pasts: Sequence[Origin], placed: pd.DataFrame, column: str, name: str
) -> Grouping | None:
    """Return groups by a column of another table; who is in none there forms a group.

    None when there is a past at which the table names nobody.
    """
    labels: list[Labels] = []
    for past in pasts:
        keys = ["customer_id", "snapshot_at"]
        there = past.customers[keys].merge(placed[[*keys, column]], on=keys, how="left")
        if there[column].isna().all():
            return None
        labels.append(np.asarray(pd.factorize(there[column].fillna(""), sort=True)[0], np.int64))
    groups = max((len(np.unique(each)) for each in labels), default=0)
    return Grouping(name, groups, labels) if groups > 1 else None


def _at_equal_number(
    pasts: Sequence[Origin], model: SegmentModel, segments: int, seed: int
) -> Iterator[Grouping]:
    spec = spec_of(model, segments)
    yield Grouping(TESSERA, segments, refit_at(pasts, model.features, [spec], seed)[spec])
    ranked = {
        name: [group(past.customers, segments) for past in pasts] for name, group in RIVALS.items()
    }
    ranked[RFM_CLUSTERS] = [
        rfm_clusters(past.before, past.customers, segments, seed) for past in pasts
    ]
    for name, labels in sorted(ranked.items()):
        known = [groups for groups in labels if groups is not None]
        if len(known) == len(pasts):
            yield Grouping(name, segments, known)
