"""Indonesian labels for the history codes that this app writes (see sakip.history.words)."""

from sakip.history.words import Action, register

ACTIONS = {
    "import_new": Action("Dibuat lewat impor", "membuat {} lewat impor"),
    "import_new_edit": Action(
        "Dibuat lewat impor beserta tindak lanjutnya",
        "membuat {} beserta tindak lanjutnya lewat impor",
    ),
    "import_change": Action("Diubah lewat impor", "mengubah {} lewat impor", only_changes=True),
    "import_edit": Action(
        "Tindak lanjut ditulis lewat impor",
        "menulis tindak lanjut {} lewat impor",
        only_changes=True,
    ),
    "import_undo": Action("Impor dibatalkan", "membatalkan impor {}"),
}

register(actions=ACTIONS)
