"""Identifiers and links of a made-up shop, drawn inside DuckDB: mostly small people, some huge.

Every draw is a hash of what it is for, so the same size gives the same rows in any run.
"""

from __future__ import annotations

from typing import Any

CHAINS_PER_MILLION = 200
"""People that are one long chain of links in no order of time: what contraction likes least."""
CHAIN_LENGTH = 1_000

_SHARE = """
create or replace temp macro share(row_number, purpose) as
md5_number_lower(row_number || purpose) / 18446744073709551616
"""

_MOMENT = """
create or replace temp macro moment(share) as
timestamp '2024-01-01' + to_seconds((share * 63072000)::bigint)
"""

# One row per identifier. Most people hold 2 to 12; place 0 is the one that others hang on.
_HOLDERS = """
create temp table holders as
with sizes as (
    select customer, 2 + floor(11 * power(share(customer, 'size'), 1.15))::integer as size
    from range($customers) people(customer)
    union all
    select $customers + chain, $length from range($chains) chains(chain)
)
select
    row_number() over (order by customer, place) as holder, place,
    customer >= $customers as is_chain,
from sizes, range(size) places(place)
"""

_IDENTIFIERS = """
create table identifiers as
select
    md5(holder::varchar) as identifier_id,
    case
        when place = 0 then 'contact_id'
        else (['email', 'phone', 'user_ref', 'customer_ref'])[1 + (holder % 4)::integer]
    end as identifier_type,
    true as is_strong,
    moment(share(holder, 'first')) as first_known_at,
from holders
"""

# Each identifier was written together with up to three others of its person.
_EDGES = """
create table identity_edges as
with met as (
    select
        holder, visit,
        holder - 1
        - if(is_chain, 0, floor(share(holder, 'met' || visit) * place)::integer) as other,
    from holders, range(3) visits(visit)
    where place > 0 and (visit = 0 or not is_chain)
),
pairs as (
    select holder, other, min(visit) as visit from met group by all
),
texts as (
    select
        md5(holder::varchar) as one, md5(other::varchar) as another, visit,
        greatest(share(holder, 'first'), share(other, 'first')) as both_known,
        share(holder, 'lag' || visit) as lag,
    from pairs
)
select
    least(one, another) as identifier_id_a, greatest(one, another) as identifier_id_b,
    'written together' as link_type,
    (['orders', 'contacts', 'web_events'])[1 + visit] as source,
    moment(both_known + (1 - both_known) * power(lag, 4)) as known_at,
    1 + floor(lag * 20)::double as strength,
    null::double as match_probability,
from texts
"""

# The day before: without the newest hundredth of the links, and what was first known since then.
_DAY_BEFORE = (
    """
    create table edges_before as
    select * from identity_edges
    where known_at < (select quantile_disc(known_at, 0.99) from identity_edges)
    """,
    """
    create table identifiers_before as
    select * from identifiers
    where first_known_at < (select quantile_disc(known_at, 0.99) from identity_edges)
    """,
)


def draw_tables(connection: Any, customers: int) -> None:
    """Create ``identifiers`` and ``identity_edges``, of today and ``…_before``."""
    chains = -(-customers * CHAINS_PER_MILLION // 1_000_000)
    sizes = {"customers": customers, "length": CHAIN_LENGTH, "chains": chains}
    connection.execute(_SHARE)
    connection.execute(_MOMENT)
    connection.execute(_HOLDERS, sizes)
    for statement in (_IDENTIFIERS, _EDGES, *_DAY_BEFORE):
        connection.execute(statement)
