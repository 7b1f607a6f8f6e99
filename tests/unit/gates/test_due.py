import duckdb

from tessera.gates import rows_due

SCORING_SET = duckdb.sql(
    "select * from (values ('a', true, true), ('b', false, true), ('c', null, true)) "
    "as t(customer_id, is_eligible_churn_30d, is_eligible_purchase_30d)"
)


def champions(*rows):
    values = ", ".join(f"('{task}', {target})" for task, target in rows) or "(null, null)"
    where = "" if rows else " where false"
    return duckdb.sql(f"select * from (values {values}) as t(task, target){where}")


def test_every_eligible_customer_of_every_champion_is_due():
    chosen = champions(
        ("propensity", "'churn_30d'"), ("propensity", "'purchase_30d'"), ("segmentation", "null")
    )
    assert rows_due(SCORING_SET, chosen) == {"assignments_due": 3, "scores_due": 4}


def test_a_target_without_a_champion_owes_no_score():
    chosen = champions(("propensity", "'purchase_30d'"))
    assert rows_due(SCORING_SET, chosen) == {"assignments_due": 0, "scores_due": 3}


def test_without_champions_nothing_is_due():
    assert rows_due(SCORING_SET, champions()) == {"assignments_due": 0, "scores_due": 0}
