"""All addresses. Paths are Indonesian, names English."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as webauthn
from django.contrib import admin
from django.urls import include, path, re_path

from sakip import settings_urls
from sakip.sign_in.factor_stage import enter_code
from sakip.views import (
    color_scheme,
    echo,
    factors,
    guides,
    identity,
    installing,
    invitations,
    partial_uploads,
    person_data,
    posts,
    probes,
    search,
    sessions,
    table_settings,
    unsaved,
)

handler400 = "sakip.views.failures.bad_request"
handler500 = "sakip.views.failures.server_error"

# The addresses of allauth that we use. Its pages and mails refer to them by these names.
account_urls = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", sessions.sign_out, name="account_logout"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("daftar/", account.signup, name="account_signup"),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("kata-sandi/", account.password_change, name="account_change_password"),
    path("kata-sandi/buat/", account.password_set, name="account_set_password"),
    path("kata-sandi/lupa/", account.password_reset, name="account_reset_password"),
    path(
        "kata-sandi/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"
    ),
    re_path(
        r"^kata-sandi/lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "kata-sandi/lupa/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

# The second factor; allauth refers to its pages by these names too.
factor_urls = [
    path("masuk/kode/", enter_code, name="mfa_authenticate"),
    path("pastikan/kode/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("pastikan/kunci/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("dua-langkah/", factors.factor_list, name="mfa_index"),
    path("dua-langkah/aplikasi/", factors.add_app, name="mfa_activate_totp"),
    path("dua-langkah/aplikasi/hapus/", factors.remove_app, name="mfa_deactivate_totp"),
    path("dua-langkah/kunci/", factors.add_key, name="mfa_add_webauthn"),
    path("dua-langkah/kunci/<int:pk>/hapus/", factors.remove_key, name="mfa_remove_webauthn"),
    path(
        "dua-langkah/kode-pemulihan/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "dua-langkah/kode-pemulihan/baru/", factors.renew_codes, name="mfa_generate_recovery_codes"
    ),
]

# The identity provider of the province; 404 without one.
identity_urls = [
    path("masuk/provinsi/", identity.sign_in, name="identity-sign-in"),
    path("masuk/provinsi/kembali/", identity.come_back, name="identity-callback"),
    path("keluar/provinsi/", identity.signed_out, name="identity-signed-out"),
    path("keluar/provinsi/lanjut/", identity.sign_out, name="identity-sign-out"),
]

# The own sessions, and what is held on the person.
session_urls = [
    path("data-saya/", person_data.person_data, name="person-data"),
    path("data-saya/unduh/", person_data.person_data_file, name="person-data-file"),
    path("perangkat/", sessions.device_list, name="device-list"),
    path("perangkat/<int:pk>/keluarkan/", sessions.device_end, name="device-end"),
    path("perangkat/lain/keluarkan/", sessions.device_end_others, name="device-end-others"),
    path("sesi/", sessions.session_state, name="session-state"),
    path("tabel/<slug:name>/", table_settings.table_settings, name="table-settings"),
    path("belum-terkirim/", sessions.unsent_page, name="unsent"),
    path("tulisan/", unsaved.keep, name="unsaved-keep"),
    path("tulisan/buang/", unsaved.discard, name="unsaved-discard"),
]

# Addresses for people who are invited and have no password yet.
invitation_urls = [
    path("undangan/", invitations.invitation_accept, name="invitation-accept"),
    path("undangan/<str:token>/", invitations.invitation_open, name="invitation-open"),
]

OWN_ACCOUNT = account_urls + factor_urls + identity_urls + session_urls + invitation_urls

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("recommendations.urls")),
    path("", include("performance.urls")),
    path("", include("workbooks.urls")),
    path("", include("api.urls")),
    path("cari/", search.search_page, name="search"),
    path("baca/", echo.echo, name="echo"),
    path("cari/pintasan/", search.search_key, name="search-key"),
    path("bantuan/", guides.guide_list, name="guide-list"),
    path("bantuan/tur/tutup/", guides.tour_close, name="tour-close"),
    path("bantuan/<slug:name>/", guides.guide_page, name="guide"),
    path("pengaturan/", include(settings_urls)),
    path("akun/", include(OWN_ACCOUNT)),
    path("akun/penugasan/", posts.post_take_up, name="post-take-up"),
    path("akun/tampilan/", color_scheme.scheme_choose, name="scheme-choose"),
    path("admin/", admin.site.urls),
    path("unggahan/", partial_uploads.upload_begin, name="upload-begin"),
    path("unggahan/<uuid:key>/", partial_uploads.upload_part, name="upload-part"),
    path("aplikasi.webmanifest", installing.manifest, name="manifest"),
    path("sw.js", installing.worker, name="service-worker"),
    path("luring/", installing.offline, name="offline"),
    path("healthz", probes.alive, name="alive"),
    path("siap", probes.ready, name="ready"),
]
