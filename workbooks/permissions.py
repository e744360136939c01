"""Permissions to export and import workbooks (docs/design.md §2.4). They are separate permissions."""

from sakip.policy import Policy, Reach, Units, grant
from sakip.roles import Role

workbook_policy = Policy(
    grant("export", Role.values, Reach.ANY),
    grant("import", [Role.COORDINATOR], Reach.ANY),
    units=Units(),
    denied={
        "export": "Peran Anda tidak berhak mengekspor.",
        "import": "Hanya koordinator yang dapat mengimpor.",
    },
)
