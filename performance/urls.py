from django.urls import path

from performance import evidence_views, grid_views, sheet_views, views

app_name = "performance"
urlpatterns = [
    path("kinerja/", views.indicator_table, name="indicator-table"),
    path("kinerja/isi/", grid_views.entry_grid, name="entry-grid"),
    path("kinerja/<int:pk>/<year:year>/kunci/", grid_views.year_lock, name="year-lock"),
    path("sasaran/baru/", views.objective_create, name="objective-create"),
    path("sasaran/<int:pk>/", views.objective_detail, name="objective-detail"),
    path("sasaran/<int:pk>/ubah/", views.objective_edit, name="objective-edit"),
    path("sasaran/<int:pk>/indikator/baru/", views.indicator_create, name="indicator-create"),
    path("indikator/<int:pk>/", views.indicator_detail, name="indicator-detail"),
    path("indikator/<int:pk>/ubah/", views.indicator_edit, name="indicator-edit"),
    path("indikator/<int:pk>/smart/", sheet_views.smart_edit, name="smart-edit"),
    path(
        "indikator/<int:pk>/realisasi/<year:year>/", views.realisation_edit, name="realisation-edit"
    ),
    path(
        "indikator/<int:pk>/realisasi/<year:year>/bukti/",
        evidence_views.evidence_add,
        name="figure-evidence-add",
    ),
    path("bukti-realisasi/<int:pk>/", evidence_views.evidence_file, name="figure-evidence-file"),
    path(
        "bukti-realisasi/<int:pk>/arsip/",
        evidence_views.evidence_archive,
        name="figure-evidence-archive",
    ),
]
