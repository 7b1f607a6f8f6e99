"""What a target may say: dbt's own Jinja runs the macros that check the var, without a project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from dbt_common.clients.jinja import MacroReturn, get_dbt_macro_name, get_environment

MACROS = Path(__file__).parents[3] / "macros"
FILES = (
    "time/prediction_targets.sql",
    "time/declared_targets.sql",
    "time/target_defaults.sql",
    "time/target_hints.sql",
    "time/outcome_tables.sql",
    "time/built_in_outcomes.sql",
    "time/outcomes.sql",
    "naming/is_one_expression.sql",
)
CHURN = {
    "name": "churn_30d",
    "horizon_days": 30,
    "description": "No order.",
    "eligible_when": "orders_count_90d > 0",
    "label": "count(orders.order_id) = 0",
}


class RefusedError(Exception):
    """What dbt would stop the build with."""


class Exceptions:
    @staticmethod
    def raise_compiler_error(message):
        raise RefusedError(message)


class Modules:
    re = re


def returned(value):
    raise MacroReturn(value)


def macros(variables):
    """Return the macros of a project that has these vars, each callable."""
    context = {
        "var": variables.get,
        "exceptions": Exceptions,
        "modules": Modules,
        "return": returned,
        "execute": True,
    }

    def callable_macro(template, name):
        def call(*arguments):
            module = template.make_module(vars=context, shared=False)
            try:
                return getattr(module, get_dbt_macro_name(name))(*arguments)
            except MacroReturn as found:
                return found.value

        return call

    for file in FILES:
        text = (MACROS / file).read_text()
        template = get_environment().from_string(text)
        for name in re.findall(r"\{% macro (\w+)\(", text):
            context[name] = callable_macro(template, name)
    return context


def chosen(*targets, predict="all"):
    return macros({"targets": list(targets), "predict": predict})["prediction_target_vars"]()


def test_what_a_target_leaves_out_is_filled_in():
    hints = {"rule": None, "rises_with": [], "falls_with": [], "compared_with": []}
    left_out = {"over": "orders", "where": None, "fewest_of_each_answer": 100, **hints}
    assert chosen(CHURN) == [{**CHURN, **left_out}]


def test_a_build_predicts_what_it_is_asked_to():
    later = {**CHURN, "name": "churn_60d", "horizon_days": 60}
    assert [each["name"] for each in chosen(CHURN, later)] == ["churn_30d", "churn_60d"]
    assert [each["name"] for each in chosen(CHURN, later, predict=["churn_60d"])] == ["churn_60d"]


@pytest.mark.parametrize(
    ("predict", "said"),
    [
        (["churn_9d"], r"asks for 'churn_9d', .* does not declare; it declares: churn_30d"),
        ([], r"'predict' must be all, or a list"),
        ("churn_30d", r"'predict' must be all, or a list .* got: churn_30d"),
    ],
)
def test_an_unknown_choice_is_refused(predict, said):
    with pytest.raises(RefusedError, match=said):
        chosen(CHURN, predict=predict)


def test_a_text_may_hold_what_sql_may_not():
    where = "order_lines.category = 'Select; (from) -- label_x'"
    label = "count(order_lines.product_id) > 0"
    (target,) = chosen({**CHURN, "over": "order_lines", "where": where, "label": label})
    assert target["where"] == where


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "Churn 30", r"name must be <what>_<days>d"),
        ("name", "churn_60d", r"horizon_days must be the days that the name promises; got: 30"),
        ("name", None, r"name must be given"),
        ("horizon_days", 0, r"horizon_days must be a whole number of days from 1 to 730; got: 0"),
        ("horizon_days", "30", r"horizon_days must be a whole number"),
        ("horizon_days", None, r"horizon_days must be given"),
        ("description", " ", r"description must be a sentence"),
        ("fewest_of_each_answer", 3, r"fewest_of_each_answer must be .* 25 to 1000000; got: 3"),
        ("rises_with", "orders_count_90d", r"rises_with must be a list of names of features"),
        ("falls_with", ["a; drop"], r"rises_with, falls_with must be names of features; got: a; "),
        ("rule", "1 + 1", r"rule, rises_with, falls_with must be names of features; got: 1"),
        ("over", "invoices", r"over must be one of orders, order_lines, .*; got: invoices"),
        ("horizon", 30, r"horizon must be one of name, .*; got: an unknown field"),
        ("label", "count(orders.order_id) = 0; drop table x", r"label must be one SQL expression"),
        ("label", "count(orders.order_id) = 0 -- ", r"label must be one SQL expression"),
        ("label", "count(orders.order_id", r"label must be one SQL expression"),
        ("label", True, r"label must be one SQL expression"),
        ("label", "max(orders.ordered_at) > current_date", r"clocks and chance; got: current_date"),
        ("label", "max(orders.ordered_at) > NOW ()", r"clocks and chance; got: now \("),
        ("label", "count(orders.order_id) > random()", r"clocks and chance; got: random\("),
        ("label", "max(orders.a) > (select 1)", r"without queries, .*; got: select"),
        ("label", "max(orders.a) in (from messages)", r"without queries, .*; got: \(from"),
        ("label", "max(messages.occurred_at) > 0", r"about features and orders alone; got: messag"),
        ("label", "count(*) = 0", r"label must be counting a column of orders"),
        ("label", "features.orders_count_90d > 0", r"label must be an aggregate over columns ord"),
        ("label", "max(orders.amount) > features.label_x_30d", r"after the snapshot; got: label_x"),
        ("label", "max(orders.amount) > outcome_amount_90d", r"after the snapshot; got: outcome_"),
        ("eligible_when", "label_churn_30d", r"eligible_when must be free of what is computed aft"),
        ("eligible_when", "orders.amount > 0", r"eligible_when must be about features alone"),
        ("eligible_when", "today() > snapshot_at", r"eligible_when must be without queries"),
        ("eligible_when", "count(*) over () > 0", r"without queries, window functions"),
        ("where", "features.is_new", r"where must be about orders alone; got: features"),
    ],
)
def test_a_bad_declaration_is_refused_with_target_field_and_what_was_expected(field, value, said):
    with pytest.raises(RefusedError, match=rf"var 'targets': target .*{said}"):
        chosen({**CHURN, field: value})


def test_a_name_stands_for_one_target():
    with pytest.raises(RefusedError, match="target 'churn_30d': name must be declared once"):
        chosen(CHURN, {**CHURN, "description": "Another."})


@pytest.mark.parametrize("targets", ["churn_30d", [], {"name": "churn_30d"}])
def test_targets_are_a_list(targets):
    with pytest.raises(RefusedError, match="'targets' must be a list"):
        macros({"targets": targets, "predict": "all"})["prediction_target_vars"]()


def test_labels_over_the_same_facts_are_grouped_once():
    bought = {**CHURN, "name": "purchase_30d", "label": "count(orders.order_id) > 0"}
    online = {**bought, "name": "online_30d", "where": "orders.channel = 'web'"}
    project = macros({"targets": [CHURN, bought, online], "predict": "all"})
    groups = project["outcome_groups"](project["prediction_target_vars"]())
    assert [[each["column"] for each in group["answers"]] for group in groups] == [
        ["outcome_amount_90d", "outcome_orders_90d"],
        ["label_churn_30d", "label_purchase_30d"],
        ["label_online_30d"],
    ]
    assert [table["name"] for table in project["outcome_tables_of"](groups)] == ["orders"]
