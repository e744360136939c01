"""All addresses. Paths are Indonesian, names English."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("recommendations.urls")),
    path("", include("performance.urls")),
    path("akun/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
