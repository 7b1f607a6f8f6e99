"""What each source of a simulated shop is worth to segments and predictions."""
