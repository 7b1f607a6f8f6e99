"""The report: one HTML page about a release, made of its published tables alone.

Rows in, page out: :mod:`tessera.report.sections` has one file per section, each a pure function
from answers to blocks; :mod:`tessera.report.charts` draws with Vega-Lite;
:mod:`tessera.report.page` lays out. Nothing here opens a file or knows the time: the same answers
give the same bytes.
"""

from tessera.report.answers import Answer, Answers, Query
from tessera.report.page import render
from tessera.report.sections import QUERIES, report_of

__all__ = ["QUERIES", "Answer", "Answers", "Query", "render", "report_of"]
