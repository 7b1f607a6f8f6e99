"""How a reign begins: the segments of a new model get ids, names, and a rule of moving."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from tessera import frames
from tessera.registry import canonical_json
from tessera.segmentation.meaning import name_segments, read_playbook
from tessera.segmentation.model import read_model, registry_rows
from tessera.segmentation.over_time.damping import DECLARED, typical_clearness
from tessera.segmentation.over_time.fitted_damping import fit_damping
from tessera.segmentation.over_time.geometry import distances_of, profile_of, segments_of
from tessera.segmentation.over_time.rehearsal import place_past
from tessera.segmentation.over_time.reigns import (
    Reign,
    models_that_reigned,
    reign_at,
    reigns_of_shop,
)
from tessera.segmentation.over_time.schemas import SEGMENT_REIGNS_ORDER, SEGMENT_REIGNS_SCHEMA
from tessera.segmentation.over_time.successions import carry_ids, first_free_number, shared
from tessera.segmentation.recipe import FIT_CUSTOMERS
from tessera.segmentation.sampling import choose_customers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tessera.runs import Run
    from tessera.segmentation.meaning import Playbook
    from tessera.segmentation.over_time.spine import Spine


def extend_reigns(  # noqa: PLR0913, PLR0917 - each a table of the warehouse
    champions: pd.DataFrame,
    models: pd.DataFrame,
    remembered: pd.DataFrame,
    scoring_set: pd.DataFrame,
    playbook: pd.DataFrame,
    spine: Spine,
    run: Run,
) -> pd.DataFrame:
    """Return the remembered reigns, and a new one when the champion or the playbook changed.

    Parameters
    ----------
    champions
        The champion's row of ``segment_models``, or no row.
    models
        The registry.
    remembered
        Reigns of earlier runs; columns of ``SEGMENT_REIGNS_SCHEMA``.
    scoring_set
        A row per customer at ``as_of``, with the features of the model before and of this one.
    playbook
        The seed: a row per archetype.
    spine
        The snapshots, by which the damping of a reign that begins is fitted.
    run
        The build.

    Returns
    -------
    DataFrame
        Columns of ``SEGMENT_REIGNS_SCHEMA``, a row per reign and segment. Those of this run's shop
        carry its id in ``told_in_run_id``.
    """
    ours = reigns_of_shop(remembered, models, scoring_set, run)
    rows = registry_rows(remembered)
    if len(champions):
        champion, names = registry_rows(champions)[0], read_playbook(playbook)
        before = reign_at(ours, run.as_of)
        if not _is_same(before, champion, names):
            ever = models_that_reigned(remembered, models, scoring_set, run)
            borne = remembered.loc[remembered["model_id"].isin(list(ever)), "segment_id"]
            customers = choose_customers(scoring_set, FIT_CUSTOMERS)
            crowned = _crown(champion, before, first_free_number(borne), customers, names, run)
            begun = _damped(crowned, before, spine, run)
            rows += _rows_of(begun, before, run)
            ours = [*ours, begun]
    for row in rows:
        if row["model_id"] in {reign.model_id for reign in ours}:
            row["told_in_run_id"] = run.run_id
    if not rows:
        return frames.empty(SEGMENT_REIGNS_SCHEMA)
    frame = pd.DataFrame(rows, columns=SEGMENT_REIGNS_SCHEMA.names)
    return frame.sort_values(list(SEGMENT_REIGNS_ORDER), ignore_index=True)


def _is_same(before: Reign | None, champion: Mapping[str, Any], playbook: Playbook) -> bool:
    return (
        before is not None
        and before.model_id == champion["model_id"]
        and before.playbook_fingerprint == playbook.fingerprint
    )


def _crown(
    champion: Mapping[str, Any],
    before: Reign | None,
    first_free: int,
    customers: pd.DataFrame,
    playbook: Playbook,
    run: Run,
) -> Reign:
    """Return the reign that begins now: ids by the customers shared, names by the playbook."""
    model = read_model(champion)
    apart = distances_of(model, customers)
    ids = tuple(f"s{first_free + place}" for place in range(segments_of(model)))
    if before is not None and before.model_id == champion["model_id"]:
        ids = before.segment_ids  # only its names change, also of a segment that has emptied
    elif before is not None:
        overlap = shared(before.model, model, customers)
        ids = carry_ids(overlap, before.segment_ids, first_free)
    profile, columns = profile_of(model)
    kept = _kept_archetypes(ids, before)
    names, archetypes = name_segments(profile, columns, playbook, kept, run.as_of.date())
    return Reign(
        model_id=champion["model_id"],
        model=model,
        reigns_from=run.as_of,
        began_at=run.run_started_at,
        segment_ids=ids,
        segment_names=names,
        archetypes=archetypes,
        typical=typical_clearness(apart),
        damping=DECLARED,
        playbook_fingerprint=playbook.fingerprint,
    )


def _damped(reign: Reign, before: Reign | None, spine: Spine, run: Run) -> Reign:
    """Return the reign with the damping it needs; one that only renames keeps what was in force."""
    if before is not None and before.model_id == reign.model_id:
        return replace(reign, damping=before.damping, typical=before.typical)
    past = place_past(spine.sampled(run.as_of), reign.model, DECLARED.recent_days)
    return replace(reign, damping=fit_damping(past, reign))


def _kept_archetypes(ids: Sequence[str], before: Reign | None) -> dict[int, str]:
    """Return the archetype of each segment that bore its id before: who stays keeps the name."""
    if before is None:
        return {}
    was = dict(zip(before.segment_ids, before.archetypes, strict=True))
    return {place: was[name] for place, name in enumerate(ids) if was.get(name)}


def _rows_of(reign: Reign, before: Reign | None, run: Run) -> list[dict[str, Any]]:
    return [
        {
            "model_id": reign.model_id,
            "previous_model_id": before.model_id if before else None,
            "reigns_from": reign.reigns_from,
            "place": place,
            "segment_id": reign.segment_ids[place],
            "segment_name": reign.segment_names[place],
            "archetype": reign.archetypes[place],
            "typical_clearness": canonical_json(reign.typical[place].tolist()),
            "damping": canonical_json(reign.damping.as_plain()),
            "playbook_fingerprint": reign.playbook_fingerprint,
            "run_id": run.run_id,
            "began_at": reign.began_at,
            "told_in_run_id": run.run_id,
        }
        for place in range(len(reign.segment_ids))
    ]
