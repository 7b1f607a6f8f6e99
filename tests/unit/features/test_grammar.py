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
        ("orders_count_30d; drop table x", "small letters, digits and '_' alone"),
        ("orders_share_30d", "says a share, but not of what"),
        ("orders_big_count_90d", "unknown word 'big'"),
        ("crm_contry", "'crm_contry' is no known state; did you mean 'crm_country'"),
    ],
)
def test_a_wrong_name_gets_a_helping_hand(name, hand):
    with pytest.raises(FeatureNameError, match=hand):
        parse_feature(name)


def words_of(feature):
    return feature.subject, feature.condition, feature.measure, feature.aggregate


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("orders_count_trend_90d", ("orders", None, None, "count_trend")),
        ("orders_amount_trend_90d", ("orders", None, "amount", "trend")),
        ("email_messages_opened_rate_30d", ("email_messages", "opened", None, "rate")),
        ("tickets_open_count_lifetime", ("tickets", "open", None, "count")),
        ("sessions_duration_seconds_avg_30d", ("sessions", None, "duration_seconds", "avg")),
        ("categories_top_share_90d", ("categories", None, None, "top_share")),
        ("orders_gap_days_median_365d", ("orders", None, "gap_days", "median")),
        ("web_events_carted_days_since_last", ("web_events", "carted", None, "days_since_last")),
        ("orders_overdue_ratio_lifetime", ("orders", None, None, "overdue_ratio")),
        ("crm_country", ("crm", None, None, "state")),
        ("has_email_consent", ("has", None, None, "state")),
    ],
)
def test_each_form_of_a_name_is_read(name, said):
    assert words_of(parse_feature(name)) == said


@pytest.mark.parametrize(
    ("name", "description"),
    [
        (
            "orders_count_30d_last_year",
            "Number of orders in the 30 days before the same day a year earlier; 0 when there",
        ),
        (
            "sessions_count_30d_over_180d",
            "Number of visits in the 30 days before the snapshot, divided by the same in the 180",
        ),
        (
            "messages_opened_days_since_last",
            "Days from the last of the messages that were opened to the snapshot, with fractions",
        ),
        ("calendar_month", "Month of the snapshot, 1 to 12."),
        (
            "crm_attr_interest",
            "Column attr_interest of the contact record as of the snapshot; NULL when not known.",
        ),
    ],
)
def test_a_name_says_its_window_and_what_nothing_means(name, description):
    assert parse_feature(name).description.startswith(description)


@pytest.mark.parametrize(
    ("name", "said", "description"),
    [
        ("orders_gift_count_90d", ("orders", "gift", None, "count"), "Number of orders (gift) in"),
        ("orders_margin_sum_30d", ("orders", None, "margin", "sum"), "Sum of the (margin) of"),
        ("tickets_vip_share_7d", ("tickets", "vip", None, "share"), "of tickets (vip) in"),
        ("is_vip", ("is", None, None, "state"), "Whether the customer is vip as of"),
        ("crm_shoe_size", ("crm", None, None, "state"), "contact record says (crm shoe size) as"),
    ],
)
def test_a_word_of_ones_own_is_read_as_it_stands(name, said, description):
    feature = parse_feature(name, is_own=True)
    assert words_of(feature) == said
    assert description in feature.description


@pytest.mark.parametrize(
    ("name", "hand"),
    [
        ("orders_gift_mean_90d", "unknown word 'mean'.*did you mean 'avg'"),
        ("baskets_count_90d", "subjects: .*orders.*aggregates: "),
        ("orders_gift_count", "windows: 30d"),
        ('orders_"gift"_count_90d', "small letters"),
    ],
)
def test_subject_aggregate_and_window_of_ones_own_follow_the_grammar(name, hand):
    with pytest.raises(FeatureNameError, match=hand):
        parse_feature(name, is_own=True)
