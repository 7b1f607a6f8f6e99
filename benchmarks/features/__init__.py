"""What the feature mart costs, beside what nobody can beat and beside the usual ways."""
