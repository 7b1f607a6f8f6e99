"""Tessera: customer segments and predictions, built and tested inside the warehouse.

The package holds the thought; dbt models are thin binders that read their refs, call one function
here and return a typed relation. Nothing in it imports dbt (but :mod:`tessera.cli`, which drives
it), and nothing opens the warehouse by itself.
"""

__version__ = "0.1.0"
