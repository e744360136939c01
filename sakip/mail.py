"""What Django sends mail through: it only stores the mail. MAIL_BACKEND is what reaches the mail server."""

from django.core.mail.backends.base import BaseEmailBackend

from sakip.services.mail import queue


class QueuedBackend(BaseEmailBackend):
    def send_messages(self, messages):
        for message in messages:
            queue(message)
        return len(messages)
