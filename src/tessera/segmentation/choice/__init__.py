"""The choice of a segmentation: a scored table with reasons, made at a fit and kept."""
