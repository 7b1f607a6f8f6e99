"""Python models are doormen: dbt's parser sees plain, literal calls, so only those stand there."""

import ast
from pathlib import Path

import pytest

MODELS = sorted((Path(__file__).parents[2] / "python_models").rglob("*.py"))


def names(paths):
    return [path.stem for path in paths]


def dbt_calls(tree, method):
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_call and node.func.attr == method and ast.unparse(node.func.value) == "dbt":
            yield node


def test_there_are_python_models():
    assert MODELS


@pytest.mark.parametrize("path", MODELS, ids=names(MODELS))
def test_every_ref_is_a_literal(path):
    for call in dbt_calls(ast.parse(path.read_text()), "ref"):
        assert [type(argument) for argument in call.args] == [ast.Constant], ast.unparse(call)


@pytest.mark.parametrize("path", MODELS, ids=names(MODELS))
def test_no_ref_hides_where_the_parser_does_not_look(path):
    hiding = (ast.BoolOp, ast.GeneratorExp, ast.ListComp, ast.DictComp, ast.Lambda, ast.IfExp)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, hiding):
            assert not list(dbt_calls(node, "ref")), ast.unparse(node)


@pytest.mark.parametrize("path", MODELS, ids=names(MODELS))
def test_settings_come_by_refs_alone(path):
    assert "dbt.config" not in path.read_text()


@pytest.mark.parametrize("path", MODELS, ids=names(MODELS))
def test_the_docstring_names_the_model_and_the_function_that_thinks(path):
    docstring = ast.get_docstring(ast.parse(path.read_text()))
    assert docstring.startswith(f"{path.stem}: ")
    assert "Thin binder over tessera." in docstring


@pytest.mark.parametrize("path", MODELS, ids=names(MODELS))
def test_a_binder_stays_thin(path):
    (function,) = [n for n in ast.parse(path.read_text()).body if isinstance(n, ast.FunctionDef)]
    assert len(function.body) <= 15
