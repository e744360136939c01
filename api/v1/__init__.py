"""The API, version 1: what it answers, and how. Loaded by `api.views.door`."""
