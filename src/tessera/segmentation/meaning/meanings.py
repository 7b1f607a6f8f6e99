"""What each segment in force is called and said to be: by the playbook, and by hand.

Names are told anew in every build from ids and archetypes, which the registry remembers: an edited
seed shows at the next build, and moves nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import frames
from tessera.segmentation.meaning.given_names import name_by_hand, read_given_names
from tessera.segmentation.meaning.naming import nearest_archetypes
from tessera.segmentation.meaning.playbook import read_playbook
from tessera.segmentation.meaning.schemas import SEGMENT_MEANINGS_SCHEMA
from tessera.segmentation.model import read_model, registry_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tessera.runs import Run
    from tessera.segmentation.meaning.given_names import GivenName
    from tessera.segmentation.meaning.in_force import Named
    from tessera.segmentation.meaning.playbook import Archetype, Playbook

EVERYBODY = ("all", "All segments")
"""Id and name of the broad group where a playbook has no archetypes, and so no groups."""


def tell_meanings(
    champions: pd.DataFrame,
    segments: Sequence[Named],
    borne: Collection[str],
    playbook: pd.DataFrame,
    names: pd.DataFrame,
    run: Run,
) -> pd.DataFrame:
    """Tell each segment of the champion: a row per segment of ``SEGMENT_MEANINGS_SCHEMA``.

    Parameters
    ----------
    champions
        The champion's row of ``segment_models``, or no row.
    segments
        Its segments.
    borne
        Every id that a segment bears or has borne: these may be named by hand.
    playbook, names
        The seeds ``segment_playbook`` and ``segment_names``.
    run
        The build.

    Raises
    ------
    PlaybookError
        A seed cannot be read, names an unknown id, or would give two segments one name.
    """
    book = read_playbook(playbook)
    if champions.empty or not segments:
        return frames.empty(SEGMENT_MEANINGS_SCHEMA)
    champion = registry_rows(champions)[0]
    given = read_given_names(names, borne)
    called = name_by_hand({s.segment_id: _playbook_name(s, book) for s in segments}, given)
    stood_for = _archetypes(champion, segments, book)
    rows = [
        {
            **_words(segment, stood_for.get(segment.segment_id)),
            **_given_words(given.get(segment.segment_id)),
            "segment_id": segment.segment_id,
            "segment_name": called[segment.segment_id],
        }
        for segment in sorted(segments, key=lambda each: each.segment_id)
    ]
    told = pd.DataFrame(rows).assign(model_id=champion["model_id"], run_id=run.run_id)
    return told.reindex(columns=SEGMENT_MEANINGS_SCHEMA.names)


def _playbook_name(segment: Named, book: Playbook) -> str:
    """Return what the playbook calls the archetype now; else what the segment was called."""
    if segment.archetype not in book.archetypes:
        return segment.segment_name
    return book.names[book.archetypes.index(segment.archetype)]


def _archetypes(
    champion: Mapping[str, Any], segments: Sequence[Named], book: Playbook
) -> dict[str, Archetype]:
    """Return each segment's archetype, or the one it resembles most where it has none any more."""
    model = read_model(champion)
    nearest = nearest_archetypes(model.profile, model.numeric_features, book)
    places = {key: place for place, key in enumerate(book.archetypes)}
    return {
        segment.segment_id: book.entries[places.get(segment.archetype, nearest[segment.place])]
        for segment in segments
        if nearest
    }


def _words(segment: Named, told: Archetype | None) -> dict[str, object]:
    if told is None:
        return dict(zip(("macro_segment_id", "macro_segment_name"), EVERYBODY, strict=True))
    return {
        "archetype": told.key if told.key == segment.archetype else None,
        "macro_segment_id": told.macro_id,
        "macro_segment_name": told.macro_name,
        "description": told.description,
        "strategy": told.strategy,
        "kpi": told.kpi,
        "owner": told.owner,
        "valid_from": told.valid_from,
        "valid_to": told.valid_to,
    }


def _given_words(given: GivenName | None) -> Mapping[str, object]:
    if given is None:
        return {}
    said = {
        "strategy": given.strategy,
        "kpi": given.kpi,
        "owner": given.owner,
        "valid_from": given.valid_from,
        "valid_to": given.valid_to,
    }
    return {name: word for name, word in said.items() if word is not None}
