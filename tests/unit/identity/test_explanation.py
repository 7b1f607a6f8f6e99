"""Ann's account a was met with the address b on the 1st, b with the phone c on the 2nd."""

from datetime import datetime

import pytest

from tessera.identity.explanation import Link, earliest_path, without_each
from tessera.identity.masking import masked


def tie(one, other, day, *, strength=400.0, link_type="written together"):
    return Link(
        ends=(one, other),
        link_type=link_type,
        source="orders",
        known_at=datetime(2025, 1, day),  # noqa: DTZ001 - times of the warehouse carry no zone
        strength=strength,
    )


AB, BC, CD, AD = tie("a", "b", 1), tie("b", "c", 2), tie("c", "d", 5), tie("a", "d", 9)


def names(path):
    return [step.identifier_id for step in path]


def test_the_path_that_was_complete_first_is_told_not_the_shortest():
    assert names(earliest_path([AD, CD, BC, AB], "a", "d")) == ["b", "c", "d"]


def test_each_step_names_the_link_that_leads_there():
    assert [step.link for step in earliest_path([AB, BC], "a", "c")] == [AB, BC]


def test_a_path_runs_the_same_from_the_other_end():
    assert names(earliest_path([AB, BC, CD], "d", "a")) == ["c", "b", "a"]


def test_the_oldest_identifier_needs_no_path():
    assert earliest_path([AB, BC], "a", "a") == ()


def test_of_two_links_of_one_instant_the_stronger_came_first():
    weak = tie("a", "b", 1, strength=9.0, link_type="probable")
    assert earliest_path([weak, AB], "a", "b")[0].link == AB


def test_without_a_bridge_the_customer_falls_in_two():
    links = [AB, BC, CD, tie("a", "x", 3)]
    first, second, third = without_each(links, "a", earliest_path(links, "a", "d"))
    assert [first.lost, second.lost, third.lost] == [{"b", "c", "d"}, {"c", "d"}, {"d"}]
    assert first.detour == second.detour == third.detour == ()


def test_a_link_that_others_replace_loses_nobody():
    links = [AB, BC, CD, AD]
    found = without_each(links, "a", earliest_path(links, "a", "d"))
    assert [each.lost for each in found] == [frozenset()] * 3
    assert [names(each.detour) for each in found] == [["d"]] * 3


def test_a_second_link_between_the_same_two_stands_in():
    twin = tie("a", "b", 7, link_type="same account id")
    (found,) = without_each([AB, twin], "a", earliest_path([AB, twin], "a", "b"))
    assert [step.link for step in found.detour] == [twin]


@pytest.mark.parametrize(
    ("identifier_type", "value", "shown"),
    [
        ("email", "jane.doe@gmail.com", "j***@g***.com"),
        ("email", "x", "x***"),
        ("email", "@b", "***@***.b"),
        ("phone", "+493023125017", "+49***17"),
        ("contact_id", "C1", "C***"),
        ("anonymous_id", "3f1b2c7d9e", "3f1***9e"),
    ],
)
def test_an_identifier_is_shown_without_its_middle(identifier_type, value, shown):
    assert masked(identifier_type, value) == shown
