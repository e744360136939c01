"""Addresses of the settings pages."""

from django.urls import path

from sakip.views import people

app_name = "sakip"
urlpatterns = [
    path("", people.settings_page, name="settings"),
    path("unit/", people.unit_list, name="unit-list"),
    path("unit/baru/", people.unit_create, name="unit-create"),
    path("unit/<int:pk>/ubah/", people.unit_edit, name="unit-edit"),
    path("pengguna/", people.user_list, name="user-list"),
    path("pengguna/baru/", people.user_create, name="user-create"),
    path("pengguna/<int:pk>/ubah/", people.user_edit, name="user-edit"),
    path("pengguna/<int:pk>/kata-sandi/", people.user_password, name="user-password"),
    path("pejabat/", people.official_list, name="official-list"),
    path("pejabat/baru/", people.official_create, name="official-create"),
    path("pejabat/<int:pk>/ubah/", people.official_edit, name="official-edit"),
    path("kop-surat/", people.letterhead_list, name="letterhead-list"),
    path("kop-surat/baru/", people.letterhead_create, name="letterhead-create"),
    path("kop-surat/<int:pk>/ubah/", people.letterhead_edit, name="letterhead-edit"),
    path("kop-surat/<int:pk>/lambang/", people.letterhead_logo, name="letterhead-logo"),
]
