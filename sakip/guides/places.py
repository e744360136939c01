"""Which part of the guides is about a page: the help of the page one is on."""

from django.urls import reverse

from sakip.roles import Role

OF_ROLE = {
    Role.OPERATOR: "operator",
    Role.EVALUATOR: "evaluator",
    Role.COORDINATOR: "koordinator",
    Role.LEADER: "pimpinan",
}
ANYBODY = ""


def _for(place, **roles):
    """The part for anybody, and the part for single roles where it is another."""
    return {ANYBODY: place} | roles


# Names of addresses; a guide, or a part of one after “#”.
PLACES: dict[str, dict[str, str]] = {
    "reports:home": {
        ANYBODY: "mulai",
        Role.OPERATOR: "operator#yang-tampil-di-beranda",
        Role.EVALUATOR: "evaluator#antrean-reviu",
        Role.COORDINATOR: "koordinator#yang-tampil-di-beranda",
        Role.LEADER: "pimpinan#membaca-halaman-pertama",
    },
    "reports:overview": _for("pimpinan#membaca-halaman-pertama"),
    "reports:overview-details": _for("pimpinan#rincian"),
    "reports:province": _for("pimpinan#halaman-provinsi"),
    "reports:repeated": _for("pimpinan#halaman-provinsi"),
    "search": _for("mulai#mencari"),
    "reports:history": _for("mulai#riwayat-dan-yang-berubah"),
    "reports:changes-since": _for("mulai#riwayat-dan-yang-berubah"),
    "recommendations:notice-list": _for("mulai#pemberitahuan-surel-dan-kalender"),
    "recommendations:notice-choices": _for("mulai#pemberitahuan-surel-dan-kalender"),
    "account_change_password": _for("mulai#kata-sandi"),
    "mfa_index": _for("mulai#verifikasi-dua-langkah"),
    "unsent": _for("mulai#tulisan-yang-belum-disimpan"),
    "recommendations:renaksi-list": _for(
        "mulai#daftar-dan-saringan", coordinator="koordinator#rencana-aksi"
    ),
    "recommendations:saved-view-list": _for("mulai#daftar-dan-saringan"),
    "recommendations:renaksi-detail": _for(
        "operator#halaman-satu-rencana-aksi", coordinator="koordinator#rencana-aksi"
    ),
    "recommendations:renaksi-edit": _for("operator#menulis-tindak-lanjut"),
    "recommendations:evidence-create": _for("operator#melampirkan-bukti-dukung"),
    "recommendations:evidence-reuse": _for("operator#melampirkan-bukti-dukung"),
    "recommendations:renaksi-submit": _for("operator#mengirim-untuk-direviu"),
    "recommendations:extension-create": _for("operator#meminta-perpanjangan"),
    "recommendations:quarterly-report-edit": _for("operator#laporan-triwulan"),
    "performance:indicator-table": _for(
        "operator#realisasi-indikator", coordinator="koordinator#indikator-kinerja"
    ),
    "performance:entry-grid": _for("operator#realisasi-indikator"),
    "performance:realisation-edit": _for("operator#realisasi-indikator"),
    "recommendations:review-list": _for("evaluator#antrean-reviu"),
    "recommendations:review-item": _for("evaluator#memutuskan-satu-butir"),
    "recommendations:review-together": _for("evaluator#memutuskan-beberapa-sekaligus"),
    "recommendations:decision-list": _for("evaluator#putusan-saya"),
    "recommendations:renaksi-reopen": _for("evaluator#membuka-kembali"),
    "recommendations:remind": _for("koordinator#mengingatkan-yang-terlambat"),
    "recommendations:evaluation-list": _for(
        "istilah#evaluasi-dan-nilai", coordinator="koordinator#mencatat-lhe"
    ),
    "recommendations:evaluation-create": _for("koordinator#mencatat-lhe"),
    "recommendations:evaluation-edit": _for("koordinator#mencatat-lhe"),
    "recommendations:evaluation-detail": _for(
        "istilah#evaluasi-dan-nilai", coordinator="koordinator#mencatat-lhe"
    ),
    "recommendations:evaluation-scores": _for("koordinator#mengisi-nilai"),
    "recommendations:evaluation-table": _for("koordinator#mengisi-rekomendasi"),
    "recommendations:recommendation-create": _for("koordinator#mengisi-rekomendasi"),
    "recommendations:recommendation-edit": _for("koordinator#mengisi-rekomendasi"),
    "recommendations:revision-create": _for("koordinator#lhe-yang-direvisi"),
    "recommendations:evaluation-next-year": _for("setahun#tahun-berikutnya"),
    "recommendations:renaksi-create": _for("koordinator#rencana-aksi"),
    "recommendations:renaksi-plan": _for("koordinator#rencana-aksi"),
    "recommendations:renaksi-bulk": _for("koordinator#mengubah-banyak-sekaligus"),
    "recommendations:hand-over": _for("koordinator#mengubah-banyak-sekaligus"),
    "recommendations:extension-list": _for("koordinator#permintaan-perpanjangan"),
    "recommendations:extension-decide": _for("koordinator#permintaan-perpanjangan"),
    "recommendations:quarter-list": _for("koordinator#triwulan"),
    "reports:consistency": _for("koordinator#uji-konsistensi"),
    "reports:report-list": _for("koordinator#laporan"),
    "reports:report-preview": _for("koordinator#laporan"),
    "reports:job-list": _for("mulai#mengunduh-dan-dokumen-saya"),
    "reports:issue": _for("koordinator#menerbitkan-dan-mencabut"),
    "reports:issued-list": _for("koordinator#menerbitkan-dan-mencabut"),
    "reports:issued-detail": _for("koordinator#menerbitkan-dan-mencabut"),
    "reports:telaah-staf-list": _for("koordinator#telaah-staf"),
    "reports:telaah-staf-create": _for("koordinator#telaah-staf"),
    "reports:telaah-staf-detail": _for("koordinator#telaah-staf"),
    "reports:telaah-staf-issue": _for("koordinator#telaah-staf"),
    "reports:word-template-list": _for("koordinator#telaah-staf"),
    "reports:dossier-detail": _for("koordinator#dokumen-lengkap"),
    "workbooks:import-list": _for("impor#langkah-yang-selalu-sama"),
    "workbooks:import-detail": _for("impor#membaca-pratinjau"),
    "workbooks:export-choose": _for("impor#mulai-dari-isi-yang-ada"),
    "workbooks:word-start": _for("impor#tabel-tindak-lanjut-dari-word"),
    "workbooks:word-draft": _for("impor#tabel-tindak-lanjut-dari-word"),
    "workbooks:word-columns": _for("impor#tabel-tindak-lanjut-dari-word"),
    "sakip:settings": _for("administrasi"),
    "sakip:begin": _for("kantor-baru#menit-05-mulai"),
    "sakip:unit-list": _for("administrasi#unit-kerja"),
    "sakip:unit-create": _for("administrasi#unit-kerja"),
    "sakip:unit-edit": _for("administrasi#unit-kerja"),
    "recommendations:unit-reorganise": _for("administrasi#unit-kerja"),
    "sakip:user-list": _for("administrasi#orang-yang-datang"),
    "sakip:user-create": _for("administrasi#orang-yang-datang"),
    "sakip:user-edit": _for("administrasi#orang-yang-pindah-atau-berhenti"),
    "sakip:user-posts": _for("administrasi#orang-yang-pindah-atau-berhenti"),
    "sakip:official-list": _for("administrasi#pejabat-dan-kop-surat"),
    "sakip:letterhead-list": _for("administrasi#pejabat-dan-kop-surat"),
    "recommendations:rubric-list": _for("administrasi#rubrik-penilaian"),
    "api:token-list": _for("administrasi#api-dan-token"),
    "api:guide": _for("administrasi#api-dan-token"),
    "api:webhook-list": _for("administrasi#webhook"),
    "api:webhook-create": _for("administrasi#webhook"),
    "api:webhook-detail": _for("administrasi#webhook"),
}


def address_of(route: str | None, role: str) -> str:
    """A page without a part of its own leads to the guide of the role, or to all guides without a role."""
    place = PLACES.get(route or "", {})
    part = place.get(role) or place.get(ANYBODY) or OF_ROLE.get(role)
    if not part:
        return reverse("guide-list")
    name, hash_sign, anchor = part.partition("#")
    return f"{reverse('guide', args=[name])}{hash_sign}{anchor}"
