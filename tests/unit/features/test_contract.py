import pytest
from ruamel.yaml import YAML

from tessera.features.contract import render_contract
from tessera.features.grammar import FeatureNameError


def test_the_contract_lists_keys_features_and_stamps_in_the_order_of_the_mart():
    text = render_contract(["orders_count_7d", "orders_amount_sum_7d"])
    (model,) = YAML(typ="safe").load(text)["models"]
    assert [(column["name"], column["data_type"]) for column in model["columns"]] == [
        ("customer_id", "varchar"),
        ("snapshot_at", "timestamp"),
        ("orders_count_7d", "bigint"),
        ("orders_amount_sum_7d", "decimal(18,2)"),
        ("run_id", "varchar"),
        ("as_of", "timestamp"),
        ("scored_at", "timestamp"),
    ]


def test_every_column_is_described():
    (model,) = YAML(typ="safe").load(render_contract(["orders_count_7d"]))["models"]
    assert all(column["description"] for column in model["columns"])


def test_a_name_outside_the_grammar_gets_no_contract():
    with pytest.raises(FeatureNameError):
        render_contract(["lucky_number"])


def test_attributes_of_contacts_differ_by_shop_and_are_not_promised():
    assert render_contract(["crm_attr_interest"]) == render_contract([])
