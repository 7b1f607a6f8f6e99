"""A target declared in the vars is labelled, graded, learnt and asked of whom it is about."""

import pytest

TARGETS = [
    {
        "name": "big_order_60d",
        "horizon_days": 60,
        "description": "An order of 30 or more in the next 60 days.",
        "eligible_when": "orders_count_365d > 0",
        "where": "orders.amount >= 30",
        "label": "count(orders.order_id) > 0",
        "fewest_of_each_answer": 50,
    },
    {
        "name": "complaint_30d",
        "horizon_days": 30,
        "description": "A ticket in the next 30 days; this shop has no tickets.",
        "eligible_when": "orders_count_lifetime > 0",
        "over": "tickets",
        "label": "count(tickets.ticket_id) > 0",
    },
]
MODELS = (
    "target_category prediction_targets customer_labels label_supply training_set scoring_set "
    "propensity_models"
)
BY_HAND = """
select
    features.customer_snapshot_id,
    count(orders.order_id) > 0 as label
from features.customer_features as features
left join core.orders as orders
    on orders.customer_id = features.customer_id
    and orders.is_purchase
    and orders.amount >= 30
    and orders.ordered_at >= features.snapshot_at
    and orders.ordered_at < features.snapshot_at + interval 60 day
where features.orders_count_365d > 0 and features.snapshot_at < timestamp '2024-12-03'
group by features.customer_snapshot_id
"""


@pytest.fixture
def shop(built):
    failures = built.run("--select", *MODELS.split(), targets=TARGETS, predict="all")
    assert failures == {}
    return built


def test_a_target_declared_in_vars_goes_all_the_way_and_one_without_a_feed_says_so(shop):
    assert shop.query(f"""
        select
            count(*),
            count(*) filter (by_hand.label),
            bool_and(labels.label_big_order_60d is not distinct from by_hand.label)
        from features.customer_labels as labels
        full join ({BY_HAND}) as by_hand using (customer_snapshot_id)
        where labels.label_big_order_60d is not null or by_hand.label is not null
    """) == shop.query("""
        select answers, positives, true from features.label_supply where target = 'big_order_60d'
    """)
    assert shop.query("""
        select grade, reason, answers from features.label_supply where target = 'complaint_30d'
    """) == [("refuse", "not predicted: there are no tickets that could tell an answer", 0)]
    (asked,) = shop.query("""
        select bool_and(is_eligible_big_order_60d = (orders_count_365d > 0)), count(*) > 0
        from features.scoring_set
    """)
    assert asked == (True, True)
    assert shop.query("""
        select distinct target from registry.propensity_models
        where target in ('big_order_60d', 'complaint_30d')
    """) == [("big_order_60d",)]
