"""Fitting: a linkage model is fitted once, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd

from tessera import frames, registry
from tessera.identity.linkage import workbench
from tessera.identity.linkage.comparisons import comparisons_of
from tessera.identity.linkage.model import LinkageModel
from tessera.identity.linkage.recipe import Recipe, model_in_force, sketch_population
from tessera.identity.linkage.records import contacts_count, informative_columns
from tessera.identity.linkage.schemas import (
    CONTACT_LINKAGE_MODELS_ORDER,
    CONTACT_LINKAGE_MODELS_SCHEMA,
)
from tessera.identity.linkage.scoring import score_pairs
from tessera.identity.linkage.threshold import estimate_precision
from tessera.identity.linkage.training import fit_parameters

if TYPE_CHECKING:
    import pyarrow as pa

    from tessera.runs import Run

LEAST_CONTACTS = 200
"""Contacts below which nothing is fitted. Of 200 with one duplicate in ten, 20 pairs teach what a
match looks like; fewer, and the model would repeat what was expected of it."""

FINGERPRINT = """
select md5(
    string_agg(contact_record_id || cast(known_at as varchar), ',' order by contact_record_id)
)
from records
"""
"""A record's id is a hash of all that is compared."""


def fit_linkage(
    records: pa.Table, nicknames: pa.Table, remembered: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Return the registry: the models remembered, and the one that this run asks for.

    A model that holds (see :func:`recipe.model_in_force`) is kept, so that records which came later
    change no earlier link, and only gets this run's id. Otherwise one is fitted. The same records,
    nicknames, registry, ``as_of`` and seed give the same model, to the last bit.

    Parameters
    ----------
    records
        ``contact_records``: a row per contact and version.
    nicknames
        The seed ``nicknames``: a row per short form and a name it stands for.
    remembered
        The registry as earlier runs left it; columns of ``CONTACT_LINKAGE_MODELS_SCHEMA``.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per model. The one in force carries this run's id in ``candidate_in_run_id``; with too
        few contacts, or nothing to compare but one thing, there is none.
    """
    rows = {row["model_id"]: row for row in registry.records(remembered)}
    recipe = Recipe(informative_columns(records), run.seed)
    contacts = contacts_count(records)
    if contacts >= LEAST_CONTACTS and can_tell_people_apart(recipe):
        row = model_in_force(list(rows.values()), recipe, records, contacts, run)
        row = row or _fitted(records, nicknames, recipe, contacts, run)
        rows[row["model_id"]] = {**row, "candidate_in_run_id": run.run_id}
    if not rows:
        return frames.empty(CONTACT_LINKAGE_MODELS_SCHEMA)
    frame = pd.DataFrame(list(rows.values()), columns=CONTACT_LINKAGE_MODELS_SCHEMA.names)
    return frame.sort_values(list(CONTACT_LINKAGE_MODELS_ORDER), ignore_index=True)


def can_tell_people_apart(recipe: Recipe) -> bool:
    """Say whether there is a name, and something beside it.

    Examples
    --------
    >>> can_tell_people_apart(Recipe(["first_name", "last_name", "city"], 7))
    True
    >>> can_tell_people_apart(Recipe(["first_name", "last_name"], 7))
    False
    """
    compared = {each.name for each in comparisons_of(recipe.columns)}
    names = {"first_name", "last_name"}
    return bool(compared & names) and bool(compared - names - {"gender"})


def _fitted(
    records: pa.Table, nicknames: pa.Table, recipe: Recipe, contacts: int, run: Run
) -> dict[str, Any]:
    with workbench.opened(records, nicknames, recipe.columns) as bench:
        parameters = fit_parameters(bench, comparisons_of(recipe.columns), recipe.seed)
        score_pairs(bench, parameters)
        estimates = estimate_precision(bench)
    model = LinkageModel(recipe.columns, parameters, estimates, sketch_population(records))
    inputs = {
        "algorithm": "fellegi_sunter",
        "feature_names": recipe.feature_names,
        "settings": recipe.described_settings,
        "training_fingerprint": _fingerprint(records),
    }
    return {
        **inputs,
        "model_id": registry.model_id(**inputs, model_text=model.as_text()),
        "trained_at": run.run_started_at,
        "as_of": run.as_of,
        "training_rows": contacts,
        "threshold": model.chosen.threshold,
        "estimated_precision": model.chosen.precision,
        "model_text": model.as_text(),
        "run_id": run.run_id,
    }


def _fingerprint(records: pa.Table) -> str:
    with duckdb.connect() as connection:
        connection.register("records", records)
        ((found,),) = connection.execute(FINGERPRINT).fetchall()
    return str(found)
