"""The rule that calls a figure of a shop outside, and the paragraph that sums it up.

A figure is judged when at least two different values are known for it from real shops and
published figures together; they span a range, and what lies outside the range is outside. How
large a shop is (``count``) is not judged. No figure is excused, and none is called realistic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.portrait.figures import FIGURES, UNJUDGED, Figure
from tessera.portrait.references import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tessera.portrait.references import Published


LIMITS = (
    "A range goes from the lowest to the highest value of two real shops (a grocer of 2017, a "
    "record shop of 1997) and of the published figures. So inside is no proof: a wide range "
    "excuses much. And outside is a question to answer: two shops alone span little."
)


@dataclass(frozen=True)
class Judgement:
    """One figure of a shop beside the range of all that is known for it.

    ``value`` is None when the feeds do not say it; ``low`` and ``high`` are None without a range.
    """

    figure: Figure
    value: float | None
    low: float | None
    high: float | None

    @property
    def side(self) -> str:
        """Where the value lies: ``below``, ``inside`` or ``above``; empty when it is not judged."""
        if self.value is None or self.low is None or self.high is None:
            return ""
        value = float(rounded(self.value))
        if value < self.low:
            return "below"
        return "above" if value > self.high else "inside"

    @property
    def is_outside(self) -> bool:
        """Whether the value lies outside the range."""
        return self.side in {"below", "above"}


def judge(
    values: Mapping[str, float],
    measured: Mapping[str, Mapping[str, float]],
    published: Iterable[Published],
) -> list[Judgement]:
    """Set every figure of a shop beside its range.

    Parameters
    ----------
    values
        Figure to value of the shop that is judged.
    measured
        Real shop to figure to value.
    published
        What sources state.

    Returns
    -------
    list of Judgement
        One per figure of the catalogue, in its order.
    """
    known: dict[str, set[float]] = {figure.name: set() for figure in FIGURES}
    for shop in measured.values():
        for name, value in shop.items():
            known[name].add(value)
    for row in published:
        known[row.figure] |= {row.low, row.high}
    return [_judge_one(figure, values.get(figure.name), known[figure.name]) for figure in FIGURES]


def _judge_one(figure: Figure, value: float | None, known: set[float]) -> Judgement:
    if figure.name in UNJUDGED or len(known) < len(("low", "high")):
        return Judgement(figure, value, None, None)
    return Judgement(figure, value, min(known), max(known))


def sum_up(judgements: list[Judgement]) -> str:
    """Say in one paragraph which figures lie outside, and what was not judged."""
    judged = [judgement for judgement in judgements if judgement.side]
    outside = [judgement for judgement in judged if judgement.is_outside]
    behaviour = [judgement for judgement in judgements if judgement.figure.name not in UNJUDGED]
    rangeless = [
        judgement.figure.label
        for judgement in behaviour
        if judgement.value is not None and judgement.low is None
    ]
    unknown = sum(judgement.value is None for judgement in behaviour)
    return " ".join(
        (
            f"Figures with a range: {len(judged)}. Inside: {len(judged) - len(outside)}.",
            _list(f"Outside: {len(outside)}", map(_say_outside, outside)),
            _list(f"Not judged for want of a range: {len(rangeless)}", rangeless),
            f"Not told by the feeds: {unknown}.",
            LIMITS,
        )
    )


def _list(words: str, items: Iterable[str]) -> str:
    listed = "; ".join(items)
    return f"{words} ({listed})." if listed else f"{words}."


def _say_outside(judgement: Judgement) -> str:
    figure, value = judgement.figure, judgement.value
    low, high = judgement.low, judgement.high
    if value is None or low is None or high is None:
        return figure.label
    edge = low if judgement.side == "below" else high
    return f"{figure.label}: {figure.show(value)}, {judgement.side} {figure.show(edge)}"
