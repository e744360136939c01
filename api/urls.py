"""Addresses of the API and of its tokens."""

from django.urls import path

from api.views import door, guide, tokens, webhooks

app_name = "api"
urlpatterns = [
    path("api/", guide.guide, name="guide"),
    path("api/v1/<path:rest>", door.enter, name="v1"),
    path("akun/token/", tokens.token_list, name="token-list"),
    path("akun/token/baru/", tokens.token_create, name="token-create"),
    path("akun/token/<int:pk>/cabut/", tokens.token_revoke, name="token-revoke"),
    path("pengaturan/webhook/", webhooks.webhook_list, name="webhook-list"),
    path("pengaturan/webhook/baru/", webhooks.webhook_create, name="webhook-create"),
    path("pengaturan/webhook/<int:pk>/", webhooks.webhook_detail, name="webhook-detail"),
    path("pengaturan/webhook/<int:pk>/ubah/", webhooks.webhook_edit, name="webhook-edit"),
    path("pengaturan/webhook/<int:pk>/uji/", webhooks.webhook_test, name="webhook-test"),
    path("pengaturan/webhook/<int:pk>/saklar/", webhooks.webhook_switch, name="webhook-switch"),
    path(
        "pengaturan/webhook/kiriman/<int:pk>/ulang/",
        webhooks.delivery_again,
        name="delivery-again",
    ),
]
