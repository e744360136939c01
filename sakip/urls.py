"""All addresses. Paths are Indonesian, names English."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path, re_path

from sakip import settings_urls
from sakip.views import invitations, posts

handler400 = "sakip.views.failures.bad_request"
handler500 = "sakip.views.failures.server_error"

# The addresses of allauth that we use. Its pages and mails refer to them by these names.
account_urls = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
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

# Addresses for people who are invited and have no password yet.
invitation_urls = [
    path("undangan/", invitations.invitation_accept, name="invitation-accept"),
    path("undangan/<str:token>/", invitations.invitation_open, name="invitation-open"),
]

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("recommendations.urls")),
    path("", include("performance.urls")),
    path("", include("workbooks.urls")),
    path("pengaturan/", include(settings_urls)),
    path("akun/", include(account_urls + invitation_urls)),
    path("akun/penugasan/", posts.post_take_up, name="post-take-up"),
    path("admin/", admin.site.urls),
]
