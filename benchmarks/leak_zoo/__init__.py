"""The leak zoo: a lawful shop, leaks planted in it, and lawful features that look like them."""
