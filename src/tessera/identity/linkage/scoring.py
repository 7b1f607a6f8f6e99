"""Scoring: the probability that a pair which shares a block is one person's, by Splink."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from splink import DuckDBAPI, Linker

from tessera.identity.linkage.blocking import BLOCKS, blocking_rules
from tessera.identity.linkage.comparisons import as_settings

if TYPE_CHECKING:
    import duckdb

    from tessera.identity.linkage.parameters import Parameters

LEAST_WEIGHT = -5.0
"""Pairs below it are forgotten: at 3 % they support no link, and link nothing."""

SCORED = """
create table scored as
select
    least(l.identifier_id, r.identifier_id) as identifier_id_a,
    greatest(l.identifier_id, r.identifier_id) as identifier_id_b,
    greatest(l.known_at, r.known_at) as known_at,
    max(pairs.match_weight) as match_weight,
    max(pairs.match_probability) as match_probability
from {pairs} as pairs
inner join records as l on pairs.record_number_l = l.record_number
inner join records as r on pairs.record_number_r = r.record_number
group by all
"""


def score_pairs(bench: duckdb.DuckDBPyConnection, parameters: Parameters) -> None:
    """Make table ``scored`` on the workbench: a row per two contacts and moment they were known.

    Of several pairs of versions that became known at one moment, the likeliest counts.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    records = DuckDBAPI(connection=bench).register("blocked")
    linker = Linker(records, settings(parameters), log_level=None, validate_settings=False)
    pairs = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
    bench.execute(SCORED.format(pairs=pairs.physical_name))


def settings(parameters: Parameters) -> dict[str, Any]:
    """Write the model as settings of Splink."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record_number",
        "probability_two_random_records_match": parameters.prior,
        "comparisons": [
            as_settings(name, m, parameters.u[name]) for name, m in parameters.m.items()
        ],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule, "sql_dialect": "duckdb"} for rule in blocking_rules(BLOCKS)
        ],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
    }
