"""What goes wrong when a report is asked for."""


class ReportError(ValueError):
    """The report cannot be made; the message is an Indonesian sentence that says what to choose."""
