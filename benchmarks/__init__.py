"""Measurements of the whole: what a build costs, what its predictions are worth, what a kill does.

``make bench`` prints the first two; ``python -m benchmarks kill`` the third. Everything is built in
a temporary folder, which is removed at the end, so that no warehouse of yours is touched.
"""
