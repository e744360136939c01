"""The lists of this app that each person may set up (sakip/table_settings.py)."""

from sakip.table_settings import ListedTable, register

PEOPLE = register(
    ListedTable(
        "pengguna",
        "Pengguna",
        "sakip:user-list",
        "Nama",
        {
            "username": "Nama pengguna",
            "posts": "Penugasan",
            "last_login": "Terakhir masuk",
            "state": "Keadaan",
        },
    )
)
