import duckdb
import pandas as pd

from tessera import runs

CONTEXT = """
select
    'run' as run_id, timestamp '2024-03-02 08:00:00' as run_started_at,
    timestamp '2024-03-01' as as_of, timestamp '2024-03-01' as observed_until,
    'seeds/demo_shop' as feeds_folder, 'warehouse' as releases_folder, 7 as seed,
    true as accepts_volumes
"""


def test_the_run_is_the_row_of_run_context():
    run = runs.load_run(duckdb.sql(CONTEXT))
    assert run == runs.Run(
        run_id="run",
        run_started_at=pd.Timestamp("2024-03-02 08:00:00"),
        as_of=pd.Timestamp("2024-03-01"),
        feeds_folder="seeds/demo_shop",
        seed=7,
        accepts_volumes=True,
    )


def test_releases_go_where_run_context_says():
    assert str(runs.load_releases_folder(duckdb.sql(CONTEXT))) == "warehouse"
