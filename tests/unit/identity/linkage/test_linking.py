"""Who is linked, and since when; full blocks admit nobody; one weak bridge glues no groups."""

from tessera.identity import linkage
from tessera.identity.linkage import workbench
from tessera.identity.linkage.blocking import MOST_IN_BLOCK
from tessera.identity.linkage.grouping import Pair, link_pairs
from tessera.identity.linkage.records import COMPARED_COLUMNS
from tests.unit.identity.linkage.conftest import LATER_DAY, TWICE, person, run, table


def test_both_contacts_of_a_person_are_linked_when_the_later_is_known(town, nicknames, fitted):
    links = linkage.link_contacts(table(town), nicknames, fitted, run("first"))
    found = set(zip(links["identifier_id_a"], links["identifier_id_b"], strict=True))
    assert found == {(f"contact {n:04d}", f"contact {n:04d} again") for n in range(TWICE)}
    assert set(links["known_at"]) == {LATER_DAY}


def test_contacts_that_are_added_change_no_earlier_link(town, nicknames, fitted):
    late = [
        {**person(number), "known_at": LATER_DAY.replace(month=6)} for number in range(250, 300)
    ]
    before = linkage.link_contacts(table(town), nicknames, fitted, run("first"))
    after = linkage.link_contacts(table([*town, *late]), nicknames, fitted, run("first"))
    assert after[after["known_at"] <= LATER_DAY].reset_index(drop=True).equals(before)


def test_a_run_without_a_model_links_nobody(town, nicknames, fitted):
    assert len(linkage.link_contacts(table(town), nicknames, fitted, run("another"))) == 0


def test_a_block_that_would_explode_is_left_out(nicknames):
    crowd = [{**person(number), "postcode": "1"} for number in range(MOST_IN_BLOCK + 1)]
    with workbench.opened(table(crowd), nicknames, COMPARED_COLUMNS) as bench:
        blocks = "count(block_postcode), count(block_street)"
        assert bench.execute(f"select {blocks} from blocked").fetchall() == [(0, 101)]


def _pair(a, b, probability=1.0):
    return Pair(1, probability, 9.0, a, b, probability, probability >= 0.9)


def test_one_bridge_joins_single_contacts_but_no_two_groups_of_three():
    bridge = _pair(2, 3, 0.95)
    assert [link.pair for link in link_pairs([bridge], 6)] == [bridge]
    left, right = [_pair(0, 1), _pair(0, 2), _pair(1, 2)], [_pair(3, 4), _pair(3, 5), _pair(4, 5)]
    assert bridge not in [link.pair for link in link_pairs([*left, *right, bridge], 6)]


def test_a_bridge_holds_from_the_moment_at_which_other_pairs_support_it():
    left, right = [_pair(0, 1), _pair(0, 2), _pair(1, 2)], [_pair(3, 4), _pair(3, 5), _pair(4, 5)]
    bridge, support = _pair(2, 3, 0.95), _pair(1, 4)._replace(known_at=2)
    links = link_pairs([*left, *right, bridge, support], 6)
    assert {link.known_at for link in links if link.pair in (bridge, support)} == {2}
