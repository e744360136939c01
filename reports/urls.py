from django.urls import path

from reports import home
from reports.views import dossier, history, hub, jobs, tables, telaah_staf

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
    path("laporan/", hub.report_list, name="report-list"),
    path("dokumen-saya/", jobs.job_list, name="job-list"),
    path("dokumen-saya/<int:pk>/", jobs.job_detail, name="job-detail"),
    path("dokumen-saya/<int:pk>/unduh/", jobs.job_file, name="job-file"),
    path("dokumen-saya/<int:pk>/batalkan/", jobs.job_cancel, name="job-cancel"),
    path("dokumen-saya/<int:pk>/ulangi/", jobs.job_repeat, name="job-repeat"),
    path("laporan/<slug:name>/", tables.report_preview, name="report-preview"),
    path("laporan/<slug:name>/unduh/<str:format>/", tables.report_download, name="report-download"),
    path("uji-konsistensi/", tables.report_preview, {"name": "consistency"}, name="consistency"),
    path("riwayat/", history.history, name="history"),
    path("dokumen-lengkap/<int:pk>/", dossier.dossier_detail, name="dossier-detail"),
    path("dokumen-lengkap/<int:pk>/unduh/", dossier.dossier_download, name="dossier-download"),
    path("telaah-staf/", telaah_staf.telaah_staf_list, name="telaah-staf-list"),
    path("telaah-staf/<int:pk>/", telaah_staf.telaah_staf_detail, name="telaah-staf-detail"),
    path("telaah-staf/<int:pk>/unduh/", telaah_staf.telaah_staf_pdf, name="telaah-staf-pdf"),
    path("telaah-staf/<int:pk>/ubah/", telaah_staf.telaah_staf_edit, name="telaah-staf-edit"),
    path("telaah-staf/teks/<int:pk>/ubah/", telaah_staf.telaah_staf_text, name="telaah-staf-text"),
]
