"""A first look at feeds before any build: what is there, what is wrong, what it will cost.

Pure functions over what :mod:`tessera.commands.check_reader` reads of a throw-away build.
"""
