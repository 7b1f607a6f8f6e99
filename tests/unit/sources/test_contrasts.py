"""Differences are taken draw by draw, and worth is with a source minus without it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from benchmarks.sources.contrasts import contrasts
from benchmarks.sources.draws import Draws, compare, estimate, mean_drawn
from benchmarks.sources.measure import OtherPersonsError, require_same_persons
from benchmarks.sources.report import MEASURES, print_report
from tessera.simulate.settings import Settings

PERSONS = np.array([3, 5, 8])


def figures(level, judged_on="the same"):
    names = [each.format(segments="segments", model="lightgbm") for each in MEASURES.values()]
    drawn = level + np.array([0.0, -0.05, 0.0, 0.05])
    told = {"customers": 4, "seconds": 1.0, "persons": 3, "judged_on": judged_on}
    return pd.DataFrame(dict.fromkeys(names, drawn)).assign(**told)


@pytest.fixture
def measured():
    return {
        "everything": figures(0.8),
        "shop alone": figures(0.6),
        "without Zendesk": figures(0.7),
        "shop and Zendesk": figures(0.65),
        "without the columns of Zendesk": figures(0.81),
        "without the columns of nothing, fitted again": figures(0.79),
    }


def worth(rows, way, source):
    is_asked = (rows["way"] == way) & (rows["source"] == source) & (rows["measure"] == "one_piece")
    return rows.loc[is_asked, ["worth", "worth_low", "worth_high"]].to_numpy().round(6).tolist()


def test_draws_in_pairs_leave_nothing_of_what_both_share():
    drawn = np.array([0.5, 0.1, 0.9])
    assert estimate(drawn).low < 0.2
    assert compare(drawn, drawn - 0.1).low == pytest.approx(0.1)


def test_worth_is_with_the_source_minus_without_it(measured):
    rows = contrasts(measured)
    assert worth(rows, "without", "Zendesk") == [[0.1, 0.1, 0.1]]
    assert worth(rows, "shop and", "Zendesk") == [[0.05, 0.05, 0.05]]
    assert worth(rows, "without the columns of", "Zendesk") == [[-0.01, -0.01, -0.01]]
    assert worth(rows, "without", "all of these") == [[0.2, 0.2, 0.2]]
    assert worth(rows, "without the columns of", "nothing, fitted again") == [[0.01, 0.01, 0.01]]
    assert np.isnan(worth(rows, "everything", "")).all()


def test_a_variant_without_its_counterpart_has_no_row():
    assert contrasts({"without Zendesk": figures(0.7), "shop alone": figures(0.6)})[
        "way"
    ].unique().tolist() == ["shop alone"]


def test_the_report_marks_what_is_told_from_nothing_and_writes_every_figure(measured, tmp_path):
    console = Console(
        width=120, record=True, file=(tmp_path / "screen").open("w", encoding="utf-8")
    )
    print_report(measured, tmp_path / "sources.csv", Settings(customers=10), console)
    shown = console.export_text()
    assert "+.100*" in shown
    assert "-.010*" in shown
    assert len(pd.read_csv(tmp_path / "sources.csv")) == len(contrasts(measured))


def test_a_person_is_drawn_as_often_in_every_figure():
    draws = Draws.of(PERSONS, seed=7)
    assert draws.weights_of(np.array([5]))[:, 0].tolist() == draws.weights[:, 1].tolist()
    assert draws.rows_of(PERSONS)[0].tolist() == [0, 1, 2]
    drawn_more = int(draws.weights[1].argmax())
    assert (draws.rows_of(PERSONS)[1] == drawn_more).sum() == draws.weights[1].max()
    assert mean_drawn(np.array([0.0, 1.0, 0.5]), draws.weights)[0] == pytest.approx(0.5)


def test_figures_of_other_persons_are_refused_by_name(measured):
    require_same_persons(measured)
    measured["without Zendesk"] = figures(0.7, judged_on="others")
    with pytest.raises(OtherPersonsError, match="'without Zendesk' was measured on other"):
        require_same_persons(measured)
