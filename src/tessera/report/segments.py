"""The segments of today: their order, names and colours, the same in every section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.report.colours import NEUTRAL, segment_colours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tessera.report.answers import Answers, Row


@dataclass(frozen=True)
class Segments:
    """The segments that have customers in this release.

    Attributes
    ----------
    rows
        As ``segment_profiles`` has them, the most revenue first.
    names, colours
        By segment_id.
    """

    rows: tuple[Row, ...]
    names: Mapping[str, str]
    colours: Mapping[str, str]

    def colour(self, segment_id: str | None) -> str:
        """Return a segment's colour; grey when it is none of today's."""
        return self.colours.get(segment_id or "", NEUTRAL)

    def name(self, segment_id: str | None, otherwise: str | None = None) -> str:
        """Return a segment's name of today, else the name given, else its id."""
        return self.names.get(segment_id or "", otherwise or segment_id or "nowhere")

    @property
    def order(self) -> list[str]:
        """Names, the most revenue first: the order of every axis of segments."""
        return [self.names[row["segment_id"]] for row in self.rows]


def segments_of(answers: Answers) -> Segments:
    """Read the segments of a release."""
    rows = answers.rows("segments")
    names = {row["segment_id"]: row["segment_name"] or row["segment_id"] for row in rows}
    return Segments(rows, names, segment_colours(names))
