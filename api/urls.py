"""Addresses of the API and of its tokens."""

from django.urls import path

from api.views import door, guide, tokens

app_name = "api"
urlpatterns = [
    path("api/", guide.guide, name="guide"),
    path("api/v1/<path:rest>", door.enter, name="v1"),
    path("akun/token/", tokens.token_list, name="token-list"),
    path("akun/token/baru/", tokens.token_create, name="token-create"),
    path("akun/token/<int:pk>/cabut/", tokens.token_revoke, name="token-revoke"),
]
