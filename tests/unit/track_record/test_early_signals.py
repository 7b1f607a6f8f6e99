"""Which features carry which early signal, and how leads with and without it are compared."""

import re

import numpy as np
import pytest

from benchmarks.lead_time import SIGNALS, paired


@pytest.mark.parametrize(
    ("name", "signals"),
    [
        ("messages_opened_rate_90d", ["message opens"]),
        ("email_messages_clicked_rate_30d", ["message opens"]),
        ("messages_sent_count_90d", []),
        ("sessions_count_trend_90d", ["visits"]),
        ("web_events_viewed_days_since_last", ["visits"]),
        ("orders_count_30d_over_180d", ["purchase frequency"]),
        ("orders_gap_days_median_365d", ["purchase frequency"]),
        ("orders_amount_sum_90d", ["purchase frequency"]),
        ("orders_amount_avg_90d", []),
        ("orders_days_since_last", []),
        ("tickets_days_since_last", ["tickets"]),
    ],
)
def test_a_feature_belongs_to_the_signal_that_it_tells_of(name, signals):
    assert [signal for signal, pattern in SIGNALS.items() if re.match(pattern, name)] == signals


def test_leads_are_compared_customer_by_customer():
    days = np.array([40.0, 31.0, 12.0, 5.0, -3.0, -10.0, -22.0, -40.0, np.nan])
    later = paired(lambda led: float(np.nanmedian(led)), days, days - 30, 7)
    # each a month earlier, so there is nothing left to be unsure of
    assert (later.value, later.low, later.high) == (30.0, 30.0, 30.0)
