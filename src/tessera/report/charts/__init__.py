"""Vega-Lite charts through Altair: rows in, a specification out; colours are the page's."""
