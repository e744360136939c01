"""Addresses of evaluations, recommendations, renaksi and evidence."""

from django.urls import path

from recommendations.views import (
    bulk_plan,
    calendar,
    comments,
    drafts,
    evaluation_table,
    evaluations,
    evidence,
    extensions,
    follow_up,
    hand_reminders,
    next_year,
    notices,
    own_decisions,
    quarter_closing,
    quarterly_reports,
    recommendations,
    reminder_texts,
    renaksi,
    renaksi_list,
    reorganisation,
    review,
    review_keys,
    review_together,
    revisions,
    rubrics,
    saved_views,
    simulation,
    steps,
    transitions,
)

app_name = "recommendations"

# ── Evaluations, recommendations, notes, rubrics ────────────────────────────────────────────────
urlpatterns = [
    path("evaluasi/", evaluations.evaluation_list, name="evaluation-list"),
    path("evaluasi/baru/", evaluations.evaluation_create, name="evaluation-create"),
    path("evaluasi/<int:pk>/", evaluations.evaluation_detail, name="evaluation-detail"),
    path("evaluasi/<int:pk>/ubah/", evaluations.evaluation_edit, name="evaluation-edit"),
    path("evaluasi/<int:pk>/hapus/", evaluations.evaluation_delete, name="evaluation-delete"),
    path("evaluasi/<int:pk>/surat/", revisions.letter_attach, name="letter-attach"),
    path("evaluasi/<int:pk>/surat/<int:number>/", revisions.letter_file, name="letter-file"),
    path("evaluasi/<int:pk>/revisi/", revisions.revision_create, name="revision-create"),
    path(
        "evaluasi/<int:pk>/versi/<int:number>/", revisions.revision_detail, name="revision-detail"
    ),
    path("evaluasi/<int:pk>/nilai/", evaluations.evaluation_scores, name="evaluation-scores"),
    path("evaluasi/<int:pk>/isian/", evaluation_table.table, name="evaluation-table"),
    path("evaluasi/<int:pk>/isian/tempel/", evaluation_table.paste, name="evaluation-paste"),
    path(
        "evaluasi/<int:pk>/tahun-berikutnya/",
        next_year.next_year,
        name="evaluation-next-year",
    ),
    path(
        "evaluasi/<int:pk>/simulasi/",
        simulation.evaluation_simulation,
        name="evaluation-simulation",
    ),
    path(
        "evaluasi/<int:pk>/tindak-lanjut/",
        evaluations.evaluation_follow_up,
        name="evaluation-follow-up",
    ),
    path(
        "evaluasi/<int:pk>/rekomendasi/baru/",
        recommendations.recommendation_create,
        name="recommendation-create",
    ),
    path(
        "rekomendasi/<int:pk>/",
        recommendations.recommendation_detail,
        name="recommendation-detail",
    ),
    path(
        "rekomendasi/<int:pk>/ubah/",
        recommendations.recommendation_edit,
        name="recommendation-edit",
    ),
    path(
        "rekomendasi/<int:pk>/hapus/",
        recommendations.recommendation_delete,
        name="recommendation-delete",
    ),
    path("rekomendasi/<int:pk>/catatan/", recommendations.note_edit, name="note-edit"),
    path("catatan/gambar/<int:pk>/", recommendations.note_photo, name="note-photo"),
    path("rubrik/", rubrics.rubric_list, name="rubric-list"),
    path("rubrik/baru/", rubrics.rubric_create, name="rubric-create"),
    path("rubrik/<int:pk>/", rubrics.rubric_detail, name="rubric-detail"),
    path("rubrik/<int:pk>/ubah/", rubrics.rubric_edit, name="rubric-edit"),
    path("rubrik/<int:pk>/salin/", rubrics.rubric_copy, name="rubric-copy"),
    path("rubrik/<int:pk>/pita/", rubrics.follow_up_bands_edit, name="rubric-bands"),
]

# ── Renaksi, their evidence and quarterly reports ───────────────────────────────────────────────
urlpatterns += [
    path("rekomendasi/<int:pk>/renaksi/baru/", renaksi.create, name="renaksi-create"),
    path("renaksi/teks-pengingat/", reminder_texts.reminder_text_list, name="reminder-texts"),
    path("renaksi/<int:pk>/", renaksi.detail, name="renaksi-detail"),
    path("renaksi/<int:pk>/rencana/", renaksi.plan, name="renaksi-plan"),
    path("renaksi/<int:pk>/tindak-lanjut/", follow_up.edit, name="renaksi-edit"),
    path("renaksi/<int:pk>/hapus/", renaksi.delete, name="renaksi-delete"),
    path(
        "renaksi/<int:pk>/kirim/",
        transitions.transition,
        {"action": "submit"},
        name="renaksi-submit",
    ),
    path(
        "renaksi/<int:pk>/tarik/",
        transitions.transition,
        {"action": "withdraw"},
        name="renaksi-withdraw",
    ),
    path(
        "renaksi/<int:pk>/terima/",
        transitions.transition,
        {"action": "accept"},
        name="renaksi-accept",
    ),
    path(
        "renaksi/<int:pk>/kembalikan/",
        transitions.transition,
        {"action": "return"},
        name="renaksi-return",
    ),
    path(
        "renaksi/<int:pk>/buka-kembali/",
        transitions.transition,
        {"action": "reopen"},
        name="renaksi-reopen",
    ),
    path("renaksi/<int:pk>/bukti/baru/", evidence.create, name="evidence-create"),
    path("bukti/<int:pk>/ubah/", evidence.edit, name="evidence-edit"),
    path("bukti/<int:pk>/revisi/", evidence.revise, name="evidence-revise"),
    path("bukti/<int:pk>/arsipkan/", evidence.archive, name="evidence-archive"),
    path("bukti/<int:pk>/pulihkan/", evidence.restore, name="evidence-restore"),
    path("bukti/<int:pk>/berkas/<int:number>/", evidence.file, name="evidence-file"),
    path("bukti/<int:pk>/berkas/<int:number>/halaman/", evidence.picture, name="evidence-picture"),
    path(
        "renaksi/<int:pk>/triwulan/<year:year>/<quarter:quarter>/",
        quarterly_reports.edit,
        name="quarterly-report-edit",
    ),
]

