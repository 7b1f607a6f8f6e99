"""Linking: the contacts that the model in force takes for one person, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from tessera import frames, registry
from tessera.identity.linkage import workbench
from tessera.identity.linkage.grouping import Link, Pair, link_pairs
from tessera.identity.linkage.model import LinkageModel, read_model
from tessera.identity.linkage.schemas import CONTACT_LINKS_ORDER, CONTACT_LINKS_SCHEMA
from tessera.identity.linkage.scoring import score_pairs

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from tessera.runs import Run

PAIRS = """
with

risen as (

    select
        *,
        coalesce(max(match_probability) over (
            partition by identifier_id_a, identifier_id_b
            order by known_at rows between unbounded preceding and 1 preceding
        ), 0) as before
    from scored

)

select
    known_at,
    match_probability,
    match_weight,
    identifier_id_a,
    identifier_id_b,
    match_probability - before as gain,
    match_probability >= $threshold and before < $threshold as is_link
from risen
where match_probability > before
order by known_at, match_probability desc, identifier_id_a, identifier_id_b
"""
"""A row per two contacts and moment at which they became likelier, in order of time."""


def link_contacts(
    records: pa.Table, nicknames: pa.Table, models: pd.DataFrame, run: Run
) -> pd.DataFrame:
    """Return the links that the model in force finds among the contacts.

    Parameters
    ----------
    records
        ``contact_records``: a row per contact and version.
    nicknames
        The seed ``nicknames``.
    models
        The registry, as :func:`fit_linkage` returned it in this run.
    run
        The build.

    Returns
    -------
    DataFrame
        A row per link, columns of ``CONTACT_LINKS_SCHEMA``: weight and probability of the first
        versions by which it was found, and the moment both were known (later when the link had to
        wait for others to support it). Empty when no model is in force.
    """
    in_force = [row for row in registry.records(models) if row["candidate_in_run_id"] == run.run_id]
    if not in_force:
        return frames.empty(CONTACT_LINKS_SCHEMA)
    model = read_model(in_force[0]["model_text"])
    with workbench.opened(records, nicknames, model.columns) as bench:
        score_pairs(bench, model.parameters)
        return find_links(bench, model)


def find_links(bench: duckdb.DuckDBPyConnection, model: LinkageModel) -> pd.DataFrame:
    """Return the links among the pairs that were scored on the workbench."""
    rows = bench.execute(PAIRS, {"threshold": model.chosen.threshold}).fetchall()
    contacts = sorted({contact for row in rows for contact in row[3:5]})
    number = {contact: place for place, contact in enumerate(contacts)}
    pairs = [
        Pair(known_at, probability, weight, number[a], number[b], gain, is_link)
        for known_at, probability, weight, a, b, gain, is_link in rows
    ]
    links = link_pairs(pairs, len(contacts))
    if not links:
        return frames.empty(CONTACT_LINKS_SCHEMA)
    frame = pd.DataFrame([_row(link, contacts) for link in links])
    return frame.sort_values(list(CONTACT_LINKS_ORDER), ignore_index=True)


def _row(link: Link, contacts: list[str]) -> dict[str, object]:
    return {
        "identifier_id_a": contacts[link.pair.a],
        "identifier_id_b": contacts[link.pair.b],
        "match_weight": link.pair.weight,
        "match_probability": link.pair.probability,
        "known_at": link.known_at,
    }
