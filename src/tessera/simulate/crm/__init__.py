"""The CRM: what a company keeps about people, how it goes stale, and who is who."""
