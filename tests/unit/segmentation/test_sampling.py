from __future__ import annotations

import pandas as pd

from tessera.segmentation.sampling import choose_customers, is_left_out

PEOPLE = pd.DataFrame(
    {"customer_id": [f"c{n}" for n in range(200)], "snapshot_at": pd.Timestamp("2024-04-01")}
)


def test_few_customers_are_all_chosen_in_order():
    chosen = choose_customers(PEOPLE.iloc[::-1], limit=500)
    assert chosen["customer_id"].tolist() == sorted(PEOPLE["customer_id"])


def test_the_limit_is_kept_and_the_order_of_rows_does_not_matter():
    chosen = choose_customers(PEOPLE, limit=50)
    assert len(chosen) == 50
    assert choose_customers(PEOPLE.sample(frac=1, random_state=1), limit=50).equals(chosen)


def test_a_customer_comes_with_all_her_snapshots():
    months = pd.concat([PEOPLE, PEOPLE.assign(snapshot_at=pd.Timestamp("2024-05-01"))])
    chosen = choose_customers(months, limit=50)
    assert chosen.groupby("customer_id").size().tolist() == [2] * 50


def test_about_three_in_ten_are_left_out():
    assert 0.2 < is_left_out(PEOPLE["customer_id"]).mean() < 0.4