# ── Lists, saved views, planning in bulk, extensions ────────────────────────────────────────────
urlpatterns += [
    path("renaksi/", renaksi_list.renaksi_list, name="renaksi-list"),
    path("renaksi/tampilan/", saved_views.saved_view_list, name="saved-view-list"),
    path("renaksi/tampilan/baru/", saved_views.saved_view_create, name="saved-view-create"),
    path("renaksi/tampilan/<int:pk>/ubah/", saved_views.saved_view_edit, name="saved-view-edit"),
    path(
        "renaksi/tampilan/<int:pk>/hapus/", saved_views.saved_view_delete, name="saved-view-delete"
    ),
    path("renaksi/massal/", bulk_plan.bulk, name="renaksi-bulk"),
    path("renaksi/alihkan/", bulk_plan.hand_over, name="hand-over"),
    path("renaksi/alihkan/petugas/", bulk_plan.hand_over_person, name="hand-over-person"),
    path("renaksi/<int:pk>/perpanjangan/", extensions.create, name="extension-create"),
    path("perpanjangan/", extensions.extension_list, name="extension-list"),
    path("perpanjangan/<int:pk>/", extensions.decide, name="extension-decide"),
]

# ── Comments, notices, calendar ─────────────────────────────────────────────────────────────────
urlpatterns += [
    path("renaksi/<int:pk>/komentar/", comments.comment_create, name="comment-create"),
    path("pemberitahuan/", notices.notice_list, name="notice-list"),
    path("pemberitahuan/dibaca/", notices.notice_read_all, name="notice-read-all"),
    path("pemberitahuan/<int:pk>/dibaca/", notices.notice_read, name="notice-read"),
    path("pemberitahuan/pilihan/", notices.notice_choices, name="notice-choices"),
    path("pemberitahuan/kalender/", notices.calendar_renew, name="calendar-renew"),
    path("ingatkan/", hand_reminders.remind, name="remind"),
    path("kalender/<slug:key>.ics", calendar.calendar, name="calendar"),
]

# ── Review queue, steps, closed quarters, evidence used again ───────────────────────────────────
urlpatterns += [
    path("reviu/", review.review_list, name="review-list"),
    path("reviu/keputusan/", own_decisions.decision_list, name="decision-list"),
    path("reviu/sekaligus/", review_together.review_together, name="review-together"),
    path("reviu/<int:pk>/", review.review_item, name="review-item"),
    path("reviu/<int:pk>/dibuka/", review.review_presence, name="review-presence"),
    path("langkah/<int:pk>/selesai/", steps.tick, name="step-tick"),
    path("langkah/<int:pk>/batal-selesai/", steps.untick, name="step-untick"),
    path("reviu/<int:pk>/urungkan/", review.review_undo, name="review-undo"),
    path("reviu/tombol/", review_keys.review_keys, name="review-keys"),
    path("triwulan/", quarter_closing.quarter_list, name="quarter-list"),
    path(
        "triwulan/<int:pk>/<year:year>/<quarter:quarter>/tutup/",
        quarter_closing.close,
        name="quarter-close",
    ),
    path(
        "triwulan/<int:pk>/<year:year>/<quarter:quarter>/buka/",
        quarter_closing.reopen,
        name="quarter-reopen",
    ),
    path("renaksi/<int:pk>/bukti/pakai/", evidence.reuse, name="evidence-reuse"),
]

# ── Reorganisation of a unit, among the settings ────────────────────────────────────────────────
urlpatterns += [
    path(
        "pengaturan/unit/<int:pk>/reorganisasi/",
        reorganisation.unit_reorganise,
        name="unit-reorganise",
    ),
]

# ── Drafts of a follow-up ───────────────────────────────────────────────────────────────────────
urlpatterns += [
    path("renaksi/<int:pk>/draf/", drafts.keep, name="renaksi-draft"),
    path("renaksi/<int:pk>/draf/buang/", drafts.discard, name="renaksi-draft-discard"),
]
