"""Whom each fragment really joined: the oldest of the other component at that moment.

Contraction finds when a fragment joined, and by which edge, but it may settle a late link before an
early one: ``d`` joined ``b`` in March, and only a later round finds that ``b`` had joined ``a`` in
February, so that ``d`` joined ``a``. A link therefore climbs on as long as the fragment it leads to
was itself linked before. Ways of many such steps are rare, and are climbed in order of time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from tessera.identity.sequential import link_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tessera.identity.scratch import Scratch

LINKS_SCHEMA = pa.schema({"younger": pa.int32(), "older": pa.int32(), "edge": pa.int32()})

_CLIMBING = """
select count(*) from identity_work_links as links
inner join identity_work_links as next_links
    on links.older = next_links.younger and next_links.edge < links.edge
"""

_CLIMBED = """
create or replace temp table identity_work_links as
select links.younger, coalesce(next_links.older, links.older) as older, links.edge
from identity_work_links as links
left join identity_work_links as next_links
    on links.older = next_links.younger and next_links.edge < links.edge
"""

_REST = """
create or replace temp table identity_work_rest as
with unsettled as (
    select distinct ways.root
    from identity_work_links as links
    inner join identity_work_links as next_links
        on links.older = next_links.younger and next_links.edge < links.edge
    inner join identity_work_ways as ways on links.younger = ways.node
)
select links.younger, links.older, links.edge
from identity_work_links as links
inner join identity_work_ways as ways on links.younger = ways.node
semi join unsettled on ways.root = unsettled.root
"""

_SETTLED = """
delete from identity_work_links
where younger in (select younger from identity_work_rest)
"""


def climb_to_elders(scratch: Scratch, most_rounds: int) -> None:
    """Let each row of ``identity_work_links`` lead to the oldest node at the time of its edge."""
    rounds = 0
    while is_climbing := scratch.count(_CLIMBING) > 0:
        if rounds == most_rounds:
            break
        scratch.run(_CLIMBED)
        rounds += 1
    if is_climbing:
        scratch.run(_REST)
        scratch.run(_SETTLED)
        rest = "select younger, older, edge from identity_work_rest order by edge"
        add_links_in_order(scratch, scratch.stream(rest))
        scratch.run("drop table identity_work_rest")


def add_links_in_order(scratch: Scratch, edges: Iterable[tuple[int, int, int]]) -> None:
    """Join ``edges`` one by one, and add to ``identity_work_links`` what that linked."""
    links = pa.Table.from_pylist([link._asdict() for link in link_in_order(edges)], LINKS_SCHEMA)
    scratch.keep("identity_work_added", links)
    scratch.run("insert into identity_work_links from identity_work_added")
    scratch.run("drop table identity_work_added")
