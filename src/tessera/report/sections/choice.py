"""Why these segments: all candidates with their measures, and what stood before beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tessera.report.answers import Query
from tessera.report.blocks import Block, Cell, Column, Figure, Grid, Section, Table, missing_of
from tessera.report.charts.lines import scores_by_number
from tessera.report.charts.points import compared
from tessera.report.numbers import count, decimal, interval, share
from tessera.report.sentences import algorithm, closed, opened, plural, spoken

if TYPE_CHECKING:
    from tessera.report.answers import Answer, Answers, Row

QUERIES = (
    Query(
        "choice",
        "segment_candidates",
        "select algorithm, segments, is_eligible, is_chosen, score, stability, stability_low,\n"
        "    stability_high, smallest_segment_customers, size_floor, readability, silhouette,\n"
        "    silhouette_shuffled, explained_amount_90d, explained_amount_90d_low,\n"
        "    explained_amount_90d_high, explained_churn_90d, monthly_change, reason\n"
        "from marts.segment_candidates\n"
        "order by is_chosen desc, is_eligible desc, score desc nulls last, algorithm, segments\n"
        "limit 100",
    ),
    Query(
        "comparison",
        "segment_comparison",
        "select segmentation, segments, outcome, explained_share, low, high, lift_top_segment,\n"
        "    origins, evaluated_rows, is_best, reason\n"
        "from marts.segment_comparison\n"
        "order by outcome, segments, explained_share desc nulls last, segmentation\n"
        "limit 200",
    ),
)

FEW = 8
"""Candidates that are shown at once; the others on request."""

OUTCOMES = {
    "amount_90d": "spend of the next 90 days",
    "churn_90d": "churn of the next 90 days",
    "orders_90d": "orders of the next 90 days",
}

SEGMENTATIONS = {
    "tessera": "Tessera",
    "tessera_published": "Tessera, as published",
    "rfm": "RFM",
    "rfm_quintiles": "RFM quintiles",
    "rfm_kmeans": "k-means on RFM",
    "spend_ranking": "ranking by spend",
    "rule_segments": "your own rules",
}


def section(answers: Answers) -> Section:
    """Return the comparison with what stood before, and the table of candidates."""
    choice, comparison = answers["choice"], answers["comparison"]
    blocks: list[Block] = [*missing_of(choice, comparison)]
    pictures = _comparisons(comparison)
    if pictures:
        blocks.append(Grid(tuple(pictures), size="small"))
    if choice.rows:
        blocks += [_scores(choice), *_tables(choice)]
    return Section("choice", "Why these", "Why these segments", _lead(choice), tuple(blocks))


def _lead(choice: Answer) -> str:
    chosen = next((row for row in choice.rows if row["is_chosen"]), None)
    if chosen is None:
        return "Segments are chosen among candidates by declared measures."
    eligible = sum(bool(row["is_eligible"]) for row in choice.rows)
    named = f"{algorithm(chosen['algorithm'])} with {plural(chosen['segments'], 'segment')}"
    said = (
        f"Of {plural(len(choice.rows), 'candidate')}, {count(eligible)} met the conditions; "
        f"{named} was chosen."
    )
    return f"{said} {closed(chosen['reason'] or '')}".strip()


def _scores(choice: Answer) -> Figure:
    rows = [row for row in choice.rows if row["score"] is not None]
    chosen = next((row for row in rows if row["is_chosen"]), None)
    best = max(rows, key=lambda row: row["score"], default=None)
    return Figure(
        id="choice",
        title=_score_words(chosen, best),
        note="Score by number of segments, one line per algorithm. Full points met all "
        "conditions, hollow ones did not; the large point was chosen.",
        spec=scores_by_number([_scored(row) for row in rows]),
        source=choice,
    )


def _score_words(chosen: Row | None, best: Row | None) -> str:
    if chosen is None or best is None:
        return "No candidate was chosen"
    if chosen is best or chosen["score"] == best["score"]:
        return f"The choice has the highest score, {decimal(chosen['score'])}"
    what = f"{opened(algorithm(best['algorithm']))} with {best['segments']} segments"
    why = "but not all conditions" if not best["is_eligible"] else "all conditions as well"
    return (
        f"{what} scored higher ({decimal(best['score'])} against {decimal(chosen['score'])}) "
        f"and met {why}"
    ).replace("and met but", "but met")


def _scored(row: Row) -> Row:
    return {
        "algorithm": algorithm(row["algorithm"]),
        "segments": row["segments"],
        "score": row["score"],
        "eligible": "yes" if row["is_eligible"] else "no",
        "chosen": bool(row["is_chosen"]),
    }


def _tables(choice: Answer) -> list[Table]:
    few = _table(choice, choice.rows[:FEW], f"The chosen candidate and the {FEW - 1} next")
    if len(choice.rows) <= FEW:
        return [_table(choice, choice.rows, "All candidates, the chosen one first")]
    every = _table(choice, choice.rows, f"All {plural(len(choice.rows), 'candidate')}")
    return [few, replace(every, is_folded=True)]


def _table(choice: Answer, rows: tuple[Row, ...], title: str) -> Table:
    numbers = (
        *("Score", "Stability, 95 %", "Spend explained, 95 %", "Churn explained"),
        *("Short rule", "Silhouette", "Shuffled", "Smallest", "Moves a month"),
    )
    return Table(
        title=title,
        columns=(
            Column("Candidate"),
            *(Column(name, is_number=True) for name in numbers),
            Column("Why, or why not", is_long=True),
        ),
        rows=tuple(_candidate(row) for row in rows),
        source=choice,
        note="Explained: share of the variance of the next 90 days, out of time. "
        "Short rule: share that a tree of four conditions gives rightly.",
    )


def _candidate(row: Row) -> tuple[str | Cell, ...]:
    tone = "good" if row["is_chosen"] else ""
    name = f"{algorithm(row['algorithm'])}, {row['segments']}"
    return (
        Cell(f"{name} (chosen)" if row["is_chosen"] else name, tone=tone),
        decimal(row["score"]),
        interval(row["stability"], row["stability_low"], row["stability_high"]),
        interval(
            row["explained_amount_90d"],
            row["explained_amount_90d_low"],
            row["explained_amount_90d_high"],
        ),
        decimal(row["explained_churn_90d"]),
        share(row["readability"]),
        decimal(row["silhouette"]),
        decimal(row["silhouette_shuffled"]),
        count(row["smallest_segment_customers"]),
        share(row["monthly_change"]),
        row["reason"] or "",
    )


def _comparisons(comparison: Answer) -> list[Figure]:
    figures = []
    for outcome in comparison.distinct("outcome"):
        of_outcome = comparison.of(outcome=outcome)
        own = [row["segments"] for row in of_outcome.rows if row["segmentation"] == "tessera"]
        answer = of_outcome.of(segments=own[-1]) if own else of_outcome
        rows = [row for row in answer.rows if row["explained_share"] is not None]
        if rows:
            figures.append(_comparison(outcome, rows, answer))
    return figures


def _comparison(outcome: str, rows: list[Row], answer: Answer) -> Figure:
    what = OUTCOMES.get(outcome, spoken(outcome))
    numbers = {row["segments"] for row in rows}
    equal = f"at {rows[0]['segments']} segments each" if len(numbers) == 1 else "as they come"
    return Figure(
        id=f"comparison-{outcome}",
        title=comparison_words(what, rows),
        note=f"Share of the variance of the {what} that lies between the segments, {equal}, "
        "out of time, with its 95 % interval; further right is better.",
        spec=compared([_compared(row) for row in rows], "explained share"),
        source=answer,
    )


def comparison_words(what: str, rows: list[Row]) -> str:
    """Say who explains most of an outcome, and where Tessera stands when it is not Tessera."""
    best = max(rows, key=lambda row: row["explained_share"])
    named = opened(_segmentation(best))
    said = f"{named} explains most of the {what}: {share(best['explained_share'])}"
    own = next((row for row in rows if row["segmentation"] == "tessera"), None)
    if own is None:
        return said
    if own is best:
        others = [row for row in rows if not row["segmentation"].startswith("tessera")]
        if not others:
            return said
        second = max(others, key=lambda row: row["explained_share"])
        return f"{said}, {_segmentation(second)} {share(second['explained_share'])}"
    return f"{said}; Tessera {share(own['explained_share'])}"


def _segmentation(row: Row) -> str:
    return SEGMENTATIONS.get(row["segmentation"], spoken(row["segmentation"]))


def _compared(row: Row) -> Row:
    is_own = row["segmentation"].startswith("tessera")
    return {
        "label": _segmentation(row),
        "value": row["explained_share"],
        "low": row["low"],
        "high": row["high"],
        "colour": "var(--accent)" if is_own else "var(--neutral)",
    }
