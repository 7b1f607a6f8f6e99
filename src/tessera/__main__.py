"""`python -m tessera`: the command line, where the `tessera` script is not on the path."""

from tessera.cli import app

app()
