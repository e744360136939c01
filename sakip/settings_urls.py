"""Addresses of the settings pages."""

from django.urls import path

from sakip import views

app_name = "sakip"
urlpatterns = [
    path("", views.settings_page, name="settings"),
    path("unit/", views.unit_list, name="unit-list"),
    path("unit/baru/", views.unit_create, name="unit-create"),
    path("unit/<int:pk>/ubah/", views.unit_edit, name="unit-edit"),
    path("pengguna/", views.user_list, name="user-list"),
    path("pengguna/baru/", views.user_create, name="user-create"),
    path("pengguna/<int:pk>/ubah/", views.user_edit, name="user-edit"),
    path("pengguna/<int:pk>/kata-sandi/", views.user_password, name="user-password"),
    path("pejabat/", views.official_list, name="official-list"),
    path("pejabat/baru/", views.official_create, name="official-create"),
    path("pejabat/<int:pk>/ubah/", views.official_edit, name="official-edit"),
    path("kop-surat/", views.letterhead_list, name="letterhead-list"),
    path("kop-surat/baru/", views.letterhead_create, name="letterhead-create"),
    path("kop-surat/<int:pk>/ubah/", views.letterhead_edit, name="letterhead-edit"),
    path("kop-surat/<int:pk>/lambang/", views.letterhead_logo, name="letterhead-logo"),
]
