"""Indonesian labels for the history codes that this app writes (see sakip.history.words)."""

from recommendations.models import ReviewDecision
from sakip.history.words import REASON, Action, Word, date_in_words, letter_in_words, register

ACTIONS = {
    "attach_letter": Action("Surat LHE dilampirkan", "melampirkan surat pada {}"),
    "revise": Action("LHE revisi dicatat", "mencatat revisi {}"),
    "delete_evaluation": Action("LHE dihapus", "menghapus sebuah LHE dari {}"),
    "delete_recommendation": Action("Rekomendasi dihapus", "menghapus sebuah rekomendasi dari {}"),
    "delete_renaksi": Action("Rencana aksi dihapus", "menghapus sebuah rencana aksi dari {}"),
    "new_edition": Action("Versi baru dibuat", "membuat versi baru {}"),
    "copy_rubric": Action("Disalin", "menyalin rubrik menjadi {}"),
    "score": Action("Nilai diubah", "mengubah nilai {}", only_changes=True),
    "note": Action("Catatan diubah", "mengubah catatan {}", only_changes=True),
    "plan": Action("Rencana diubah", "mengubah rencana {}", only_changes=True),
    "hand_over": Action("Dialihkan ke unit lain", "mengalihkan {}", only_changes=True),
    "submit": Action("Dikirim untuk direviu", "mengirim {} untuk direviu"),
    "claim_printed": Action(
        "Tanda Sudah diambil dari dokumen", "mencatat tanda Sudah dari dokumen pada {}"
    ),
    "withdraw": Action("Ditarik kembali", "menarik kembali {}"),
    "accept": Action("Diterima", "menerima {}"),
    "return": Action("Dikembalikan", "mengembalikan {}"),
    "revoke": Action("Putusan diurungkan", "mengurungkan putusannya atas {}"),
    "reopen": Action("Dibuka kembali", "membuka kembali {}"),
    "remind": Action("Diingatkan", "mengingatkan unit tentang {}"),
    "request_extension": Action("Batas waktu baru diminta", "meminta batas waktu baru untuk {}"),
    "grant_extension": Action("Batas waktu baru disetujui", "menyetujui batas waktu baru {}"),
    "refuse_extension": Action("Batas waktu baru ditolak", "menolak batas waktu baru {}"),
    "edit_evidence": Action(
        "Keterangan bukti dukung diubah", "mengubah keterangan bukti dukung “{name}” pada {}"
    ),
    "revise_evidence": Action(
        "Revisi bukti dukung ditambahkan", "menambahkan revisi bukti dukung “{name}” pada {}"
    ),
    "restore_evidence": Action(
        "Bukti dukung dipulihkan", "memulihkan bukti dukung “{name}” pada {}"
    ),
    "report_quarter": Action("Laporan triwulan diisi", "mengisi laporan {name} {}"),
    "tick_step": Action("Langkah ditandai selesai", "menandai selesai “{name}” pada {}"),
    "untick_step": Action(
        "Tanda selesai langkah dibatalkan", "membatalkan tanda selesai “{name}” pada {}"
    ),
    "close_quarter": Action("Triwulan ditutup", "menutup {name} {}"),
    "reopen_quarter": Action("Triwulan dibuka kembali", "membuka kembali {name} {}"),
}
WORDS = {
    REASON: Word("Alasan", dict(ReviewDecision.Reason.choices)),
    "steps": Word("Langkah"),
    "step": Word("Langkah {}", say=date_in_words),
    "points": Word("Butir"),
    "photos": Word("Gambar"),
    "letter_file": Word("Berkas surat LHE"),
    "correction": Word("Alasan perbaikan"),
    "copied_from": Word("Disalin dari"),
    "bands": Word("Pita kriteria tindak lanjut"),
    "deleted_renaksi": Word("{}"),
    "evidence_file": Word("Berkas"),
    "archived": Word("{}", {"true": "diarsipkan", "false": "dipakai"}),
    "asked_date": Word("Batas waktu yang diminta", say=date_in_words),
    "renaksi.position": Word("Urutan", say=letter_in_words),
    "recommendationpoint.position": Word("Urutan", say=letter_in_words),
    "recommendationpoint.recommendation": Word("Rekomendasi"),
    "step.renaksi": Word("Rencana aksi"),
    "step.position": Word("Nomor"),
    "evidence.renaksi": Word("Rencana aksi"),
    "evidence.position": Word("Nomor"),
    "quarter_closing": Word("{}", {"open": "Terbuka", "closed": "Ditutup"}),
}

register(actions=ACTIONS, words=WORDS)
