"""The simulator's dirt ends as its truth says: kept, duplicate or rejected, to the row."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.fuzz.builds import FolderBuilder
from tessera.simulate.dirt import soil
from tessera.simulate.settings import Dirt
from tessera.simulate.world import random_stream
from tests.pipeline.clean_feeds import clean_feeds

ROOT = Path(__file__).parents[2]
AS_OF = np.datetime64("2026-01-01", "us")
SEED = 11


def planted(truth, feed, outcome):
    return sum(
        row["rows"]
        for row in truth.to_pylist()
        if row["feed"] == feed and row["outcome"] == outcome
    )


@pytest.fixture(scope="module")
def builder(tmp_path_factory):
    return FolderBuilder(ROOT, tmp_path_factory.mktemp("soiled"))


@pytest.mark.parametrize("dirt", [Dirt.REALISTIC, Dirt.HEAVY])
def test_each_feed_is_accounted_for_as_its_truth_says(builder, dirt):
    builder.clear()
    builder.feeds.mkdir()
    truths, delivered = [], {}
    for feed, table in clean_feeds().items():
        stream = random_stream(SEED, 0, f"dirt {feed}")
        delivered[feed], truth = soil(feed, table, dirt, stream, AS_OF)
        pq.write_table(delivered[feed], builder.feeds / f"{feed}.parquet")
        truths.append(truth)
    truth = pa.concat_tables(truths)

    outcome = builder.build(is_whole=False)

    assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
    found = {
        account.feed: (account.rows_in, account.rows_duplicate, account.rows_rejected)
        for account in builder.accounts()
    }
    assert sum(rejected for _, _, rejected in found.values()) > 0
    assert found == {
        feed: (
            table.num_rows,
            planted(truth, feed, "duplicate"),
            planted(truth, feed, "rejected"),
        )
        for feed, table in delivered.items()
    }
