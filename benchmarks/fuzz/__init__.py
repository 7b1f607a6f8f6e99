"""Feeds as nobody would send them on purpose, and what a build makes of them."""
