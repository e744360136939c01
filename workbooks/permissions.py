"""Who may take workbooks out and bring them in (DESIGN §2.4): export and import are rights of their own."""

from sakip.permissions import Policy, Reach, Role, Units, grant

workbook_policy = Policy(
    grant("export", Role.values, Reach.ANY),
    grant("import", [Role.COORDINATOR], Reach.ANY),
    units=Units(),
    denied={
        "export": "Peran Anda tidak berhak mengekspor.",
        "import": "Hanya koordinator yang dapat mengimpor.",
    },
)
