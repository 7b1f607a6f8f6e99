"""Does nobody who was forgotten stay, or come back? One shop is built, erases Zoe, and is rebuilt.

Zoe has rows in every way a feed can name her: by contact, by two spellings of one address, by a
phone, by her browser alone, in a row that cannot be read, and in what Bob wrote about her.
"""

import csv
import re
import shutil
from pathlib import Path

import duckdb
import pytest
import yaml
from rich.console import Console

from tessera.commands.erasure import rewriting
from tessera.commands.forget import ForgetRequest, forget
from tessera.commands.project import environment_variables
from tessera.identity.spellings import Identifier, identifier_key, keys_of
from tessera.identity.tombstones import add_tombstones

FEEDS = Path(__file__).parent / "data/thirteen_feeds"
ROOT = Path(__file__).parents[2]

ADDED = yaml.safe_load((Path(__file__).parent / "data/forget.yml").read_text())

WRITTEN = (
    "crm-000017",
    "Zoe.Zorn@gmail.com",
    "zoezorn@gmail.com",
    "zoezorn+shop@gmail.com",
    "+49 30 23125017",
    "+493023125017",
    "cookie-4711-zoe",
    "Zoetje",
)
HASHED = tuple(
    identifier_key("demo", kind, value)
    for kind, value in (
        ("contact_id", "crm-000017"),
        ("email", "zoezorn@gmail.com"),
        ("phone", "+493023125017"),
        ("anonymous_id", "cookie-4711-zoe"),
    )
)
OTHERS = "select * from core.orders where order_id not like 'z%' order by order_id"


def add_rows(shop, rows_of_feeds):
    for feed, rows in rows_of_feeds.items():
        with (shop.feeds / f"{feed}.csv").open(newline="") as file:
            header = next(csv.reader(file))
        with (shop.feeds / f"{feed}.csv").open("a", newline="") as file:
            csv.DictWriter(file, header, lineterminator="\n").writerows(rows)


def forget_zoe(shop, value="zoe.zorn@gmail.com", **options):
    paths = {
        "TESSERA_PROJECT": str(ROOT),
        "TESSERA_DATABASE": str(shop.project.database),
        "TESSERA_RELEASES": str(shop.project.releases_folder),
        "TESSERA_IDENTITY_KEY": "demo",
    }
    request = ForgetRequest(value, None, "ci", "2025-02-01", is_confirmed=True, **options)
    console = Console(width=200, record=True, quiet=False, file=(shop.folder / "said").open("w"))
    with environment_variables(paths):
        code = forget(request, console)
    return code, console.export_text()


def cells_with(path, values):
    """Return table and column of every cell that holds one of the values, Jo Zoe's left out."""
    searched = re.compile("|".join(re.escape(value) for value in values), re.IGNORECASE)
    found = set()
    with duckdb.connect(path, read_only=True) as connection:
        for schema, table in connection.sql(
            "select schema_name, table_name from duckdb_tables() where not internal"
        ).fetchall():
            relation = connection.sql(f'select * from "{schema}"."{table}"')
            for row in relation.fetchall():
                for column, value in zip(relation.columns, row, strict=True):
                    if searched.search(str(value).replace("jo.zoe.zorn@gmail.com", "")):
                        found.add(f"{schema}.{table}.{column}")
    return found


def bytes_with(path, values):
    content = path.read_bytes()
    return {value for value in values if value.encode() in content}


@pytest.fixture(scope="module")
def built_with_zoe(shop_of, tmp_path_factory):
    shop = shop_of(FEEDS, tmp_path_factory.mktemp("forget"))
    add_rows(shop, ADDED["zoe"])
    add_rows(shop, ADDED["bob"])
    outcome = shop.build()
    assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
    return shop


@pytest.fixture
def shop(built_with_zoe, shop_at, tmp_path):
    shutil.copytree(built_with_zoe.folder, tmp_path / "shop", symlinks=True)
    return shop_at(tmp_path / "shop")


def everything(shop):
    return [shop.project.database, *(shop.project.releases_folder / "releases").glob("*.duckdb")]


