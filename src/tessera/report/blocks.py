"""What a section of the page is made of. The templates in ``page/`` know how each looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from tessera.report.answers import LACKS
from tessera.report.sentences import listed

if TYPE_CHECKING:
    from tessera.report.answers import Answer


@dataclass(frozen=True)
class Missing:
    """A sentence about what this release does not have."""

    kind: ClassVar[str] = "missing"
    text: str


@dataclass(frozen=True)
class Fact:
    """One figure, its name, and what to make of it."""

    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Facts:
    """A few figures in a row."""

    kind: ClassVar[str] = "facts"
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Cell:
    """A cell that is more than text.

    Attributes
    ----------
    text
        What it says.
    share
        Length of a bar beneath the text, 0 to 1; None draws none.
    colour
        One of the page's, such as ``var(--segment-1)``: of the bar, or of a dot before the text.
    has_dot
        Whether there is a dot.
    is_leaning
        Whether the bar begins in the middle: to the right for a share above 0, to the left below.
    anchor
        Where a click leads, such as ``#segment-s1``.
    tone
        ``good``, ``bad`` or nothing.
    """

    text: str
    share: float | None = None
    colour: str = ""
    has_dot: bool = False
    is_leaning: bool = False
    anchor: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its title, and whether it holds numbers, bars or whole sentences."""

    title: str
    is_number: bool = False
    has_bars: bool = False
    is_long: bool = False

    @property
    def style(self) -> str:
        """The name of its style; none for short texts."""
        styles = {"number": self.is_number, "bars": self.has_bars, "long": self.is_long}
        return next((name for name, holds in styles.items() if holds), "")


@dataclass(frozen=True)
class Table:
    """Rows to read.

    Attributes
    ----------
    title
        What it shows, as a sentence.
    columns, rows
        Cells are text or :class:`Cell`.
    source
        Where the figures come from; None beside a figure that says so.
    is_folded
        Whether it is shown on request only.
    """

    kind: ClassVar[str] = "table"
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    source: Answer | None = None
    note: str = ""
    is_folded: bool = False


@dataclass(frozen=True)
class Figure:
    """A chart with its words.

    Attributes
    ----------
    id
        Unique in the page.
    title
        What it shows, as a sentence that is true of the data.
    note
        How to read it.
    spec
        Vega-Lite.
    source
        The answer it is drawn from: table, query and figures are shown on request.
    legend
        Names and colours, where the chart has no room for names.
    is_wide
        Whether it takes the whole width where others stand side by side.
    """

    kind: ClassVar[str] = "figure"
    id: str
    title: str
    note: str
    spec: dict[str, Any]
    source: Answer
    legend: tuple[tuple[str, str], ...] = ()
    is_wide: bool = False


@dataclass(frozen=True)
class Grid:
    """Blocks side by side, as far as the page is wide enough."""

    kind: ClassVar[str] = "grid"
    blocks: tuple[Block, ...]
    size: str = "medium"


@dataclass(frozen=True)
class Code:
    """Something to copy."""

    kind: ClassVar[str] = "code"
    label: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Advice:
    """A few labelled sentences: what to do, what to watch."""

    kind: ClassVar[str] = "advice"
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sheet:
    """One of several pages of which a reader sees one at a time, and a printer all."""

    id: str
    label: str
    title: str
    lead: str
    blocks: tuple[Block, ...]
    colour: str = ""


@dataclass(frozen=True)
class Sheets:
    """Pages to choose from."""

    kind: ClassVar[str] = "sheets"
    label: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Entry:
    """One entry of a catalogue."""

    name: str
    words: str
    group: str
    facts: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Entries to search."""

    kind: ClassVar[str] = "catalogue"
    label: str
    headings: tuple[str, ...]
    entries: tuple[Entry, ...]
    source: Answer


Block = Missing | Facts | Table | Figure | Grid | Code | Advice | Sheets | Catalogue
"""Whatever a section can hold."""


@dataclass(frozen=True)
class Section:
    """A part of the page that the navigation leads to."""

    id: str
    label: str
    title: str
    lead: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Report:
    """The whole page."""

    title: str
    subtitle: str
    stamp: str
    sections: tuple[Section, ...]


def missing_of(*answers: Answer) -> tuple[Missing, ...]:
    """Return, in as few sentences as possible, what a release does not have."""
    said = dict.fromkeys(answer.missing for answer in answers if answer.missing)
    lacks = [text.removeprefix(LACKS).removesuffix(".") for text in said if text.startswith(LACKS)]
    together = [f"{LACKS}{listed(lacks, 'or')}."] if lacks else []
    others = [text for text in said if not text.startswith(LACKS)]
    return tuple(Missing(text) for text in [*together, *others])
