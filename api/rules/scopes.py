"""What a token may read: the kinds of data, as codes and in words."""

SCOPES = {
    "units": "Perangkat daerah dan unit kerja",
    "evaluations": "LHE dan nilai per komponen",
    "recommendations": "Rekomendasi",
    "renaksi": "Rencana aksi dan tindak lanjut",
    "evidence": "Bukti dukung beserta berkasnya",
    "indicators": "Indikator, target, dan realisasi",
    "figures": "Angka ringkas per perangkat daerah dan unit",
    "reports": "Laporan terbit",
}


def in_words(scopes) -> str:
    """The kinds in their order; a code of an earlier version of the program is left out."""
    return ", ".join(label for code, label in SCOPES.items() if code in scopes)
