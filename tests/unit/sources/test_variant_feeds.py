"""A variant's folder holds what its sources bring: whole feeds, parts of feeds, and no more."""

from __future__ import annotations

import duckdb
import pytest

from benchmarks.sources.catalogue import SOURCES, Variant, all_variants
from benchmarks.sources.variant_feeds import UnknownFeedError, sources_of, write_variant

FEEDS = (
    *("orders", "order_lines", "products", "contacts", "web_events", "messages", "tickets"),
    *("campaigns", "campaign_assignments", "campaign_outcomes"),
    *("feedback", "costs", "rule_segments"),
)
MESSAGES = """
select * from (values
    ('m1', 'order_follow_up', 'email'), ('m2', null, 'sms'), ('m3', 'welcome_back', 'email'),
    ('m4', null, 'email')
) as rows (message_event_id, campaign_id, channel)
"""
# v1 never tells an address, v4 does once, and an app's rows are its own
EVENTS = """
select *, if(event_id = 'e8', 'Googlebot/2.1', 'mobile') as device from (values
    ('e1', 'v1', null, null), ('e2', 'v1', null, null), ('e3', 'v4', null, 'ann@shop.example'),
    ('e4', 'v4', null, null), ('e5', null, 'd1', null), ('e6', null, null, null),
    ('e7', 'v5', null, null), ('e8', 'v7', null, null)
) as rows (event_id, anonymous_id, device_id, email)
"""


@pytest.fixture
def shop(tmp_path):
    folder = tmp_path / "shop"
    whole = ("orders", "order_lines", "contacts", "campaign_assignments", "tickets")
    shared = {"messages": MESSAGES, "web_events": EVENTS}
    for feed, query in (dict.fromkeys(whole, "select 1 as n") | shared).items():
        (folder / feed).mkdir(parents=True)
        duckdb.sql(query).write_parquet(str(folder / feed / "part-0.parquet"))
    duckdb.sql("select 2 as n").write_parquet(str(folder / "products.parquet"))
    (folder / "truth").mkdir()
    return folder


def ids_of(file):
    return {row[0] for row in duckdb.sql(f"from read_parquet('{file}')").fetchall()}


def test_whole_feeds_are_links_and_what_no_source_brings_is_not_there(shop, tmp_path):
    write_variant(shop, Variant("one", frozenset({"shop", "zendesk"})), tmp_path / "feeds")
    names = sorted(path.name for path in (tmp_path / "feeds").iterdir())
    assert names == ["order_lines", "orders", "products.parquet", "tickets"]
    assert all(path.is_symlink() for path in (tmp_path / "feeds").iterdir())


def test_of_a_shared_feed_the_rows_of_the_kept_source_are_written(shop, tmp_path):
    write_variant(shop, Variant("one", frozenset({"klaviyo"})), tmp_path / "feeds")
    assert ids_of(tmp_path / "feeds/messages.parquet") == {"m1", "m2"}


@pytest.mark.parametrize("feed", ["messages", "web_events"])
def test_every_row_of_a_shared_feed_comes_from_exactly_one_source(feed, shop, tmp_path):
    found = []
    for name in sources_of(feed):
        write_variant(shop, Variant(name, frozenset({name})), tmp_path / name)
        found += [*ids_of(tmp_path / name / f"{feed}.parquet")]
    assert sorted(found) == sorted(ids_of(shop / feed / "*.parquet"))


def test_a_browser_that_told_an_address_or_is_a_crawler_is_not_watched_by_ga4(shop, tmp_path):
    write_variant(shop, Variant("one", frozenset({"ga4"})), tmp_path / "feeds")
    assert ids_of(tmp_path / "feeds/web_events.parquet") == {"e7"}


def test_a_folder_of_an_earlier_variant_is_replaced(shop, tmp_path):
    write_variant(shop, Variant("one", frozenset(SOURCES)), tmp_path / "feeds")
    write_variant(shop, Variant("two", frozenset({"shop"})), tmp_path / "feeds")
    assert not (tmp_path / "feeds/tickets").exists()
    assert (shop / "tickets/part-0.parquet").exists()


def test_a_feed_without_a_source_is_refused_by_name(shop, tmp_path):
    (shop / "surveys.parquet").touch()
    with pytest.raises(UnknownFeedError, match="'surveys' comes from no source"):
        write_variant(shop, Variant("one", frozenset({"shop"})), tmp_path / "feeds")


def test_every_feed_has_a_source_and_the_shop_is_never_taken_away():
    assert {feed for feeds in SOURCES.values() for feed in feeds} == set(FEEDS)
    variants = all_variants()
    assert all("shop" in variant.kept for variant in variants)
    assert len({variant.folder_name for variant in variants}) == len(variants)
