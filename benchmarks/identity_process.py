"""One thing done to the links of a made-up shop, in a process of its own.

``python -m benchmarks.identity_process <what> <database> [<customers>]``
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import duckdb

from benchmarks.identity_tables import draw_tables
from tessera.identity.incremental import link_identifiers

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

MEMORY_LIMIT = "3GB"
"""What profiles.yml grants a build."""

_ENDS_AS_NUMBERS = """
with nodes as (
    select row_number() over ()::integer - 1 as node, identifier_id from identifiers
)
select end_a.node as one, end_b.node as other
from identity_edges as edges
inner join nodes as end_a on edges.identifier_id_a = end_a.identifier_id
inner join nodes as end_b on edges.identifier_id_b = end_b.identifier_id
"""


def draw(connection: Any, customers: int) -> None:
    """Draw the shop."""
    draw_tables(connection, customers)


def day_before(connection: Any, _: int) -> None:
    """Link the identifiers of the day before."""
    _link(connection, ("identifiers_before", "edges_before", None), "links_before")


def incremental(connection: Any, _: int) -> None:
    """Link the identifiers of today beside the links of the day before."""
    _link(connection, ("identifiers", "identity_edges", "links_before"), "links_beside")


def full(connection: Any, _: int) -> None:
    """Link the identifiers of today from nothing."""
    _link(connection, ("identifiers", "identity_edges", None), "links")


def compare(connection: Any, _: int) -> None:
    """Refuse links that came out otherwise beside those of the day before."""
    for one, other in (("links", "links_beside"), ("links_beside", "links")):
        query = f"select count(*) from (from {one} except from {other})"
        ((differing,),) = connection.execute(query).fetchall()
        if differing:
            sys.exit(f"{differing} rows of {one} are not in {other}")


def scipy(connection: Any, _: int) -> None:
    """Find components, without any date, by SciPy."""
    import numpy as np  # noqa: PLC0415 - each process loads what it measures
    from scipy.sparse import coo_matrix  # noqa: PLC0415
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    one, other, nodes = _ends(connection)
    links = coo_matrix((np.ones(len(one), dtype=np.int8), (one, other)), shape=(nodes, nodes))
    connected_components(links, directed=False)


def networkx(connection: Any, _: int) -> None:
    """Find components, without any date, by networkx."""
    import networkx as nx  # type: ignore[import-untyped]  # noqa: PLC0415

    one, other, nodes = _ends(connection)
    graph = nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(zip(one.tolist(), other.tolist(), strict=True))
    list(nx.connected_components(graph))


def _link(connection: Any, tables: tuple[str, str, str | None], target: str) -> None:
    """Write the table ``target`` as dbt does: in one transaction, from a relation."""
    connection.execute("begin")
    identifiers, edges, earlier = (name and connection.table(name) for name in tables)
    links = link_identifiers(connection, identifiers, edges, earlier)
    connection.register("returned", links)
    connection.execute(f"create table {target} as select * from returned")
    connection.execute("commit")


def _ends(connection: Any) -> tuple[NDArray[np.int32], NDArray[np.int32], int]:
    arrays = connection.execute(_ENDS_AS_NUMBERS).fetchnumpy()
    ((nodes,),) = connection.execute("select count(*) from identifiers").fetchall()
    return arrays["one"], arrays["other"], nodes


STEPS: dict[str, Callable[[Any, int], None]] = {
    step.__name__: step for step in (draw, day_before, incremental, full, compare, scipy, networkx)
}


def main(what: str, database: str, customers: str = "0") -> None:
    """Do one step."""
    with duckdb.connect(database) as connection:
        connection.execute(f"set memory_limit = '{MEMORY_LIMIT}'")
        connection.execute("set threads = 2")
        STEPS[what](connection, int(customers))


if __name__ == "__main__":
    main(*sys.argv[1:])
