from django.urls import path

from workbooks import views
from workbooks.word import views as word

app_name = "workbooks"
urlpatterns = [
    path("impor/", views.import_list, name="import-list"),
    path("impor/word/", word.word_start, name="word-start"),
    path("impor/<int:pk>/koreksi/", word.word_draft, name="word-draft"),
    path("impor/<int:pk>/", views.import_detail, name="import-detail"),
    path("impor/<int:pk>/konfirmasi/", views.import_confirm, name="import-confirm"),
    path("impor/<int:pk>/pilih/", views.import_choose, name="import-choose"),
    path("impor/<int:pk>/ditolak/", views.import_rejected, name="import-rejected"),
    path("impor/<int:pk>/batal/", views.import_cancel, name="import-cancel"),
    path("impor/<int:pk>/urungkan/", views.import_undo, name="import-undo"),
    path("impor/templat/<slug:kind>/", views.template, name="template"),
    path("ekspor/<slug:kind>/", views.export, name="export"),
    path("ekspor/<slug:kind>/pilih/", views.export_choose, name="export-choose"),
]
