from django.urls import path

from reports.views import (
    consistency,
    dossier,
    exports,
    history,
    home,
    hub,
    issuing,
    tables,
    telaah_staf,
    verification,
)
from reports.views import telaah_staf_parts as parts
from reports.views import word_templates as templates

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
    path("ringkasan/", home.overview_page, name="overview"),
    path("laporan/", hub.report_list, name="report-list"),
    path("dokumen-saya/", exports.job_list, name="job-list"),
    path("dokumen-saya/<int:pk>/", exports.job_detail, name="job-detail"),
    path("dokumen-saya/<int:pk>/unduh/", exports.job_file, name="job-file"),
    path("dokumen-saya/<int:pk>/batalkan/", exports.job_cancel, name="job-cancel"),
    path("dokumen-saya/<int:pk>/ulangi/", exports.job_repeat, name="job-repeat"),
    path("laporan/terbit/", issuing.issued_list, name="issued-list"),
    path("laporan/terbit/<int:pk>/", issuing.issued_detail, name="issued-detail"),
    path("laporan/terbit/<int:pk>/berkas/", issuing.issued_file, name="issued-file"),
    path("laporan/terbit/<int:pk>/cabut/", issuing.issued_withdraw, name="issued-withdraw"),
    path("laporan/<slug:name>/terbitkan/", issuing.issue, name="issue"),
    path("verifikasi/", verification.verification_entry, name="verification-entry"),
    path("verifikasi/<str:code>/", verification.verification, name="verification"),
    path("laporan/<slug:name>/", tables.report_preview, name="report-preview"),
    path("laporan/<slug:name>/unduh/<str:format>/", tables.report_download, name="report-download"),
    path("uji-konsistensi/", consistency.finding_list, name="consistency"),
    path("uji-konsistensi/jumlah/", consistency.finding_count, name="finding-count"),
    path(
        "uji-konsistensi/<path:key>/abaikan/", consistency.finding_dismiss, name="finding-dismiss"
    ),
    path("uji-konsistensi/<path:key>/perhatikan/", consistency.finding_heed, name="finding-heed"),
    path("riwayat/", history.history, name="history"),
    path("dokumen-lengkap/<int:pk>/", dossier.dossier_detail, name="dossier-detail"),
    path("dokumen-lengkap/<int:pk>/unduh/", dossier.dossier_download, name="dossier-download"),
    path("telaah-staf/", telaah_staf.telaah_staf_list, name="telaah-staf-list"),
    path("telaah-staf/baru/", telaah_staf.telaah_staf_create, name="telaah-staf-create"),
    path("telaah-staf/templat/", templates.template_list, name="word-template-list"),
    path("telaah-staf/templat/unggah/", templates.template_upload, name="word-template-upload"),
    path("telaah-staf/templat/panduan/", templates.template_guide, name="word-template-guide"),
    path(
        "telaah-staf/templat/awal/<str:paper>/",
        templates.template_start,
        name="word-template-start",
    ),
    path("telaah-staf/templat/<int:pk>/", templates.template_detail, name="word-template-detail"),
    path("telaah-staf/templat/<int:pk>/unduh/", templates.template_file, name="word-template-file"),
    path(
        "telaah-staf/templat/<int:pk>/contoh/",
        templates.template_sample,
        name="word-template-sample",
    ),
    path(
        "telaah-staf/templat/<int:pk>/periksa/",
        templates.template_check,
        name="word-template-check",
    ),
    path(
        "telaah-staf/templat/<int:pk>/pakai/",
        templates.template_activate,
        name="word-template-activate",
    ),
    path(
        "telaah-staf/templat/<int:pk>/hentikan/",
        templates.template_deactivate,
        name="word-template-deactivate",
    ),
    path(
        "telaah-staf/templat/<int:pk>/hapus/",
        templates.template_delete,
        name="word-template-delete",
    ),
    path("telaah-staf/<int:pk>/", telaah_staf.telaah_staf_detail, name="telaah-staf-detail"),
    path("telaah-staf/<int:pk>/unduh/", telaah_staf.telaah_staf_pdf, name="telaah-staf-pdf"),
    path("telaah-staf/<int:pk>/word/", telaah_staf.telaah_staf_word, name="telaah-staf-word"),
    path("telaah-staf/<int:pk>/lambang/", telaah_staf.telaah_staf_logo, name="telaah-staf-logo"),
    path("telaah-staf/<int:pk>/ubah/", telaah_staf.telaah_staf_edit, name="telaah-staf-edit"),
    path("telaah-staf/<int:pk>/draf/", telaah_staf.telaah_staf_draft, name="telaah-staf-draft"),
    path(
        "telaah-staf/<int:pk>/terbitkan/", telaah_staf.telaah_staf_issue, name="telaah-staf-issue"
    ),
    path(
        "telaah-staf/<int:pk>/ganti/",
        telaah_staf.telaah_staf_supersede,
        name="telaah-staf-supersede",
    ),
    path("telaah-staf/<int:pk>/hapus/", telaah_staf.telaah_staf_delete, name="telaah-staf-delete"),
    path("telaah-staf/<int:pk>/bagian/", parts.section_create, name="telaah-staf-section-create"),
    path("telaah-staf/bagian/<int:pk>/ubah/", parts.section_edit, name="telaah-staf-section"),
    path("telaah-staf/bagian/<int:pk>/geser/", parts.section_move, name="telaah-staf-section-move"),
    path(
        "telaah-staf/bagian/<int:pk>/hapus/",
        parts.section_delete,
        name="telaah-staf-section-delete",
    ),
    path("telaah-staf/bagian/<int:pk>/teks/", parts.text_create, name="telaah-staf-text-create"),
    path("telaah-staf/bagian/<int:pk>/tabel/", parts.table_create, name="telaah-staf-table-create"),
    path("telaah-staf/teks/<int:pk>/ubah/", parts.text_edit, name="telaah-staf-text"),
    path("telaah-staf/isi/<int:pk>/geser/", parts.block_move, name="telaah-staf-block-move"),
    path("telaah-staf/isi/<int:pk>/hapus/", parts.block_delete, name="telaah-staf-block-delete"),
]
