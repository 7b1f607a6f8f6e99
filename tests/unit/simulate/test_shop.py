import datetime as dt
import hashlib
import json
import shutil

import pyarrow.parquet as pq
import pytest

from tessera.simulate.settings import Dirt, Settings
from tessera.simulate.shop import SETTINGS, ShopFolderError, is_simulated, simulate_shop

FEEDS = {
    "orders", "order_lines", "products", "web_events", "contacts", "messages", "tickets",
    "feedback", "campaigns", "campaign_assignments", "campaign_outcomes", "costs",
    "rule_segments",
}  # fmt: skip
SMALL = Settings(customers=200, months=6, as_of=dt.date(2026, 1, 1), dirt=Dirt.HEAVY)
LARGE = Settings(customers=20_050, months=1)


def digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop") / "feeds"
    return folder, simulate_shop(SMALL, folder, lambda *_: None)


def test_thirteen_feeds_are_written_and_counted(shop):
    folder, rows = shop
    assert set(rows) == FEEDS
    for feed, count in rows.items():
        assert (
            pq.ParquetDataset(folder / f"{feed}").read().num_rows == count
            if (folder / feed).is_dir()
            else pq.read_metadata(folder / f"{feed}.parquet").num_rows == count
        )


def test_the_same_arguments_give_the_same_bytes(shop, tmp_path):
    folder, _ = shop
    simulate_shop(SMALL, tmp_path / "again", lambda *_: None)
    assert digests(tmp_path / "again") == digests(folder)


def test_another_seed_gives_another_shop(shop, tmp_path):
    folder, _ = shop
    other = Settings(customers=200, months=6, as_of=SMALL.as_of, dirt=SMALL.dirt, seed=8)
    simulate_shop(other, tmp_path / "other", lambda *_: None)
    assert (
        digests(tmp_path / "other")["orders/part-00000.parquet"]
        != (digests(folder)["orders/part-00000.parquet"])
    )


@pytest.fixture(scope="module")
def of_one_process(tmp_path_factory):
    """The folder of a shop whose people take two blocks, written one after the other."""
    folder = tmp_path_factory.mktemp("large") / "feeds"
    with pytest.MonkeyPatch.context() as machine:
        machine.setattr("tessera.simulate.shop.os.cpu_count", lambda: 1)
        simulate_shop(LARGE, folder, lambda *_: None)
    return folder


def test_several_processes_write_what_one_writes(of_one_process, tmp_path, monkeypatch):
    monkeypatch.setattr("tessera.simulate.shop.os.cpu_count", lambda: 2)
    simulate_shop(LARGE, tmp_path, lambda *_: None)
    assert digests(tmp_path) == digests(of_one_process)


def test_a_smaller_shop_leaves_nothing_of_the_larger_one(of_one_process, tmp_path):
    folder = shutil.copytree(of_one_process, tmp_path / "feeds")
    assert len(list((folder / "orders").iterdir())) == 2
    simulate_shop(Settings(customers=1, months=1), folder, lambda *_: None)
    assert [path.name for path in (folder / "orders").iterdir()] == ["part-00000.parquet"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "orders.csv").write_text("order_id\n")
    with pytest.raises(ShopFolderError, match="holds files that were not simulated"):
        simulate_shop(SMALL, tmp_path, lambda *_: None)
    assert (tmp_path / "orders.csv").read_text() == "order_id\n"


def test_a_folder_with_a_truth_of_its_own_is_left_alone(tmp_path):
    (tmp_path / "truth").mkdir()
    (tmp_path / "mine.csv").write_text("mine\n")
    with pytest.raises(ShopFolderError, match="holds files that were not simulated"):
        simulate_shop(SMALL, tmp_path, lambda *_: None)
    assert (tmp_path / "mine.csv").read_text() == "mine\n"


def test_a_shop_of_an_older_simulator_is_not_taken_for_todays(shop, tmp_path):
    folder, _ = shop
    (tmp_path / "truth").mkdir()
    recipe = json.loads((folder / SETTINGS).read_text())
    (tmp_path / SETTINGS).write_text(json.dumps(recipe))
    assert is_simulated(SMALL, tmp_path)
    (tmp_path / SETTINGS).write_text(json.dumps(recipe | {"simulator": "older"}))
    assert not is_simulated(SMALL, tmp_path)


@pytest.mark.parametrize("seed", range(6))
def test_a_shop_of_one_person_is_a_shop(tmp_path, seed):
    rows = simulate_shop(Settings(customers=1, months=1, seed=seed), tmp_path, lambda *_: None)
    assert set(rows) == FEEDS


def test_the_order_of_rows_does_not_tell_whose_they_are(shop):
    folder, _ = shop
    costs = pq.read_table(folder / "costs")
    assert len(set(costs["email"].to_pylist()[:50])) > 25
    contacts = pq.read_table(folder / "campaign_assignments")["contact_id"].to_pylist()
    accounts = pq.read_table(folder / "truth/identifiers").to_pandas()
    person = accounts.drop_duplicates("identifier_value").set_index("identifier_value").person
    found = person.reindex(contacts).dropna()
    assert 0.3 < (found.diff().dropna() > 0).mean() < 0.7


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "shop").write_text("")
    with pytest.raises(ShopFolderError, match="is a file"):
        simulate_shop(SMALL, tmp_path / "shop", lambda *_: None)


def test_a_shop_knows_its_settings_only_when_it_is_whole(shop, tmp_path):
    folder, _ = shop
    assert is_simulated(SMALL, folder)
    assert not is_simulated(Settings(), folder)
    assert not is_simulated(SMALL, tmp_path)
