import pytest

from tessera.gates.connection import MAX_FETCHED_ROWS, EagerConnection


def test_rows_outlive_the_next_statement(connection):
    first, second = (EagerConnection(connection).cursor() for _ in range(2))
    first.execute("select range from range(3)")
    second.execute("select 7")
    assert first.fetchone() == (0,)
    assert first.fetchall() == [(1,), (2,)]
    assert first.fetchone() is None
    assert second.fetchall() == [(7,)]


def test_rows_beyond_the_limit_are_never_silently_missing(connection):
    cursor = EagerConnection(connection).cursor()
    cursor.execute(f"select range from range({MAX_FETCHED_ROWS + 5})")
    assert cursor.fetchmany(3) == [(0,), (1,), (2,)]
    with pytest.raises(ValueError, match="more than 10000 rows in memory"):
        cursor.fetchall()


def test_a_sample_holds_the_smallest_offenders(connection):
    cursor = EagerConnection(connection).cursor()
    cursor.execute("select 9 - range as n from range(9) \n LIMIT $1", [2])
    assert cursor.fetchall() == [(1,), (2,)]


def test_transactions_are_left_alone(connection):
    connection.execute("begin")
    connection.execute("create table noted as select 1 as one")
    eager = EagerConnection(connection)
    for ask in (eager.begin, eager.rollback, eager.commit, eager.close):
        ask()
    assert connection.execute("select one from noted").fetchall() == [(1,)]
    connection.execute("rollback")
