from django.urls import path

from workbooks.views import imports
from workbooks.word import picture_views as pictures
from workbooks.word import views as word

app_name = "workbooks"
urlpatterns = [
    path("impor/", imports.import_list, name="import-list"),
    path("impor/word/", word.word_start, name="word-start"),
    path("impor/<int:pk>/koreksi/", word.word_draft, name="word-draft"),
    path("impor/<int:pk>/kolom/", word.word_columns, name="word-columns"),
    path("impor/<int:pk>/gambar/", pictures.word_pictures, name="word-pictures"),
    path("impor/<int:pk>/gambar/<int:number>/", pictures.word_picture, name="word-picture"),
    path("impor/<int:pk>/", imports.import_detail, name="import-detail"),
    path("impor/<int:pk>/konfirmasi/", imports.import_confirm, name="import-confirm"),
    path("impor/<int:pk>/pilih/", imports.import_choose, name="import-choose"),
    path("impor/<int:pk>/ditolak/", imports.import_rejected, name="import-rejected"),
    path("impor/<int:pk>/batal/", imports.import_cancel, name="import-cancel"),
    path("impor/<int:pk>/urungkan/", imports.import_undo, name="import-undo"),
    path("impor/templat/<slug:kind>/", imports.template, name="template"),
    path("ekspor/<slug:kind>/", imports.export, name="export"),
    path("ekspor/<slug:kind>/pilih/", imports.export_choose, name="export-choose"),
]
