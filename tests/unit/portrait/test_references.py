"""What a portrait is compared with: measured again from the packages, and stated by sources."""

import csv
from collections import Counter
from itertools import groupby

import duckdb
import pytest

from tessera.fetch import cdnow, complete_journey
from tessera.fetch.packages import find_package_folder
from tessera.portrait.feeds import name_feeds
from tessera.portrait.figures import FIGURES
from tessera.portrait.measuring import measure
from tessera.portrait.references import (
    MEASURED_SHOPS,
    PUBLISHED_FIGURES,
    Shop,
    load_measured,
    load_published,
    rounded,
    write_measured,
)

NAMES = {figure.name for figure in FIGURES}
DATA_SETS = {Shop.COMPLETE_JOURNEY: complete_journey.DATA_SET, Shop.CDNOW: cdnow.DATA_SET}


@pytest.mark.parametrize("shop", list(Shop))
def test_the_kept_figures_of_a_real_shop_are_those_that_are_measured_today(shop, tmp_path):
    data_set = DATA_SETS[shop]
    package = find_package_folder(data_set.import_name)
    if package is None:
        pytest.skip(f"{data_set.import_name} is not installed")
    with duckdb.connect() as connection:
        data_set.write_feeds(connection, package, tmp_path)
    with duckdb.connect() as connection:
        name_feeds(connection, tmp_path, tmp_path / "copies")
        found = measure(connection)
    kept = {name: rounded(value) for name, value in load_measured()[shop].items()}
    assert {name: rounded(value) for name, value in found.items()} == kept


def test_figures_measured_anew_take_the_place_of_the_old_ones_alone(tmp_path):
    path = tmp_path / "measured.csv"
    write_measured(Shop.CDNOW, {"customers": 2, "orders": 3}, path)
    write_measured(Shop.COMPLETE_JOURNEY, {"customers": 7}, path)
    write_measured(Shop.CDNOW, {"customers": 2.3456789}, path)
    assert path.read_text() == (
        "figure,shop,value\ncustomers,complete-journey,7\ncustomers,cdnow,2.34568\n"
    )


def test_the_kept_file_is_as_it_is_written(tmp_path):
    for shop, figures in load_measured().items():
        write_measured(Shop(shop), figures, tmp_path / "measured.csv")
    assert (tmp_path / "measured.csv").read_text() == MEASURED_SHOPS.read_text()


def test_every_published_row_has_as_many_fields_as_the_header():
    with PUBLISHED_FIGURES.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert [row for row in rows if len(row) != len(header)] == []


def test_published_figures_are_ranges_of_known_figures_with_a_source():
    for row in load_published():
        assert row.figure in NAMES
        assert row.low <= row.high
        assert row.url.startswith(("https://", "http://"))
        assert row.source
        assert row.says
        assert row.year is None or 1990 <= row.year <= 2026


def test_the_sources_of_a_figure_stand_together_and_in_the_order_of_the_catalogue():
    runs = [figure for figure, _ in groupby(row.figure for row in load_published())]
    assert [name for name, times in Counter(runs).items() if times > 1] == []
    assert runs == [figure.name for figure in FIGURES if figure.name in set(runs)]
