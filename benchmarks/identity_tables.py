"""Identifiers and links of a made-up shop, drawn inside DuckDB: mostly small people, some huge.

Every draw is a hash of what it is for, so the same size gives the same rows in any run.
"""

from __future__ import annotations

from typing import Any

EDGES_PER_CUSTOMER = 10
CHAINS = 200
"""People that are one long chain of links in no order of time: what contraction likes least."""
CHAIN_LENGTH = 1_000

# A share in [0, 1) for a row and a purpose.
_MACROS = (
    "create or replace temp macro share(row_number, purpose) as "
    "md5_number_lower(row_number || purpose) / 18446744073709551616",
    "create or replace temp macro moment(share) as "
    "timestamp '2024-01-01' + to_seconds((share * 63072000)::bigint)",
)

# One row per identifier. Most people hold 2 to 12; place 0 is the one that others hang on.
_HOLDERS = """
create temp table holders as
with sizes as (
    select customer, 2 + floor(11 * power(share(customer, 'size'), 1.15))::int as size
    from range($customers) people(customer)
    union all
    select $customers + chain, $length from range($chains) chains(chain)
)
select
    row_number() over (order by customer, place) as holder, customer, place,
    customer >= $customers as is_chain,
from sizes, range(size) places(place)
"""

_IDENTIFIERS = """
create table identifiers as
select
    md5(holder::text) as identifier_id,
    case when place = 0 then 'contact_id'
        else (['email', 'phone', 'user_ref', 'customer_ref'])[1 + (holder % 4)::int] end
        as identifier_type,
    true as is_strong, moment(share(holder, 'first')) as first_known_at,
from holders
"""

# Each identifier was written together with up to two others of its person.
_EDGES = """
create table identity_edges as
with met as (
    select
        holder, is_chain,
        holder - 1 - case when is_chain then 0
            else floor(share(holder, 'met' || visit) * place)::int end as other,
        visit,
    from holders, range(3) visits(visit)
    where place > 0 and (visit = 0 or not is_chain)
),
pairs as (
    select holder, other, any_value(is_chain) as is_chain, min(visit) as visit
    from met group by all
),
texts as (
    select
        md5(holder::text) as left_id, md5(other::text) as right_id,
        greatest(share(holder, 'first'), share(other, 'first')) as earliest,
        share(holder, 'lag' || visit) as lag, visit,
    from pairs
)
select
    least(left_id, right_id) as identifier_id_a, greatest(left_id, right_id) as identifier_id_b,
    'written together' as link_type, (['orders', 'contacts', 'web_events'])[1 + visit] as source,
    moment(earliest + (1 - earliest) * power(lag, 4)) as known_at,
    (1 + floor(lag * 20))::double as strength, null::double as match_probability,
from texts
"""


def draw_tables(connection: Any, customers: int) -> None:
    """Create ``identifiers`` and ``identity_edges`` for ``customers`` people."""
    for macro in _MACROS:
        connection.execute(macro)
    settings = {"customers": customers, "length": CHAIN_LENGTH, "chains": CHAINS}
    connection.execute(_HOLDERS, settings)
    connection.execute(_IDENTIFIERS)
    connection.execute(_EDGES)
    connection.execute("drop table holders")
