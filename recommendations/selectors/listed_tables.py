"""The lists of this app that each person may set up (sakip/table_settings.py)."""

from recommendations.selectors.renaksi_list import COLUMNS
from sakip.table_settings import ListedTable, register

ABOUT = "about"  # the recommendation and the LHE of a row
RENAKSI = register(
    ListedTable(
        "renaksi",
        "Rencana aksi",
        "recommendations:renaksi-list",
        "Nomor dan rencana aksi",
        {
            "lead_unit": COLUMNS["lead_unit"].label,
            "supporting_units": COLUMNS["supporting_units"].label,
            "person": COLUMNS["person"].label,
            ABOUT: "Rekomendasi dan LHE",
            "due_date": COLUMNS["due_date"].label,
            "status": COLUMNS["status"].label,
        },
    )
)
EVALUATIONS = register(
    ListedTable(
        "lhe",
        "LHE",
        "recommendations:evaluation-list",
        "Perangkat daerah dan tahun kinerja",
        {
            "letter_number": "Nomor LHE",
            "score": "Nilai",
            "grade": "Predikat",
            "progress": "Kemajuan tindak lanjut",
        },
    )
)
