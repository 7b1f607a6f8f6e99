"""Prediction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from splink import DuckDBAPI, Linker

from tessera.identity.linkage.blocking import BLOCKS
from tessera.identity.linkage.parameters import settings

if TYPE_CHECKING:
    import duckdb

LEAST_WEIGHT = -3.0


def score_pairs(connection: duckdb.DuckDBPyConnection, parameters) -> str:
    rules = [
        f"l.block_{name} = r.block_{name} and l.identifier_id <> r.identifier_id" for name in BLOCKS
    ]
    records = DuckDBAPI(connection=connection).register("blocked")
    linker = Linker(records, settings(parameters, rules), log_level=None, validate_settings=False)
    scored = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT, warning_mode="never")
    connection.execute(f"""
create or replace table scored as
select l.identifier_id as a, r.identifier_id as b, max(match_weight) as w, max(match_probability) as p
from {scored.physical_name} s join records l on l.record_number = record_number_l join records r on r.record_number=record_number_r
group by all""")
