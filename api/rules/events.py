"""What a webhook tells: the events, and the actions of the history that are one."""

SUBMITTED, RETURNED, DONE, ISSUED = "submitted", "returned", "done", "issued"
EVENTS = {
    SUBMITTED: "Tindak lanjut menunggu reviu",
    RETURNED: "Tindak lanjut dikembalikan atau dibuka kembali",
    DONE: "Tindak lanjut diterima evaluator",
    ISSUED: "Laporan diterbitkan",
}
TEST = "test"  # by hand, to see whether the receiver hears; chosen by no webhook
WORDS = EVENTS | {TEST: "Kiriman uji"}
OF_ACTION = {
    "submit": SUBMITTED,
    "revoke": SUBMITTED,  # the decision of a moment ago is taken back: it waits again
    "return": RETURNED,
    "reopen": RETURNED,
    "accept": DONE,
    "issue_report": ISSUED,
}
# Minutes to wait after each failed try; after the last one it is given up.
WAITS = (1, 5, 30, 2 * 60, 12 * 60)


def in_words(events) -> str:
    return "; ".join(label for code, label in EVENTS.items() if code in events)
