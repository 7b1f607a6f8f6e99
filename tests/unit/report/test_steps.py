"""A month is from one snapshot to the next, and not the hours from the first of it to the build."""

from datetime import datetime

import duckdb

from tessera.commands.report_reader import read_answers
from tessera.report.sections import migrations
from tessera.report.sections.segment_parts import flows

FIRST, LATER = datetime(2018, 1, 1), datetime(2018, 1, 1, 4)  # noqa: DTZ001 - as DuckDB returns it
BEFORE = datetime(2017, 12, 1)  # noqa: DTZ001


def test_a_step_of_hours_is_no_month(tmp_path):
    path = tmp_path / "tessera.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.segment_migrations as "
            "select unnest(?::timestamp[]) as snapshot_at, 's1' as from_segment_id, "
            "'One' as from_segment_name, 's2' as to_segment_id, 'Two' as to_segment_name, "
            "5 as customers, 1.0 as share",
            [[BEFORE, FIRST, LATER]],
        )
    answers = read_answers(path, [*migrations.QUERIES, *flows.QUERIES])
    assert answers["migrations"].distinct("snapshot_at") == [BEFORE, FIRST]
    assert answers["monthly_moves"].distinct("snapshot_at") == [FIRST, BEFORE]
    assert answers["newest_migrations"].distinct("snapshot_at") == [FIRST]
