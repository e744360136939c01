"""Narrative documents, one module each: context for screen and paper from the records."""
