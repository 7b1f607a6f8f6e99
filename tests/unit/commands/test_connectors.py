"""Which connectors there are and which are on is asked before dbt is started."""

import pytest

from tessera.check.project_map import ProjectMap
from tessera.commands import CommandError
from tessera.commands.connectors import KnownConnector, known_connectors
from tessera.commands.folder_reader import strangers, switched_off, unread_files
from tessera.commands.project import Project, require_feeds


@pytest.fixture
def project(tmp_path):
    """A project with two connectors, of which one brings orders, and with plain feeds."""
    for folder, file in (
        ("feeds", "_feeds__sources.yml"),
        ("currencies", "_currencies__models.yml"),
        ("shopify", "_shopify__sources.yml"),
        ("shopify", "stg_shopify__orders.sql"),
        ("mailchimp", "_mailchimp__sources.yml"),
    ):
        path = tmp_path / "models/staging" / folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "dbt_project.yml").write_text("vars:\n  connectors: [mailchimp]\n")
    return Project(tmp_path, tmp_path / "build.duckdb", tmp_path)


def test_a_connector_is_a_folder_of_staging_with_a_source_of_its_own(project):
    assert known_connectors(project, {}) == [
        KnownConnector("mailchimp", brings_orders=False, is_on=True),
        KnownConnector("shopify", brings_orders=True, is_on=False),
    ]


@pytest.mark.parametrize(
    ("variables", "on"),
    [
        ({"seed": 3}, ["mailchimp"]),
        ({"connectors": ["shopify"]}, ["shopify"]),
        ({"connectors": []}, []),
        ({"connectors": "shopify"}, []),
    ],
)
def test_connectors_are_switched_on_by_the_command_line_else_by_the_project(project, variables, on):
    assert [each.name for each in known_connectors(project, variables) if each.is_on] == on


@pytest.fixture
def feeds(tmp_path):
    folder = tmp_path / "data"
    (folder / "Shopify").mkdir(parents=True)
    (folder / "Shopify" / "order.csv").touch()
    (folder / "costs.csv").touch()
    return folder


def test_a_folder_without_orders_is_answered_with_the_connector_that_would_bring_them(
    project, feeds
):
    (feeds / "mailchimp").mkdir()
    with pytest.raises(CommandError, match=r"--vars 'connectors: \[mailchimp, shopify\]'"):
        require_feeds(project, feeds, {}, known_connectors(project, {}))


def test_exports_of_which_none_brings_orders_are_answered_with_those_that_would(project, feeds):
    (feeds / "Shopify").rename(feeds / "mailchimp")
    with pytest.raises(CommandError, match="none brings orders; connectors that do: shopify"):
        require_feeds(project, feeds, {}, known_connectors(project, {}))


def test_a_connector_that_brings_orders_is_enough_for_a_build(project, feeds):
    on = {"connectors": ["shopify"]}
    assert require_feeds(project, feeds, {}, known_connectors(project, on)) == "data"


def test_vendors_folders_are_no_strangers_among_the_feeds(feeds):
    (feeds / "notes.txt").touch()
    map_of_project = ProjectMap((), {}, {"shopify": ["order"]})
    assert unread_files(feeds, ["costs"], map_of_project.connectors) == ["notes.txt"]
    assert switched_off(feeds, map_of_project) == ["Shopify"]


def test_what_bears_no_tables_name_is_a_stranger_in_a_vendors_folder(feeds):
    shopify = feeds / "Shopify"
    for name in ("_SUCCESS", "README.md", "invoices.csv", "refund/part.csv", "export.xlsx"):
        (shopify / name).parent.mkdir(exist_ok=True)
        (shopify / name).touch()
    known = [shopify / "order.csv", shopify / "refund" / "part.csv"]
    assert strangers(shopify, known) == ["Shopify/export.xlsx", "Shopify/invoices.csv"]
