"""What other programs read and hear with."""

from django.conf import settings
from django.db import models

from api.rules import scopes
from sakip.text_fields import LineField


class ApiToken(models.Model):
    """The right of another program to read in the name of a person, in one post of theirs.

    `digest` is the SHA-256 of the token, which nobody can read again; `start` are its first characters,
    by which its owner knows it. `post` is the `post_code` of the seat in which it reads: when the post ends,
    so does the token. `last_used_at` is right to the hour.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="api_tokens",
        verbose_name="pemilik",
    )
    name = LineField("nama", max_length=60)
    digest = LineField("sidik", max_length=64, unique=True, editable=False)
    start = LineField("awal token", max_length=12, editable=False)
    post = LineField("penugasan", max_length=40, editable=False)
    scopes = models.JSONField("data yang dibaca", default=list)
    created_at = models.DateTimeField("dibuat pada")
    expires_at = models.DateTimeField("berlaku sampai")
    last_used_at = models.DateTimeField("terakhir dipakai", null=True, blank=True)
    revoked_at = models.DateTimeField("dicabut pada", null=True, blank=True)

    objects = models.Manager()

    class Meta:
        verbose_name = "token API"
        verbose_name_plural = "token API"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.name} ({self.start}…)"

    @property
    def in_words(self) -> str:
        """What it reads."""
        return scopes.in_words(self.scopes)

    def is_alive(self, at) -> bool:
        return self.revoked_at is None and at < self.expires_at
