"""Names that people gave by hand: they stick to a segment's id and win over the playbook.

``seeds/segment_names.csv`` has one row per segment that somebody named, empty as delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tessera.segmentation.meaning.cells import (
    PlaybookError,
    require_columns,
    text_in,
    validity_in,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import pandas as pd

OPTIONAL = ("strategy", "kpi", "owner")


@dataclass(frozen=True)
class GivenName:
    """What a person says of a segment; None where the playbook's word stands."""

    segment_id: str
    segment_name: str
    strategy: str | None
    kpi: str | None
    owner: str | None
    valid_from: date | None
    valid_to: date | None


def read_given_names(frame: pd.DataFrame, borne: Collection[str]) -> dict[str, GivenName]:
    """Validate the seed and return its rows by segment id.

    Parameters
    ----------
    frame
        The seed ``segment_names``.
    borne
        Every id that a segment of this shop bears or has borne. The name of a segment that died
        rests, since a refit must not stop a build.

    Raises
    ------
    PlaybookError
        A column is missing, an id is empty, unknown or stands twice, a name is empty, or a day is
        none.
    """
    require_columns("segment_names", frame, ("segment_id", "segment_name"))
    given: dict[str, GivenName] = {}
    for number, row in enumerate(frame.to_dict("records"), start=1):
        name = _given_name({str(key): cell for key, cell in row.items()}, number)
        if name.segment_id in given:
            raise PlaybookError(
                f"segment_names has segment_id '{name.segment_id}' more than once; each may stand "
                "once"
            )
        given[name.segment_id] = name
    strange = sorted(set(given) - set(borne))
    if strange and borne:
        raise PlaybookError(
            f"segment_names names {', '.join(strange)}, which no segment bears or has borne; "
            f"segment ids are {', '.join(sorted(borne, key=_number))}"
        )
    return given


def name_by_hand(names: Mapping[str, str], given: Mapping[str, GivenName]) -> dict[str, str]:
    """Return the name of each segment in force, by its id: the given one, else the playbook's.

    Raises
    ------
    PlaybookError
        Two segments would bear one name (capitals do not tell them apart).
    """
    named = {id_: given[id_].segment_name if id_ in given else name for id_, name in names.items()}
    bearers: dict[str, str] = {}
    for segment_id, name in named.items():
        other = bearers.setdefault(name.casefold(), segment_id)
        if other != segment_id:
            raise PlaybookError(
                f"segments {other} and {segment_id} would both be called '{name}'; give one of "
                "them another name in seeds/segment_names.csv or seeds/segment_playbook.csv"
            )
    return named


def _given_name(row: Mapping[str, object], number: int) -> GivenName:
    segment_id, name = text_in(row["segment_id"]), text_in(row["segment_name"])
    if segment_id is None or name is None:
        empty = "segment_id" if segment_id is None else "segment_name"
        raise PlaybookError(f"segment_names row {number} has an empty {empty}; give it one")
    strategy, kpi, owner = (text_in(row.get(column)) for column in OPTIONAL)
    since, until = validity_in(dict(row), f"segment_names, segment '{segment_id}',")
    return GivenName(segment_id, name, strategy, kpi, owner, since, until)


def _number(segment_id: str) -> tuple[int, str]:
    digits = segment_id.lstrip("s")
    return (int(digits) if digits.isdigit() else 0, segment_id)
