from django.urls import path

from performance.views import (
    entry_grid,
    evidence,
    indicator_tables,
    indicators,
    locked_years,
    objectives,
    realisations,
    smart,
)

app_name = "performance"
urlpatterns = [
    path("kinerja/", indicator_tables.indicator_table, name="indicator-table"),
    path("kinerja/isi/", entry_grid.entry_grid, name="entry-grid"),
    path("kinerja/isi/ketikan/", entry_grid.entry_grid_typed, name="entry-grid-typed"),
    path("kinerja/<int:pk>/<year:year>/kunci/", locked_years.year_lock, name="year-lock"),
    path("sasaran/baru/", objectives.objective_create, name="objective-create"),
    path("sasaran/<int:pk>/", objectives.objective_detail, name="objective-detail"),
    path("sasaran/<int:pk>/ubah/", objectives.objective_edit, name="objective-edit"),
    path("sasaran/<int:pk>/hapus/", objectives.objective_delete, name="objective-delete"),
    path("sasaran/<int:pk>/indikator/baru/", indicators.indicator_create, name="indicator-create"),
    path("indikator/<int:pk>/", indicators.indicator_detail, name="indicator-detail"),
    path("indikator/<int:pk>/ubah/", indicators.indicator_edit, name="indicator-edit"),
    path("indikator/<int:pk>/hapus/", indicators.indicator_delete, name="indicator-delete"),
    path("indikator/<int:pk>/smart/", smart.smart_edit, name="smart-edit"),
    path(
        "indikator/<int:pk>/realisasi/<year:year>/",
        realisations.realisation_edit,
        name="realisation-edit",
    ),
    path(
        "indikator/<int:pk>/realisasi/<year:year>/bukti/",
        evidence.evidence_add,
        name="figure-evidence-add",
    ),
    path("bukti-realisasi/<int:pk>/", evidence.evidence_file, name="figure-evidence-file"),
    path(
        "bukti-realisasi/<int:pk>/arsip/",
        evidence.evidence_archive,
        name="figure-evidence-archive",
    ),
]