def test_a_forgotten_person_is_in_no_cell_and_no_byte_and_does_not_come_back(shop):
    assert cells_with(shop.project.database, WRITTEN)
    others = shop.query(OTHERS)
    code, said = forget_zoe(shop)
    assert code == 0
    assert "zoe" not in said.lower()
    for path in everything(shop):
        assert cells_with(path, [*WRITTEN, *HASHED]) == set()
        assert bytes_with(path, [*WRITTEN[:-1], *HASHED]) == set()
    assert shop.query(OTHERS) == others
    told = "(forgotten) sent me. Not jo.zoe.zorn@gmail.com"
    assert shop.query("select body from pii.base_feeds__tickets where ticket_id = 't9'") == [
        (told,)
    ]

    add_rows(shop, ADDED["later"])
    outcome = shop.build()
    assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
    unmentioned = cells_with(shop.project.database, [*WRITTEN, *HASHED, "crm-000018", "23125-017"])
    assert unmentioned == {"pii.base_feeds__tickets.body"}  # Bob's own words, read again
    assert shop.query(OTHERS) == others
    assert shop.query(
        "select feed, count(*) from staging.rejected_rows "
        "where rejected_column = 'customer reference' and rejected_reason = 'was forgotten' "
        "and rejected_value is null group by feed order by feed"
    ) == [
        ("contacts", 2),
        ("feedback", 1),
        ("messages", 1),
        ("order_lines", 3),
        ("orders", 4),
        ("tickets", 1),
        ("web_events", 2),
    ]
    landed = shop.query(
        "select * exclude (source_rank) from pii.base_feeds__orders "
        "where rejected_reason = 'was forgotten'"
    )
    assert {sum(value is not None for value in row) for row in landed} == {4}


@pytest.mark.parametrize("swaps", [0, 1])
def test_after_a_crash_the_same_command_finishes_the_work(shop, monkeypatch, swaps):
    left = [swaps]
    rewrite = rewriting._require_no_wal

    def crashing(path):
        if path.suffix == ".part":
            left[0] -= 1
            if left[0] < 0:
                raise OSError("the machine went down")
        rewrite(path)

    monkeypatch.setattr(rewriting, "_require_no_wal", crashing)
    with pytest.raises(OSError, match="went down"):
        forget_zoe(shop)
    assert (shop.folder / "forgotten.csv").exists()
    assert cells_with(shop.project.database, WRITTEN)
    monkeypatch.undo()
    code, _ = forget_zoe(shop)
    assert code == 0
    for path in everything(shop):
        assert cells_with(path, [*WRITTEN, *HASHED]) == set()


def test_releases_are_cleaned_even_when_a_build_has_forgotten_the_person_already(
    shop, built_with_zoe
):
    forget_zoe(shop)
    for release in (built_with_zoe.project.releases_folder / "releases").iterdir():
        shutil.copy(release, shop.project.releases_folder / "releases" / release.name)
    assert any(cells_with(path, HASHED) for path in everything(shop))
    code, said = forget_zoe(shop)
    assert code == 0
    assert "Forgotten before" in said
    assert not any(cells_with(path, HASHED) for path in everything(shop))


@pytest.fixture
def shop_in_brackets(built_with_zoe, shop_at, tmp_path):
    """To DuckDB the name of this folder is a pattern that fits another one."""
    shutil.copytree(built_with_zoe.folder, tmp_path / "shop [1]", symlinks=True)
    return shop_at(tmp_path / "shop [1]")


def test_a_bare_dbt_run_keeps_the_forgotten_out(shop_in_brackets):
    shop = shop_in_brackets
    keys = keys_of("demo", Identifier("contact_id", "crm-000017"))
    tombstones = {("contact_id", key) for key in keys}
    add_tombstones(shop.folder / "forgotten.csv", "demo", tombstones, "2025-02-01")
    assert shop.run("--select", "base_feeds__contacts") == {}
    assert shop.query(
        "select count(*), count(contact_id), count(email) from pii.base_feeds__contacts "
        "where rejected_reason = 'was forgotten'"
    ) == [(1, 0, 0)]


@pytest.mark.parametrize("written_with", ["another secret", None])
def test_tombstones_that_recognise_nobody_stop_the_build(shop, written_with):
    path = shop.folder / "forgotten.csv"
    if written_with:
        add_tombstones(path, written_with, (), "2025-02-01")
    else:
        path.touch()
    failures = shop.run("--select", "base_feeds__contacts")
    assert "TESSERA_IDENTITY_KEY, or is damaged" in failures["base_feeds__contacts"]


def test_a_dry_run_changes_nothing(shop):
    before = shop.project.database.read_bytes()
    code, said = forget_zoe(shop, is_dry_run=True)
    assert code == 0
    assert "core.order_versions" in said
    assert shop.project.database.read_bytes() == before
    assert not (shop.folder / "forgotten.csv").exists()


@pytest.mark.parametrize("value", ["nobody@example.com", "17"])
def test_a_value_that_nobody_has_is_refused(shop, value):
    code, said = forget_zoe(shop, value)
    assert code == 3
    assert "nobody in the last build" in said
    assert value not in said
