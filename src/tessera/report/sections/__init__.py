"""The sections of the page, in reading order; each is a pure function from answers to blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.blocks import Report
from tessera.report.sections import (
    catalogue,
    changes,
    choice,
    landscape,
    migrations,
    overview,
    propensities,
    quality,
    scorecards,
    segment_sheets,
    segment_table,
)

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Query

SECTIONS = (
    overview,
    changes,
    segment_table,
    segment_sheets,
    migrations,
    landscape,
    choice,
    propensities,
    scorecards,
    quality,
    catalogue,
)
"""Modules that say what they ask (``QUERIES``) and what they show (``section``)."""

QUERIES: tuple[Query, ...] = tuple(query for module in SECTIONS for query in module.QUERIES)
"""Everything that the page asks of a release."""


def report_of(answers: Answers) -> Report:
    """Return the whole page as blocks."""
    sections = tuple(module.section(answers) for module in SECTIONS)
    return Report(
        title=overview.title(answers),
        subtitle=overview.subtitle(answers),
        stamp=overview.stamp(answers),
        sections=sections,
    )
