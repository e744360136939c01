"""Keeps the figures of the follow-up: `counting` (from the records), `keeping` (renews what has changed)."""
