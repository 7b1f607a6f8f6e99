"""What stops a build: one message that names the file and says what to do."""

from __future__ import annotations


class FeedProblemError(ValueError):
    """A file from which nothing sensible can be read, told to the person who brings it."""
