"""Addresses of evaluations, recommendations, renaksi and evidence."""

from django.urls import path

from recommendations.views import evidence, quarterly, renaksi, transitions

app_name = "recommendations"

# ── Evaluations, recommendations, notes, rubrics ────────────────────────────────────────────────
urlpatterns = []

# ── Renaksi, their evidence and quarterly reports ───────────────────────────────────────────────
urlpatterns += [
    path("rekomendasi/<int:pk>/renaksi/baru/", renaksi.create, name="renaksi-create"),
    path("renaksi/<int:pk>/", renaksi.detail, name="renaksi-detail"),
    path("renaksi/<int:pk>/rencana/", renaksi.plan, name="renaksi-plan"),
    path("renaksi/<int:pk>/tindak-lanjut/", renaksi.edit, name="renaksi-edit"),
    path("renaksi/<int:pk>/hapus/", renaksi.delete, name="renaksi-delete"),
    *(
        path(
            f"renaksi/<int:pk>/{word}/",
            transitions.transition,
            {"action": action},
            name=f"renaksi-{action}",
        )
        for action, word in (
            ("submit", "kirim"),
            ("withdraw", "tarik"),
            ("accept", "terima"),
            ("return", "kembalikan"),
            ("reopen", "buka-kembali"),
        )
    ),
    path("renaksi/<int:pk>/bukti/baru/", evidence.create, name="evidence-create"),
    path("bukti/<int:pk>/ubah/", evidence.edit, name="evidence-edit"),
    path("bukti/<int:pk>/revisi/", evidence.revise, name="evidence-revise"),
    path("bukti/<int:pk>/arsipkan/", evidence.archive, name="evidence-archive"),
    path("bukti/<int:pk>/pulihkan/", evidence.restore, name="evidence-restore"),
    path("bukti/<int:pk>/berkas/<int:number>/", evidence.file, name="evidence-file"),
    path(
        "renaksi/<int:pk>/triwulan/<int:year>/<int:quarter>/",
        quarterly.edit,
        name="quarterly-report-edit",
    ),
]
