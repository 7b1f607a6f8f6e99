"""The simulated shop in vendors' clothes: the exports that eight tools would leave of it."""
