"""Addresses of the settings pages."""

from django.urls import path

from sakip.views import (
    factors,
    invitations,
    letterheads,
    office,
    officials,
    posts,
    settings,
    units,
    users,
)

app_name = "sakip"
urlpatterns = [
    path("", settings.settings_page, name="settings"),
    path("mulai/", office.begin, name="begin"),
    path("unit/", units.unit_list, name="unit-list"),
    path("unit/baru/", units.unit_create, name="unit-create"),
    path("unit/<int:pk>/ubah/", units.unit_edit, name="unit-edit"),
    path("pengguna/", users.user_list, name="user-list"),
    path("pengguna/baru/", users.user_create, name="user-create"),
    path("pengguna/<int:pk>/ubah/", users.user_edit, name="user-edit"),
    path("pengguna/penugasan/baru/", posts.post_create, name="post-create"),
    path("pengguna/<int:pk>/penugasan/", posts.user_posts, name="user-posts"),
    path("pengguna/<int:pk>/penugasan/akhiri/", posts.post_end, name="post-end"),
    path("pengguna/undangan/", invitations.invitation_list, name="invitation-list"),
    path("pengguna/<int:pk>/undangan/", invitations.user_invite, name="user-invite"),
    path("pengguna/<int:pk>/dua-langkah/", factors.factor_reset, name="factor-reset"),
    path("pejabat/", officials.official_list, name="official-list"),
    path("pejabat/baru/", officials.official_create, name="official-create"),
    path("pejabat/<int:pk>/ubah/", officials.official_edit, name="official-edit"),
    path("kop-surat/", letterheads.letterhead_list, name="letterhead-list"),
    path("kop-surat/baru/", letterheads.letterhead_create, name="letterhead-create"),
    path("kop-surat/<int:pk>/ubah/", letterheads.letterhead_edit, name="letterhead-edit"),
    path("kop-surat/<int:pk>/lambang/", letterheads.letterhead_logo, name="letterhead-logo"),
]
