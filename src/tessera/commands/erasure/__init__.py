"""Erasure: who is meant, which rows are theirs, new files without them, and the proof."""
