"""Words of the simulated shop."""
