from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from tessera.simulate.web.truth import web_truth


def test_sessions_of_the_truth_are_those_of_the_feed(events, truth):
    refs = truth["sessions"]["session_ref"].to_pylist()
    assert len(set(refs)) == len(refs)
    assert set(refs) == set(events["session_ref"].to_pylist())


def test_cookies_of_the_truth_are_those_of_the_feed(events, truth):
    for column in ("anonymous_id", "device_id"):
        told = set(truth["cookies"][column].to_pylist())
        seen = set(events[column].to_pylist())
        assert seen - told == set()
        assert all(each is None or each.startswith("kiosk") for each in told - seen)


def test_everybody_but_crawlers_is_somebody(truth):
    is_bot = pc.equal(truth["sessions"]["purpose"].cast(pa.string()), "bot")
    assert pc.all(pc.equal(pc.is_null(truth["sessions"]["person"]), is_bot)).as_py()


def test_cookies_of_nobody_are_those_of_crawlers_and_kiosks(truth):
    is_mine = pc.equal(truth["cookies"]["kind"].cast(pa.string()), "person")
    assert pc.all(pc.equal(pc.is_valid(truth["cookies"]["person"]), is_mine)).as_py()


def test_truth_counts_people_over_the_whole_shop(block, traffic):
    shifted = replace(block, people=replace(block.people, number=block.people.number + 20_000))
    people = web_truth(shifted, traffic)["sessions"]["person"]
    assert pc.min(people).as_py() >= 20_000


def test_kiosks_are_told_of_in_the_first_block_alone(block, traffic):
    later = web_truth(replace(block, number=1), traffic)["cookies"]
    kinds = [web_truth(block, traffic)["cookies"]["kind"].to_pylist(), later["kind"].to_pylist()]
    assert [each.count("kiosk") for each in kinds] == [3, 0]


def test_a_cookie_is_valid_for_some_time(truth):
    cookies = truth["cookies"]
    assert pc.all(pc.less(cookies["valid_from"], cookies["valid_to"])).as_py()
