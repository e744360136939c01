"""Registers the screen words for what this app writes into the history (see sakip.history.words)."""

from sakip.history.words import Action, Word, register

ACTIONS = {
    "make_token": Action("Token API dibuat", "membuat token API untuk akun {}"),
    "revoke_token": Action("Token API dicabut", "mencabut token API akun {}"),
}

WORDS = {"api_token": Word("Token API")}

register(actions=ACTIONS, words=WORDS)
