"""The simulated shop: people, what they do, and the truth about them."""
