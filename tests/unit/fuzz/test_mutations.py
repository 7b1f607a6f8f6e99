import csv
import io
from pathlib import Path

import pytest

from benchmarks.fuzz.mutations import (
    KINDS,
    Mutation,
    counted_rows,
    draw_plan,
    mutated_files,
    read_plan,
    write_files,
)
from benchmarks.fuzz.small_shop import FEEDS, read_small_shop

DEMO_SHOP = Path(__file__).parents[3] / "seeds/demo_shop"


@pytest.fixture(scope="module")
def shop():
    """Thirty rows of each feed, for speed."""
    whole = read_small_shop(DEMO_SHOP)
    return {feed: table.with_rows(list(table.rows[:30])) for feed, table in whole.items()}


def read_rows(content):
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def test_the_small_shop_has_all_thirteen_feeds(shop):
    assert set(shop) == set(FEEDS)
    assert all(table.rows for table in shop.values())


def test_without_mutations_the_files_are_the_demo_shop():
    files = mutated_files(read_small_shop(DEMO_SHOP), ())
    assert files["orders.csv"] == (DEMO_SHOP / "orders.csv").read_bytes()
    assert set(files) == {f"{feed}.csv" for feed in FEEDS}


@pytest.mark.parametrize("kind", KINDS)
def test_every_mutation_can_be_done_to_any_feed_and_again_alike(shop, kind):
    for seed, feed in enumerate(FEEDS):
        plan = (Mutation(kind, feed, seed),)
        files = mutated_files(shop, plan)
        assert files == mutated_files(shop, plan)
        others = {name: content for name, content in files.items() if not name.startswith(feed)}
        assert len(others) >= len(FEEDS) - 3  # orders: order_lines, campaign: its two others


def test_mutations_bite(shop):
    before = mutated_files(shop, ())
    same = {
        kind
        for kind in KINDS
        if all(mutated_files(shop, (Mutation(kind, "orders", n),)) == before for n in range(5))
    }
    assert same == set()


def test_a_plan_reads_back_as_it_was_written(shop):
    plan = draw_plan(seed=1, number=7)
    assert read_plan(" ".join(map(str, plan))) == plan
    assert 1 <= len(plan) <= 4
    with pytest.raises(ValueError, match="no mutation 'melt:orders:1'"):
        read_plan("melt:orders:1")


def test_rows_are_counted_where_a_mutation_leaves_them_countable(shop):
    plan = read_plan("repeat_all_rows:products:1 truncate:orders:2 put_quotes:contacts:3")
    counted = counted_rows(shop, plan)
    assert counted["products"] == 2 * len(shop["products"].rows)
    assert counted["contacts"] == len(read_rows(mutated_files(shop, plan)["contacts.csv"])) - 1
    assert "orders" not in counted


def test_values_are_changed_before_bytes_whatever_the_order_of_the_plan(shop):
    one = read_plan("gzipped:orders:1 keep_no_row:orders:2")
    other = read_plan("keep_no_row:orders:2 gzipped:orders:1")
    assert mutated_files(shop, one) == mutated_files(shop, other)


def test_files_are_written_into_folders_of_their_own(shop, tmp_path):
    write_files(mutated_files(shop, read_plan("parts:orders:1 empty_folder:costs:1")), tmp_path)
    assert (tmp_path / "orders/c.csv").is_file()
    assert not any((tmp_path / "costs").iterdir())
    assert (tmp_path / "products.csv").is_file()


def test_flipped_bytes_differ_in_few_places(shop):
    whole = mutated_files(shop, ())["orders.csv"]
    flipped = mutated_files(shop, read_plan("flip_bytes:orders:1"))
    differing = sum(a != b for a, b in zip(whole, flipped["orders.csv"], strict=True))
    assert 1 <= differing <= 100
