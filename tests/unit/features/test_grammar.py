import pytest

from tessera.features.grammar import FeatureNameError, parse_feature


def test_every_part_of_a_name_is_read():
    feature = parse_feature("orders_discounted_share_365d")
    assert (feature.subject, feature.condition, feature.measure) == ("orders", "discounted", None)
    assert (feature.aggregate, feature.window_days) == ("share", 365)


def test_the_longer_subject_is_not_cut_short():
    assert parse_feature("order_lines_count_30d").subject == "order_lines"


def test_a_distinct_count_is_not_a_count_of_something_distinct():
    feature = parse_feature("products_distinct_count_lifetime")
    assert (feature.aggregate, feature.window_days) == ("distinct_count", None)


@pytest.mark.parametrize(
    ("name", "data_type"),
    [
        ("orders_count_7d", "bigint"),
        ("orders_amount_sum_7d", "decimal(18,2)"),
        ("orders_amount_avg_7d", "double"),
        ("orders_gap_days_max_365d", "double"),
        ("orders_days_since_last", "double"),
        ("orders_amount_sum_30d_over_180d", "double"),
    ],
)
def test_the_type_follows_from_the_aggregate(name, data_type):
    assert parse_feature(name).data_type == data_type


def test_an_empty_window_is_zero_for_counts_and_null_for_averages():
    assert "0 when there were none" in parse_feature("orders_count_7d").description
    assert "NULL when there were none" in parse_feature("orders_amount_avg_7d").description


@pytest.mark.parametrize(
    ("name", "hand"),
    [
        ("orders_amount_mean_90d", "unknown word 'mean'.*did you mean 'avg'"),
        ("order_amount_sum_90d", "does not read <subject>"),
        ("ordres_count_90d", "unknown word 'ordres'.*did you mean 'orders'"),
        ("orders_count", "does not read <subject>"),
        ("orders_count_30d; drop table x", "unknown word"),
    ],
)
def test_a_wrong_name_gets_a_helping_hand(name, hand):
    with pytest.raises(FeatureNameError, match=hand):
        parse_feature(name)
