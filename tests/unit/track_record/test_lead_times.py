"""Who stopped, when the alert about it began, and what days since the last purchase would say."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from tessera import frames
from tessera.bootstrap import Scored
from tessera.propensity import Target
from tessera.propensity.protocol import Origin
from tessera.track_record import LEAD_TIMES_SCHEMA, alerts, lead_times
from tessera.track_record.past_scores import PastScores

MONTHS = pd.date_range("2026-01-01", periods=8, freq="MS")
CHAMPIONS = pd.DataFrame(
    {"target": ["churn_30d"], "horizon_days": [30], "model_id": ["m1"], "algorithm": ["lightgbm"]}
)
GONE, STAYS = [f"gone{number}" for number in range(3)], [f"stays{number}" for number in range(4)]
PEOPLE = ["early", "late", *GONE, *STAYS]
LAST = pd.Series(
    pd.DatetimeIndex(["2026-04-10T09", "2026-04-20T18", *["2025-11-02"] * 3, *["2026-08-20"] * 4]),
    index=pd.Index(PEOPLE, name="customer_id"),
    name="at",
)
ALERTED_FROM = {"early": MONTHS[2], "late": MONTHS[5], **dict.fromkeys(GONE, MONTHS[0])}
"""40 days before the last purchase of the early one, 42 after that of the late one."""


def score(name, month):
    return 0.9 if name in ALERTED_FROM and month >= ALERTED_FROM[name] else 0.1


def days(name, month):
    """Those who still come were there five days ago."""
    return max(5.0, (month - LAST[name]).days)


def at(month):
    return Scored(
        customer_ids=np.array(PEOPLE),
        labels=np.array([float(LAST[name] < month) for name in PEOPLE]),
        probabilities=np.array([score(name, month) for name in PEOPLE]),
    )


TRAINING_SET = pd.DataFrame(
    [
        {"customer_id": name, "snapshot_at": month, "orders_days_since_last": days(name, month)}
        for month in MONTHS
        for name in PEOPLE
    ]
)


@pytest.fixture(autouse=True)
def _a_past_of_eight_months(monkeypatch):
    origins = [Origin(month, ()) for month in MONTHS]
    past = PastScores(
        Target("churn_30d", 30), CHAMPIONS.iloc[0].to_dict(), origins, [at(m) for m in MONTHS]
    )
    monkeypatch.setattr(
        lead_times, "past_scores", lambda *given: iter([past] if len(given[2]) else [])
    )
    monkeypatch.setattr(alerts, "FEWEST_ALERTS", 1)


def measured(run, remembered=None, last=LAST, champions=CHAMPIONS):
    earlier = frames.empty(LEAD_TIMES_SCHEMA) if remembered is None else remembered
    told = lead_times.measure_lead_times(TRAINING_SET, last, champions, None, earlier, run)
    frames.typed(told, LEAD_TIMES_SCHEMA)
    return told


def test_lead_is_the_last_purchase_minus_the_first_alert(run):
    told = measured(run).iloc[0]
    assert (told["target"], told["stated_precision"]) == ("churn_30d", 0.6)
    # of 40 and -42 days
    assert told["lead_days_median"] == -1
    assert (told["lead_days_first_quartile"], told["lead_days_third_quartile"]) == (-21.5, 19.5)
    assert (told["share_alerted"], told["share_alerted_before"]) == (1.0, 0.5)


def test_who_left_before_or_buys_still_has_not_stopped_while_alerts_were_judged(run):
    told = measured(run).iloc[0]
    # from the first month with a closed one before it
    assert (told["first_origin_at"], told["last_origin_at"]) == (MONTHS[1], MONTHS[7])
    assert (told["origins"], told["customers_stopped"]) == (7, 2)
    assert told["customers_scored_before"] == 2
    # gone at seven origins, early from May and late from May on at four each, of nine at seven
    assert told["base_rate"] == pytest.approx((21 + 4 + 4) / 63)


def test_every_alert_counts_for_the_precision_that_came_about(run):
    told = measured(run).iloc[0]
    # seven months of three, six of early (two of them before the end), three of late
    assert told["alerts"] == 21 + 6 + 3
    assert told["realised_precision"] == pytest.approx(28 / 30)


def test_days_since_the_last_purchase_stand_beside_at_the_same_precision(run):
    told = measured(run).iloc[0]
    # nobody came again after six days; the fewest that were seen of such are those of late in May
    assert told["baseline_days"] == 10
    assert told["baseline_realised_precision"] == 1.0
    assert (told["baseline_share_alerted"], told["baseline_share_alerted_before"]) == (1.0, 0.0)
    # both from June on, when the months that taught it hold the May of both
    assert told["baseline_lead_days_median"] == -(52 + 42) / 2


def test_followed_too_shortly_is_not_looked_at():
    late = pd.Series([MONTHS[7] - pd.Timedelta(days=days) for days in (90, 89)], index=PEOPLE[:2])
    stopped = lead_times.stopped_customers(MONTHS[1:], [at(MONTHS[1])], late)
    assert stopped.index.tolist() == ["early"]


def test_whoever_was_never_scored_is_not_looked_at():
    stranger = pd.Series([MONTHS[3]], index=["stranger"])
    assert lead_times.stopped_customers(MONTHS[1:], [at(MONTHS[1])], stranger).empty


def test_when_nobody_stopped_there_is_no_share_and_no_lead(run):
    told = measured(run, last=LAST[STAYS]).iloc[0]
    assert told["customers_stopped"] == 0
    assert told[["share_alerted", "share_alerted_before", "lead_days_median"]].isna().all()


def test_the_same_inputs_are_not_measured_again(run, monkeypatch):
    told = measured(run)
    monkeypatch.setattr(lead_times, "_lead_times", None)
    pd.testing.assert_frame_equal(measured(run, told), told)


def test_a_later_purchase_is_measured_anew(run):
    moved = LAST.where(LAST.index != "late", pd.Timestamp("2026-08-01"))
    told = measured(run, measured(run), moved)
    assert told["customers_stopped"].tolist() == [1, 1]


def test_without_champions_of_churn_there_is_nothing_to_tell(run):
    assert measured(run, champions=CHAMPIONS.iloc[:0]).empty


def test_churn_is_known_by_its_label_and_not_by_its_name():
    declared = pd.DataFrame(
        {
            "target": ["leaves_30d", "churn_30d", "churn_wine_30d", "churn_lines_30d"],
            "label": ["COUNT( orders.order_id ) = 0", "count(orders.order_id) > 0"]
            + ["count(orders.order_id) = 0"] * 2,
            "label_over": ["orders", "orders", "orders", "order_lines"],
            "label_where": [None, None, "orders.channel = 'shop'", None],
        }
    )
    champions = declared[["target"]]
    assert lead_times.churn_champions(champions, declared)["target"].tolist() == ["leaves_30d"]


def test_last_purchases_are_counted_back_from_the_newest_snapshot():
    rows = duckdb.sql(
        "select * from (values ('b', timestamp '2026-02-01', null), "
        "('a', timestamp '2026-02-01', 1.5)) rows(customer_id, snapshot_at, orders_days_since_last)"
    )
    last = lead_times.load_last_purchases(rows)
    assert last.to_dict() == {"a": pd.Timestamp("2026-01-30 12:00")}
