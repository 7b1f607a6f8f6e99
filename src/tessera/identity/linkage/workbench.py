"""The workbench: contact records in a DuckDB of their own, with what comparing and blocking need.

Splink leaves tables behind that begin with ``__splink__``; here they end with the connection.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from tessera.identity.linkage.blocking import BLOCKS, block_columns
from tessera.identity.linkage.records import COMPARED_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

THREADS = 2
"""Of the workbench: a build must not take a whole machine. Results do not depend on it."""

MEMORY = "4GB"
"""Beyond it the workbench goes to disk; a build on 50,000 contacts holds half of it."""

COMMON_COLUMNS = ("first_name", "last_name", "birth_text")
"""To agree on a rare one of these says more than on a common one."""

NUMBERED = """
create table numbered as
select
    row_number() over (order by contact_record_id) as record_number,
    *,
    strftime(birth_date, '%Y%m%d') as birth_text,
    split_part(first_name, ' ', 1) as first_word
from contact_records
"""

FORMS = """
create table name_forms as
select
    words.first_word,
    list_sort(list_distinct(
        list_append(list(formal_name) filter (where formal_name is not null), words.first_word)
    )) as first_forms,
    coalesce(min(formal_name), words.first_word) as formal_name
from (select distinct first_word from numbered where first_word is not null) as words
left join nicknames on nicknames.nickname = words.first_word
group by words.first_word
"""
"""A row per first word of a first name: itself and the formal names it is short for."""

RECORDS = """
create table records as
select
    record_number,
    identifier_id,
    known_at,
    first_name,
    last_name,
    birth_text,
    street,
    postcode,
    city,
    gender,
    phone_digits,
    case
        when length(email_local_part) >= 5
            and not coalesce(contains(email_local_part, left(last_name, 4)), false)
            and not coalesce(contains(email_local_part, left(first_name, 3)), false)
            then email_local_part
    end as own_address,
    email_local_part || '@' || email_domain as whole_address,
    first_forms,
    formal_name,
    {shares}
from numbered
left join name_forms using (first_word)
"""
"""An address made of the name says nothing beside the name: it is none of one's own."""

SHARE = """
    count({column}) over (partition by {column} order by known_at)
        / count({column}) over (order by known_at) as tf_{column}
"""
"""How common a value was when the record became known: later records change no earlier share."""


@contextmanager
def opened(
    records: pa.Table, nicknames: pa.Table, columns: Sequence[str], threads: int = THREADS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection whose table ``blocked`` holds a row per contact record, with its blocks.

    Parameters
    ----------
    records
        ``contact_records``: a row per contact and version.
    nicknames
        The seed ``nicknames``: ``nickname``, ``formal_name``.
    columns
        Columns of the records that take part; the others are as if empty.
    threads
        Threads of DuckDB; they change no result.
    """
    with (
        tempfile.TemporaryDirectory(prefix="tessera-linkage-") as folder,
        duckdb.connect() as bench,
    ):
        bench.execute("set temp_directory = ?", [folder])
        bench.execute("set memory_limit = ?", [MEMORY])
        bench.execute("set threads = ?", [threads])
        bench.register("contact_records", _emptied(records, columns))
        bench.register("nicknames", nicknames)
        bench.execute(NUMBERED)
        bench.execute(FORMS)
        shares = ",".join(SHARE.format(column=column) for column in COMMON_COLUMNS)
        bench.execute(RECORDS.format(shares=shares))
        bench.execute(block_columns(BLOCKS))
        yield bench


def _emptied(records: pa.Table, columns: Sequence[str]) -> pa.Table:
    """Return ``records`` with every compared column empty that does not take part."""
    for name in sorted(set(COMPARED_COLUMNS).difference(columns)):
        field = records.schema.field(name)
        empty = pa.nulls(len(records), field.type)
        records = records.set_column(records.schema.get_field_index(name), field, empty)
    return records
