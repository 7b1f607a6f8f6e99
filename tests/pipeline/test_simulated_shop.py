"""A small simulated shop, as dirty as they come, built whole; what was planted is what is found."""

import datetime as dt
import shutil

import duckdb
import pytest

from tessera.simulate.settings import Dirt, Settings
from tessera.simulate.shop import simulate_shop

SETTINGS = Settings(customers=400, months=14, as_of=dt.date(2026, 1, 1), dirt=Dirt.HEAVY)

ACCOUNT = """
select feed, rows_in, rows_kept, rows_duplicate, rows_rejected
from staging.feed_accounting order by feed
"""
PLANTED = """
select
    feed,
    coalesce(sum(rows) filter (where outcome = 'rejected'), 0)::bigint as rejected,
    coalesce(sum(rows) filter (where outcome = 'duplicate'), 0)::bigint as duplicate
from read_parquet(?)
group by feed order by feed
"""

# Each two identifiers of one person or one customer; those that several people go by are nobody's.
PAIRS = """
with told as (
    select
        identifier_type,
        lower(trim(identifier_value)) as identifier_value,
        any_value(person) as person
    from read_parquet(?)
    group by all
    having not bool_or(is_shared) and count(distinct person) = 1
),
resolved as (
    select distinct identifiers.identifier_id, told.person, identifiers.customer_id
    from pii.customer_identifiers as identifiers
    inner join told
        on told.identifier_type = identifiers.identifier_type
        and told.identifier_value = lower(trim(identifiers.identifier_value))
)
select one.person = other.person as is_true, one.customer_id = other.customer_id as is_claimed
from resolved as one
inner join resolved as other on one.identifier_id < other.identifier_id
where one.person = other.person or one.customer_id = other.customer_id
"""

# An order that ends otherwise and a resolved ticket are delivered again: the world, not dirt.
RESTATED_BY_NATURE = {"orders": "order_id", "tickets": "ticket_id"}


@pytest.fixture(scope="module")
def simulated(shop_at, tmp_path_factory):
    """The shop built from its feeds alone: the truth lies elsewhere, where no model can read it."""
    shop = shop_at(tmp_path_factory.mktemp("simulated"))
    rows = simulate_shop(SETTINGS, shop.feeds, lambda *_: None)
    shutil.move(shop.feeds / "truth", shop.folder / "truth")
    outcome = shop.build(as_of="2026-01-01", snapshot_months=1)  # nothing asks how they behaved
    assert outcome.has_succeeded, [(node.name, node.message) for node in outcome.failures]
    return shop, rows


def planted(shop):
    with duckdb.connect() as connection:
        found = connection.execute(PLANTED, [str(shop.folder / "truth/dirt/*.parquet")]).fetchall()
    return {feed: (rejected, duplicate) for feed, rejected, duplicate in found}


def test_a_build_reads_no_truth(simulated):
    shop, _ = simulated
    assert shop.published("select count(*) > 300 from marts.customer_segments") == [(True,)]


def test_every_row_of_every_feed_is_kept_a_duplicate_or_set_aside(simulated):
    shop, rows = simulated
    account = shop.query(ACCOUNT)
    assert {feed: rows_in for feed, rows_in, *_ in account} == rows
    for feed, rows_in, *parts in account:
        assert rows_in == sum(parts), feed


def test_exactly_the_planted_rows_are_set_aside(simulated):
    shop, _ = simulated
    dirt = planted(shop)
    for feed, *_, rejected in shop.query(ACCOUNT):
        assert rejected == dirt.get(feed, (0, 0))[0], feed


def test_exactly_the_planted_duplicates_are_passed_over(simulated):
    shop, _ = simulated
    dirt = planted(shop)
    for feed, _, _, duplicate, _ in shop.query(ACCOUNT):
        if feed not in RESTATED_BY_NATURE:
            assert duplicate == dirt.get(feed, (0, 0))[1], feed


def test_no_row_that_was_set_aside_shows_its_value(simulated):
    shop, _ = simulated
    shown = shop.query("select distinct rejected_value from staging.rejected_rows")
    letters = {letter for (value,) in shown if value for letter in value if letter.isalpha()}
    assert letters <= {"x"}


def test_no_person_is_taken_for_a_bot(simulated):
    shop, _ = simulated
    with duckdb.connect() as connection:
        machines = connection.execute(
            "select anonymous_id from read_parquet(?) where kind = 'bot'",
            [str(shop.folder / "truth/cookies/*.parquet")],
        ).fetchall()
    judged = shop.query("""
        select distinct anonymous_id from pii.base_feeds__web_events as events
        inner join core.web_events on events.event_id = web_events.event_id
        where web_events.is_bot
    """)
    assert judged
    assert set(judged) <= set(machines)


def test_nearly_every_pair_of_identifiers_is_joined_rightly(simulated):
    shop, _ = simulated
    with duckdb.connect(shop.project.database, read_only=True) as connection:
        pairs = connection.execute(PAIRS, [str(shop.folder / "truth/identifiers/*.parquet")]).df()
    right = (pairs["is_true"] & pairs["is_claimed"]).sum()
    assert right > 1_000
    assert right / pairs["is_claimed"].sum() >= 0.99
    # fewer than in a shop of realistic dirt: soiled identifiers meet less often
    assert right / pairs["is_true"].sum() >= 0.92


def test_keys_of_kiosks_and_of_roles_are_refused_and_no_customer_has_two_accounts(simulated):
    shop, _ = simulated
    cookies = f"read_parquet('{shop.folder / 'truth/cookies/*.parquet'}')"
    kiosks = f"(select anonymous_id from {cookies} where kind = 'kiosk')"
    used_by_many = shop.query(
        "select identifier_id, count(distinct user_ref) > 3 as is_kiosk"
        " from pii.base_feeds__web_events"
        " inner join pii.set_identifiers on written_value = anonymous_id"
        f" where anonymous_id in {kiosks} group by 1"
    )
    refused = {key for (key,) in shop.query("select identifier_id from identity.identity_hubs")}
    assert used_by_many
    assert all(key in refused for key, is_kiosk in used_by_many if is_kiosk)
    roles = shop.query("select distinct identifier_id from pii.set_identifiers where is_role")
    assert roles
    assert {key for (key,) in roles} <= refused
    assert (
        shop.query(
            "select customer_id from identity.customer_identities where is_strong"
            " group by customer_id having count(*) filter (identifier_type = 'customer_ref') > 1"
        )
        == []
    )
