"""What will be empty after a build: features without any information, tables without any row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from tessera.check.project_map import FEATURES, SPINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.check.facts import FeedFacts
    from tessera.check.label_supply import Supply
    from tessera.check.project_map import Model, ProjectMap

_WINDOW = re.compile(r"_(?:\d+d|lifetime)(?:_over_(?:\d+d|lifetime)|_last_year)?$")
SHARED_LETTERS = 6
"""Two words mean the same thing when they begin alike: discount and discounted, category and
categories."""
_EVERYWHERE = frozenset({"amount", "number", "orders", "order", "customer", "product", "products"})


@dataclass(frozen=True)
class FeatureFacts:
    """A feature over all customers and snapshots: whether it has values, and different ones."""

    name: str
    has_values: bool
    is_constant: bool

    @property
    def says_nothing(self) -> bool:
        """A model learns nothing from it."""
        return not self.has_values or self.is_constant


@dataclass(frozen=True)
class EmptyMeasure:
    """A measure that says nothing in some of its windows, or in all.

    Attributes
    ----------
    measure
        The feature's name without its window.
    empty, windows
        Windows that say nothing, of all there are.
    """

    measure: str
    empty: int
    windows: int


@dataclass(frozen=True)
class EmptyFamily:
    """What of a feature family says nothing, and what it stands on.

    Attributes
    ----------
    family
        Name of the family.
    features, empty
        How many features it has, and how many of them say nothing.
    measures
        The ones that say nothing, without their windows.
    missing
        What it lacks: feeds, or columns as ``feed.column``.
    """

    family: str
    features: int
    empty: int
    measures: tuple[EmptyMeasure, ...]
    missing: tuple[str, ...]


def measure_of(feature: str) -> str:
    """Return a feature's name without its window.

    Examples
    --------
    >>> measure_of("orders_count_30d_over_180d"), measure_of("orders_days_since_last")
    ('orders_count', 'orders_days_since_last')
    """
    return _WINDOW.sub("", feature)


def empty_families(
    families: Mapping[str, Sequence[FeatureFacts]],
    project: ProjectMap,
    feeds: Mapping[str, FeedFacts],
) -> list[EmptyFamily]:
    """Group the features that say nothing by family and measure, with what is missing below them.

    Parameters
    ----------
    families
        Name of a family to its features.
    project
        Says which feeds a family stands on.
    feeds
        What was found of each feed, by its name.
    """
    found = []
    for family, features in families.items():
        measures = empty_measures(features)
        if measures:
            below = [feeds[name] for name in project.feeds_below(family, not_through=(SPINE,))]
            missing = missing_below(below, [measure.measure for measure in measures])
            empty = sum(measure.empty for measure in measures)
            found.append(EmptyFamily(family, len(features), empty, measures, missing))
    return found


def empty_measures(features: Sequence[FeatureFacts]) -> tuple[EmptyMeasure, ...]:
    """Return the measures of which at least one window says nothing."""
    ordered = sorted(features, key=lambda feature: measure_of(feature.name))
    measures = []
    for measure, group in groupby(ordered, key=lambda feature: measure_of(feature.name)):
        windows = list(group)
        silent = [feature for feature in windows if feature.says_nothing]
        if silent:
            measures.append(EmptyMeasure(measure, len(silent), len(windows)))
    return tuple(measures)


def missing_below(feeds: Sequence[FeedFacts], measures: Sequence[str]) -> tuple[str, ...]:
    """Return what is missing of ``feeds``: whole feeds, else columns that the measures speak of."""
    empty = tuple(feed.name for feed in feeds if not feed.rows_usable)
    if empty:
        return empty
    words = {word for measure in measures for word in measure.split("_")}
    return tuple(
        f"{feed.name}.{column.name}" + (" (always the same)" if column.is_constant else "")
        for feed in feeds
        for column in feed.columns
        if column.declared.is_optional
        and (column.is_constant or not column.filled)
        and _speaks_of(words, column.name)
    )


def _speaks_of(words: set[str], column: str) -> bool:
    stems = {part[:SHARED_LETTERS] for part in column.split("_") if part not in _EVERYWHERE}
    return any(word[:SHARED_LETTERS] in stems for word in words if word not in _EVERYWHERE)


def empty_tables(
    project: ProjectMap, feeds: Mapping[str, FeedFacts], supplies: Sequence[Supply] | None
) -> dict[str, str]:
    """Return the published tables that will have no row, and why.

    Parameters
    ----------
    project
        Says which feeds a table stands on, and which one needs labels.
    feeds
        What was found of each feed, by its name.
    supplies
        The answers to each target; None when they were not counted.
    """
    reasons = {mart.table: _why_empty(mart, project, feeds, supplies) for mart in project.marts}
    return {table: reason for table, reason in reasons.items() if reason}


def _why_empty(
    mart: Model,
    project: ProjectMap,
    feeds: Mapping[str, FeedFacts],
    supplies: Sequence[Supply] | None,
) -> str:
    below = project.feeds_below(mart.name)
    if below and not any(feeds[name].rows_usable or feeds[name].error for name in below):
        return f"no rows in {', '.join(below)}"
    if mart.needs_labels and supplies and all(supply.grade == "refuse" for supply in supplies):
        return f"too few answers for {', '.join(supply.target for supply in supplies)}"
    return ""


@dataclass(frozen=True)
class AbsentFeed:
    """What it costs that a feed has no rows.

    Attributes
    ----------
    feed
        Its name.
    families
        Feature families that say less without it, or nothing.
    tables
        Published tables that have less to show, beside the features.
    """

    feed: str
    families: tuple[str, ...]
    tables: tuple[str, ...]


def absent_feeds(project: ProjectMap, feeds: Mapping[str, FeedFacts]) -> list[AbsentFeed]:
    """Return the feeds without rows, and what stands on each, in the order of declaration."""
    families = {
        family.name: project.feeds_below(family.name, not_through=(SPINE,))
        for family in project.families
    }
    tables = {
        mart.table: project.feeds_below(mart.name, not_through=(SPINE, FEATURES))
        for mart in project.marts
    }
    return [
        AbsentFeed(
            feed.name,
            tuple(family for family, below in families.items() if feed.name in below),
            tuple(table for table, below in tables.items() if feed.name in below),
        )
        for feed in feeds.values()
        if not feed.error and not feed.rows_usable
    ]
