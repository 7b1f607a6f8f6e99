"""Propensities: how many are likely to, whether that is to be believed, and what moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Section, Sheet, Sheets, missing_of
from tessera.report.numbers import count, share
from tessera.report.sections.overview import spoken_target
from tessera.report.sections.propensity_parts import PARTS
from tessera.report.segments import segments_of
from tessera.report.sentences import listed, plural

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row
    from tessera.report.segments import Segments

QUERIES: tuple[Query, ...] = (
    Query(
        "unpredicted",
        "label_supply",
        "select target, reason\n"
        "from marts.label_supply\n"
        "where target not in (select target from marts.customer_propensities)\n"
        "order by target\n"
        "limit 100",
    ),
    *(query for part in PARTS for query in part.QUERIES),
)


def section(answers: Answers) -> Section:
    """Return one sheet per target."""
    totals, segments = answers["propensity_totals"], segments_of(answers)
    sheets = tuple(_sheet(row, answers, segments) for row in totals.rows[:12])
    blocks: list[Block] = [Sheets("Predictions", sheets)] if sheets else []
    blocks += missing_of(totals, *(answers[query.name] for query in QUERIES))
    return Section("propensities", "Predictions", "Predictions", _lead(answers), tuple(blocks))


def _lead(answers: Answers) -> str:
    totals, refused = answers.rows("propensity_totals"), answers.rows("unpredicted")
    said = f"{plural(len(totals), 'question')} about the future of each customer."
    if not totals:
        said = "Nothing is predicted in this release."
    if not refused:
        return said
    names = [f"{row['target']} ({row['reason']})" for row in refused[:3]]
    more = f" and {len(refused) - len(names)} more" if len(refused) > len(names) else ""
    return f"{said} Without a model: {listed(names)}{more}."


def _sheet(row: Row, answers: Answers, segments: Segments) -> Sheet:
    target = row["target"]
    name = spoken_target(target)
    return Sheet(
        id=f"target-{target}",
        label=name,
        title=name,
        lead=f"Asked of {plural(row['customers'], 'customer')}; it is expected to come true for "
        f"{share(row['expected'])} of them, {count(row['expected'] * row['customers'])} customers.",
        blocks=tuple(b for part in PARTS for b in part.blocks(target, answers, segments)),
    )
