"""Score cards: what each model is worth, beside a naive rival and beside what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.report.answers import Answer, Query
from tessera.report.blocks import Block, Cell, Column, Figure, Grid, Section, Table, missing_of
from tessera.report.charts.points import backtest, compared
from tessera.report.numbers import day, decimal, interval
from tessera.report.sections.overview import spoken_target
from tessera.report.sentences import algorithm, listed, opened, plural, spoken

if TYPE_CHECKING:
    from tessera.report.answers import Answers, Row

QUERIES = (
    Query(
        "scorecards",
        "model_scorecards",
        "select task, target, algorithm, metric, value, low, high, baseline_name, baseline_value,\n"
        "    skill, promised_value, realised_value, gap\n"
        "from marts.model_scorecards\n"
        "where is_champion and split = 'all_origins'\n"
        "order by task, target nulls last, metric\n"
        "limit 400",
    ),
    Query(
        "candidates",
        "model_scorecards",
        "select target, algorithm, is_champion, value, low, high\n"
        "from marts.model_scorecards\n"
        "where task = 'propensity' and metric = 'roc_auc' and split = 'all_origins'\n"
        "order by target, value desc nulls last\n"
        "limit 100",
    ),
    Query(
        "backtests",
        "propensity_backtests",
        "select target, origin_at, promised_value, realised_value, realised_low, realised_high,\n"
        "    gap, mean_absolute_gap, customers\n"
        "from marts.propensity_backtests\n"
        "where metric = 'roc_auc'\n"
        "order by target, origin_at\n"
        "limit 200",
    ),
)

METRICS = {
    "roc_auc": "Ranks who will above who will not (ROC AUC)",
    "lift_top_10pct": "Times the average among the likeliest tenth (lift)",
    "average_precision": "Precision over all thresholds",
    "expected_calibration_error": "How far probabilities are off; lower is better",
    "brier_score": "Mean squared error; lower is better",
    "stability": "Agreement of refits (adjusted Rand)",
    "monthly_change": "Share that moves in a month; lower is better",
    "explained_amount_90d": "Next 90 days' spend explained",
    "explained_churn_90d": "Churn of the next 90 days explained",
    "silhouette": "Separation (silhouette)",
    "readability": "Share that a short rule gives rightly",
}
"""Metrics that the page shows, in this order, and what they say."""

LOWER_IS_BETTER = {"expected_calibration_error", "brier_score", "log_loss", "monthly_change"}


def section(answers: Answers) -> Section:
    """Return a card per champion, all candidates, and promises at past dates."""
    cards = answers["scorecards"]
    blocks: list[Block] = [*missing_of(cards)]
    for target in dict.fromkeys(row["target"] for row in cards.rows):
        parts: list[Block] = [_card(cards.of(target=target))]
        parts += _candidates(answers["candidates"].of(target=target), target)
        parts += _backtests(answers["backtests"].of(target=target), target)
        blocks.append(Grid(tuple(parts), size="card" if len(parts) > 1 else "single"))
    blocks += missing_of(answers["backtests"])
    lead = _lead(cards)
    return Section("scorecards", "Score cards", "What the models are worth", lead, tuple(blocks))


def verdict(row: Row) -> str:
    """Say how a figure stands to its rival's: ``better``, ``worse``, ``even`` or nothing.

    Even is what the figure's interval cannot tell apart from the rival.
    """
    value, rival = row["value"], row["baseline_value"]
    if value is None or rival is None:
        return ""
    low, high = row["low"], row["high"]
    if value == rival or (low is not None and high is not None and low <= rival <= high):
        return "even"
    is_better = value < rival if row["metric"] in LOWER_IS_BETTER else value > rival
    return "better" if is_better else "worse"


def _lead(cards: Answer) -> str:
    judged = [row for row in cards.rows if row["metric"] in METRICS and verdict(row)]
    if not judged:
        return "No model of this release could be judged against a rival."
    said = f"Of {plural(len(judged), 'figure')} measured out of time beside a naive rival, "
    parts = []
    for outcome, words in (("better", "better"), ("even", "no different"), ("worse", "worse")):
        rows = [row for row in judged if verdict(row) == outcome]
        if rows:
            named = "" if outcome == "better" else f" ({_named(rows)})"
            parts.append(f"{len(rows)} {'is' if len(rows) == 1 else 'are'} {words}{named}")
    return f"{said}{listed(parts)}."


def _named(rows: list[Row]) -> str:
    names = [f"{spoken(row['metric'])} of {row['target'] or 'the segments'}" for row in rows]
    most = 3
    return listed(names) if len(names) <= most else f"{', '.join(names[:most])}, …"


def _card(card: Answer) -> Table:
    order = list(METRICS)
    rows = sorted(
        (row for row in card.rows if row["metric"] in METRICS),
        key=lambda row: order.index(row["metric"]),
    )
    first = card.rows[0]
    has_promises = any(row["promised_value"] is not None for row in rows)
    columns = [
        Column("Measure"),
        Column("Value, 95 % interval", is_number=True),
        Column("Naive rival", is_number=True),
    ]
    if has_promises:
        columns += [Column(name, is_number=True) for name in ("Promised", "Happened", "Gap")]
    return Table(
        title=f"{_subject(first['target'])}, by {algorithm(first['algorithm'])}",
        columns=tuple(columns),
        rows=tuple(_line(row, has_promises=has_promises) for row in rows),
        source=card,
        note="" if has_promises else "No earlier promise has come due yet.",
    )


def _subject(target: str | None) -> str:
    return f"{spoken_target(target)} ({target})" if target else "Segments"


def _line(row: Row, *, has_promises: bool) -> tuple[str | Cell, ...]:
    tones = {"better": "good", "worse": "bad"}
    value = Cell(interval(row["value"], row["low"], row["high"]), tone=tones.get(verdict(row), ""))
    rival = f"{decimal(row['baseline_value'])} {spoken(row['baseline_name'] or '')}".strip()
    line = (METRICS[row["metric"]], value, rival)
    if not has_promises:
        return line
    promises = (row["promised_value"], row["realised_value"], row["gap"])
    return (*line, *(decimal(figure) for figure in promises))


def _candidates(candidates: Answer, target: str | None) -> list[Figure]:
    rows = [row for row in candidates.rows if row["value"] is not None]
    if target is None or not rows:
        return []
    return [
        Figure(
            id=f"candidates-{target}",
            title=_candidate_words(target, rows),
            note="Candidates with their 95 % interval; further right is better.",
            spec=compared([_compared(row) for row in rows], "ROC AUC, out of time"),
            source=candidates,
        )
    ]


def _candidate_words(target: str, rows: list[Row]) -> str:
    champion = next((row for row in rows if row["is_champion"]), None)
    if champion is None:
        return f"{target}: no candidate was good enough to score customers"
    others = [row for row in rows if row is not champion]
    value = decimal(champion["value"])
    said = f"{opened(algorithm(champion['algorithm']))} scores customers: ROC AUC {value}"
    if not others:
        return said
    next_best = max(others, key=lambda row: row["value"])
    return f"{said}, {algorithm(next_best['algorithm'])} {decimal(next_best['value'])}"


def _compared(row: Row) -> Row:
    return {
        "label": algorithm(row["algorithm"]),
        "value": row["value"],
        "low": row["low"],
        "high": row["high"],
        "colour": "var(--accent)" if row["is_champion"] else "var(--neutral)",
    }


def _backtests(backtests: Answer, target: str | None) -> list[Figure]:
    if target is None or not backtests.rows:
        return []
    return [
        Figure(
            id=f"backtest-{target}",
            title=_backtest_words(backtests.rows),
            note="Standing at each past date: the dashed line is the ROC AUC that would have been "
            "quoted, the point what then happened, with its 95 % interval.",
            spec=backtest(_dated(backtests.rows)),
            source=backtests,
        )
    ]


def _backtest_words(rows: tuple[Row, ...]) -> str:
    known = [row for row in rows if row["gap"] is not None]
    if not known:
        return "The past is too short to have promised anything"
    worst = min(known, key=lambda row: row["gap"])
    said = f"Quoted and realised differ by {decimal(worst['mean_absolute_gap'])}"
    if worst["gap"] >= 0:
        return f"{said} on average, never for the worse"
    return f"{said} on average; at worst {decimal(-worst['gap'])} less, {day(worst['origin_at'])}"


def _dated(rows: tuple[Row, ...]) -> list[Row]:
    return [
        {
            "at": row["origin_at"].strftime("%Y-%m-%d"),
            "promised": row["promised_value"],
            "realised": row["realised_value"],
            "low": row["realised_low"],
            "high": row["realised_high"],
        }
        for row in rows
    ]
