"""A model is fitted once, the same each time, says nothing of anybody, and holds for a while."""

import numpy as np
import pytest

from tessera.identity import linkage
from tessera.identity.linkage import training, workbench
from tessera.identity.linkage.records import informative_columns
from tests.unit.identity.linkage.conftest import person, run, table


@pytest.mark.parametrize("threads", [1, 4])
def test_a_second_fit_writes_the_same_text_on_any_number_of_threads(
    town, nicknames, nothing_remembered, fitted, threads, monkeypatch
):
    monkeypatch.setattr(workbench.opened.__wrapped__, "__defaults__", (threads,))
    second = linkage.fit_linkage(table(town), nicknames, nothing_remembered, run("second"))
    assert second["model_text"].item() == fitted["model_text"].item()
    assert second["model_id"].item() == fitted["model_id"].item()


def test_contacts_that_are_added_change_no_model(town, nicknames, fitted):
    more = table([*town, *(person(number) for number in range(250, 300))])
    kept = linkage.fit_linkage(more, nicknames, fitted, run("second"))
    assert kept["model_id"].tolist() == fitted["model_id"].tolist()
    assert kept["candidate_in_run_id"].tolist() == ["second"]


def test_another_recipe_is_another_fit(town, nicknames, fitted):
    other = linkage.fit_linkage(table(town), nicknames, fitted, run("second", seed=8))
    assert sorted(other["candidate_in_run_id"]) == ["first", "second"]


def test_contacts_of_another_shop_are_another_fit(nicknames, fitted):
    strangers = [{**person(number), "identifier_id": f"stranger {number}"} for number in range(250)]
    other = linkage.fit_linkage(table(strangers), nicknames, fitted, run("second"))
    assert sorted(other["candidate_in_run_id"]) == ["first", "second"]


def test_no_name_street_or_city_stands_in_the_registry(town, fitted):
    written = fitted.to_csv().lower()
    for column in ("first_name", "last_name", "street", "city", "identifier_id"):
        assert [row[column] for row in town if row[column] in written] == []


def test_columns_that_are_empty_or_always_alike_do_not_take_part(town):
    everywhere_alike = [{**row, "city": "moorton"} for row in town]
    assert informative_columns(table(everywhere_alike)) == [
        "first_name",
        "last_name",
        "birth_date",
        "street",
        "postcode",
    ]


@pytest.mark.parametrize("contacts", [0, 199])
def test_too_few_contacts_give_neither_model_nor_links_but_typed_tables(
    town, nicknames, nothing_remembered, contacts
):
    few = table(town[:contacts])
    models = linkage.fit_linkage(few, nicknames, nothing_remembered, run("first"))
    links = linkage.link_contacts(few, nicknames, models, run("first"))
    assert list(models.columns) == linkage.CONTACT_LINKAGE_MODELS_SCHEMA.names
    assert list(links.columns) == linkage.CONTACT_LINKS_SCHEMA.names
    assert len(models) == len(links) == 0


def test_names_alone_fit_nothing(town, nicknames, nothing_remembered):
    names = ("contact_record_id", "identifier_id", "first_name", "last_name", "known_at")
    only_names = table([{name: row[name] for name in names} for row in town])
    assert len(linkage.fit_linkage(only_names, nicknames, nothing_remembered, run("first"))) == 0


def test_matches_that_mostly_differ_in_a_name_are_namesakes_and_teach_nothing():
    own = {"last_name": np.array([80.0, 8.0, 12.0]), "gender": np.array([1.0, 99.0])}
    namesakes = {"last_name": np.array([10.0, 8.0, 82.0])}
    assert training._are_of_one_person(own)
    assert not training._are_of_one_person(namesakes)
