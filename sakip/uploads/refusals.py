"""Why a file is not taken."""


class Refused(ValueError):
    """`reason` follows the name of the file in a sentence: it says what is wrong and what to do."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
