"""The Python models, called as dbt calls them, on a connection without dbt."""

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest

MODELS = Path(__file__).parents[3] / "python_models" / "identity"


class Dbt:
    """What a Python model sees of dbt: other tables and its own."""

    def __init__(self, connection, name):
        self.ref = connection.table
        self.this = This(name)


class This(SimpleNamespace):
    def __init__(self, name):
        super().__init__(schema="main", identifier=name)

    def __str__(self):
        return f'"main"."{self.identifier}"'


@pytest.fixture
def run(connection):
    def run(name):
        spec = importlib.util.spec_from_file_location(name, MODELS / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        session = connection.cursor()
        session.execute("begin")
        relation = module.model(Dbt(session, name), session)
        session.register("returned", relation)
        session.execute(f"create table new_{name} as select * from returned")
        session.execute(f"drop table if exists {name}")
        session.execute(f"alter table new_{name} rename to {name}")
        session.execute("commit")
        return connection.table(name)

    return run


PEOPLE = [
    ("ann", "customer_ref", 0),
    ("bob", "customer_ref", 1),
    ("mail", "email", 2),
    *[(f"other {number}", "email", 3) for number in range(6)],
]
EDGES = [("ann", "mail", 3, 2), ("other 0", "other 1", 4, 1)]


def test_identity_links_remembers_its_last_run(connection, small_graph, run, rows):
    small_graph(PEOPLE, EDGES).tables(connection)
    run("identity_links")
    connection.execute("update identity_links set source = 'as remembered'")
    edges = [*EDGES, ("bob", "other 5", 9, 1)]
    small_graph(PEOPLE, edges).tables(connection)
    links = {row[0]: row for row in rows(run("identity_links"))}
    assert links["mail"][6:8] == ("as remembered", "ann")
    assert links["other 5"][6:8] == ("orders", "bob")


def test_a_table_of_another_version_is_not_remembered(connection, small_graph, run, rows):
    graph = small_graph(PEOPLE, EDGES)
    graph.tables(connection)
    connection.execute("create table identity_links as select 'ann' as identifier_id")
    assert rows(run("identity_links")) == graph.linked_in_order()


def test_split_links_cuts_what_contradicts_itself(connection, small_graph, run, rows):
    small_graph(PEOPLE, [*EDGES, ("bob", "mail", 1, 1)]).tables(connection)
    connection.execute(
        "create table identity_limits as "
        "select 'person' as identifier_type, 'customer_ref' as meets_type, 1 as most"
    )
    run("identity_links")
    links = rows(run("split_links"))
    assert {row[0]: row[7] for row in links} == {"ann": "ann", "mail": "ann", "bob": "bob"}
