"""Registers the screen words for what this app writes into the history (see sakip.history.words)."""

from sakip.history.words import Action, Word, register

ACTIONS = {
    "make_token": Action("Token API dibuat", "membuat token API untuk akun {}"),
    "make_webhook": Action("Webhook dibuat", "membuat webhook untuk {}"),
    "switch_webhook": Action("Webhook dihidupkan atau dimatikan", "mengubah webhook {}"),
    "edit_webhook": Action("Webhook diubah", "mengubah webhook {}"),
    "test_webhook": Action("Webhook diuji", "mengirim uji ke webhook {}"),
    "revoke_token": Action("Token API dicabut", "mencabut token API akun {}"),
}

WORDS = {"api_token": Word("Token API"), "webhook": Word("Webhook")}

register(actions=ACTIONS, words=WORDS)
