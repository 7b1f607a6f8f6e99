"""Public data sets, reshaped into the feeds that Tessera reads."""
