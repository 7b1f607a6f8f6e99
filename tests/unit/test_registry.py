from __future__ import annotations

import datetime as dt
import subprocess
import sys
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from tessera import registry


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "customer_id": ["ann", "bob", None],
            "snapshot_at": pd.to_datetime(["2026-01-01", None, "2026-02-01"]),
            "orders_count_30d": [1, 2, 3],
            "amount": [Decimal("1.50"), None, Decimal("2.00")],
            "share": [0.5, np.nan, -0.0],
            "is_new": [True, False, None],
        }
    )


def test_equal_frames_share_a_fingerprint():
    assert registry.fingerprint(frame()) == registry.fingerprint(frame())


def test_a_fingerprint_does_not_depend_on_how_pandas_stores_a_column():
    stored_otherwise = frame().set_index(pd.Index([7, 8, 9]))
    stored_otherwise["customer_id"] = stored_otherwise["customer_id"].astype("string")
    stored_otherwise["snapshot_at"] = stored_otherwise["snapshot_at"].astype("datetime64[ns]")
    stored_otherwise["orders_count_30d"] = stored_otherwise["orders_count_30d"].astype("Int32")
    stored_otherwise["amount"] = [Decimal("1.5"), None, Decimal(2)]
    stored_otherwise["share"] = [0.5, np.nan, 0.0]
    stored_otherwise["is_new"] = stored_otherwise["is_new"].astype("boolean")
    assert registry.fingerprint(stored_otherwise) == registry.fingerprint(frame())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("customer_id", "Ann"),
        ("snapshot_at", pd.Timestamp("2026-01-01 00:00:00.000001")),
        ("orders_count_30d", 9),
        ("amount", Decimal("1.51")),
        ("share", None),
        ("is_new", False),
    ],
)
def test_one_changed_value_changes_the_fingerprint(column, value):
    changed = frame()
    changed.loc[0, column] = value
    assert registry.fingerprint(changed) != registry.fingerprint(frame())


def test_a_null_is_not_a_zero():
    nothing, zero = pd.DataFrame({"a": [1.0, None]}), pd.DataFrame({"a": [1.0, 0.0]})
    assert registry.fingerprint(nothing) != registry.fingerprint(zero)


def test_text_does_not_run_over_into_the_next_row():
    one, other = pd.DataFrame({"a": ["ab", "c"]}), pd.DataFrame({"a": ["a", "bc"]})
    assert registry.fingerprint(one) != registry.fingerprint(other)


def test_the_order_of_rows_and_the_names_of_columns_count():
    assert registry.fingerprint(frame().iloc[::-1]) != registry.fingerprint(frame())
    renamed = frame().rename(columns={"share": "rate"})
    assert registry.fingerprint(renamed) != registry.fingerprint(frame())


def test_an_empty_frame_has_a_fingerprint_of_its_columns():
    assert registry.fingerprint(frame().head(0)) == registry.fingerprint(frame().head(0))
    assert registry.fingerprint(frame().head(0)) != registry.fingerprint(pd.DataFrame())


def test_a_fingerprint_survives_the_process():
    code = (
        "import pandas as pd; from tessera import registry; "
        "print(registry.fingerprint(pd.DataFrame({'a': ['x', None], 'b': [1.5, 2.0]})))"
    )
    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    here = registry.fingerprint(pd.DataFrame({"a": ["x", None], "b": [1.5, 2.0]}))
    assert told.stdout.strip() == here


def test_a_column_without_a_fingerprint_is_named():
    with pytest.raises(TypeError, match="'tags'"):
        registry.fingerprint(pd.DataFrame({"tags": [[1, 2], [3]]}))
    with pytest.raises(TypeError, match="'mixed'"):
        registry.fingerprint(pd.DataFrame({"mixed": ["a", 1]}))


def test_a_date_is_the_instant_it_begins():
    dates = pd.DataFrame({"a": [dt.date(2026, 1, 1)]})
    instants = pd.DataFrame({"a": pd.to_datetime(["2026-01-01"])})
    assert registry.fingerprint(dates) == registry.fingerprint(instants)


def test_a_model_id_is_sixteen_hex_digits_whatever_the_order_of_its_inputs():
    name = registry.model_id(target="churn_30d", settings={"b": 1, "a": [1.5]})
    assert name == registry.model_id(settings={"a": [1.5], "b": np.int64(1)}, target="churn_30d")
    assert len(name) == 16
    assert set(name) <= set("0123456789abcdef")


def test_a_different_input_gives_a_different_model_id():
    assert registry.model_id(seed=1) != registry.model_id(seed=2)


def test_a_model_id_refuses_what_is_not_plain():
    with pytest.raises(TypeError, match="object"):
        registry.model_id(settings=object())
    with pytest.raises(ValueError, match="JSON"):
        registry.model_id(rate=float("nan"))


MODELS = pd.DataFrame({"model_id": ["m1", "m2", "m3"], "model_text": ["one", "two", "three"]})


def champions(*rows: tuple[str, str | None, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["task", "target", "model_id"])


def test_champions_of_a_task_are_found_in_the_order_of_their_targets():
    chosen = champions(
        ("propensity", "purchase_30d", "m1"),
        ("segmentation", None, "elsewhere"),
        ("propensity", "churn_30d", "m3"),
    )
    loaded = registry.load_champions(MODELS, chosen, task="propensity")
    assert loaded["model_text"].tolist() == ["three", "one"]
    assert loaded.columns.tolist() == MODELS.columns.tolist()


def test_a_champion_missing_from_the_registry_is_named():
    with pytest.raises(registry.RegistryError, match=r"'m9' \(churn_30d\).*3 models"):
        registry.load_champions(
            MODELS, champions(("propensity", "churn_30d", "m9")), task="propensity"
        )


def test_no_champions_give_no_rows_with_the_columns_of_the_registry():
    loaded = registry.load_champions(MODELS, champions(), task="propensity")
    assert loaded.empty
    assert loaded.columns.tolist() == MODELS.columns.tolist()
