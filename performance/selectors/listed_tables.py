"""The lists of this app that each person may set up (sakip/table_settings.py)."""

from sakip.table_settings import ListedTable, register

INDICATORS = register(
    ListedTable(
        "indikator",
        "Indikator kinerja",
        "performance:indicator-table",
        "Nomor, nama indikator, dan tahun yang dibuka",
        {
            "measure": "Satuan",
            "earlier": "Tahun-tahun sebelumnya",
            "change": "Peningkatan atau penurunan",
        },
        is_paged=False,
    )
)
