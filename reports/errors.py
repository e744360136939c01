"""Errors of reports."""


class ReportError(ValueError):
    """The report cannot be made; the message is an Indonesian sentence that says what to choose."""
