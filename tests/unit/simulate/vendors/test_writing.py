import datetime as dt
import hashlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from tessera.simulate.settings import Dirt, Format, Settings, SettingsError
from tessera.simulate.shop import VARS, is_simulated, simulate_shop
from tessera.simulate.vendors import writing
from tessera.simulate.vendors.registry import Vendor

CLEAN = Settings(customers=60, months=3, as_of=dt.date(2026, 1, 1), dirt=Dirt.NONE)
AS_VENDORS = Settings(
    customers=60, months=3, as_of=dt.date(2026, 1, 1), dirt=Dirt.NONE, format=Format.VENDORS
)


def exported(shop):
    """A writer of a vendor that has one table of the whole shop, and one of each block."""
    if shop.number is None:
        yield "item", shop.feeds["products"].select(["product_id"])
    else:
        yield "sale", shop.feeds["orders"].select(["order_id", "recorded_at"])


SHOPIFY = Vendor("shopify", exported, {"item": "csv"}, {"shopify.sale": {"store_id": "place"}})


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vendors") / "shop"
    with pytest.MonkeyPatch.context() as only:
        only.setattr(writing, "simulated_vendors", lambda: [SHOPIFY])
        rows = simulate_shop(AS_VENDORS, folder, lambda *_: None)
    return folder, rows


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plain") / "shop"
    simulate_shop(CLEAN, folder, lambda *_: None)
    return folder


def test_a_vendors_tables_lie_in_its_folder_and_are_counted(shop):
    folder, rows = shop
    assert (
        rows["shopify/item"]
        == len((folder / "shopify/item/whole_shop.csv").read_text().splitlines()) - 1
    )
    sales = pq.read_table(folder / "shopify/sale/part-00000.parquet")
    assert rows["shopify/sale"] == sales.num_rows
    assert sales["recorded_at"].to_pylist() == sorted(sales["recorded_at"].to_pylist())


def test_feeds_that_no_vendor_carries_stay_plain_and_the_others_are_not_there(shop):
    folder, _ = shop
    assert {path.name for path in folder.iterdir()} == {
        "truth", "shopify", "feedback", "costs", "rule_segments", "campaign_outcomes",
    }  # fmt: skip


def test_it_is_the_same_shop_under_other_ids(shop, plain):
    folder, _ = shop
    ours = pq.read_table(plain / "orders")["order_id"].to_pylist()
    theirs = pq.read_table(folder / "shopify/sale")["order_id"].to_pylist()
    assert sorted(theirs) == sorted(each.removeprefix("O") for each in ours)


def test_the_truth_goes_by_the_ids_of_the_vendors(shop):
    folder, _ = shop
    contacts = set(pq.read_table(folder / "truth/contacts")["contact_id"].to_pylist())
    named = pq.read_table(folder / "rule_segments")["contact_id"].to_pylist()
    assert named
    assert contacts.issuperset(named)
    assert {each[:3] for each in contacts} == {"003"}


def test_the_vars_that_switch_it_on_are_written_beside_the_truth(shop):
    folder, _ = shop
    assert yaml.safe_load((folder / VARS).read_text()) == {
        "connectors": ["shopify"],
        "connector_fields": {"shopify.sale": {"store_id": "place"}},
    }


def test_a_folder_of_feeds_is_not_taken_for_one_of_exports(shop, plain):
    folder, _ = shop
    assert is_simulated(AS_VENDORS, folder)
    assert not is_simulated(CLEAN, folder)
    assert not is_simulated(AS_VENDORS, plain)


def test_exports_know_no_dirt():
    with pytest.raises(SettingsError, match="dirt must be none; got: heavy"):
        Settings(dirt=Dirt.HEAVY, format=Format.VENDORS)


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    def digests(folder):
        simulate_shop(AS_VENDORS, folder, lambda *_: None)
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }

    assert digests(tmp_path / "one") == digests(tmp_path / "other")


def test_a_table_that_has_no_format_of_its_own_is_parquet(shop):
    folder, _ = shop
    schema = pq.read_schema(folder / "shopify/sale/part-00000.parquet")
    assert schema.field("order_id").type == pa.string()
