"""Whatever is done to the feeds, a build ends well or in one clear error."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from benchmarks.fuzz.builds import FolderBuilder
from benchmarks.fuzz.measure import Trials
from benchmarks.fuzz.mutations import KINDS, LARGEST_SEED, MOST_MUTATIONS, Mutation, read_plan
from benchmarks.fuzz.small_shop import FEEDS
from benchmarks.fuzz.verdicts import Ending

ROOT = Path(__file__).parents[2]
MUTATIONS = st.builds(
    Mutation, st.sampled_from(KINDS), st.sampled_from(FEEDS), st.integers(0, LARGEST_SEED)
)
PLANS = st.lists(MUTATIONS, min_size=1, max_size=MOST_MUTATIONS).map(tuple)


@pytest.fixture(scope="module")
def trials(tmp_path_factory):
    return Trials(FolderBuilder(ROOT, tmp_path_factory.mktemp("fuzz")), ROOT / "seeds/demo_shop")


@settings(
    max_examples=2,  # `make fuzz` tries hundreds
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@example(plan=read_plan("noise:orders:1 damaged_parquet:contacts:1 no_header:tickets:1"))
@example(plan=read_plan("put_numbers:order_lines:382842284"))
@example(plan=read_plan("title_line:contacts:1 unbalanced_quote:products:1 hidden_gzip:orders:1"))
@given(plan=PLANS)
def test_a_mutated_folder_ends_in_a_clean_build_or_one_clear_error(trials, plan):
    trial = trials.run(plan)
    assert trial.verdict.ending is not Ending.CRASH, f"{trial.verdict.words}\n{trial.recipe}"
