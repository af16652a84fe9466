"""The accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Signing in, invitations, sessions, the three administrators."""

    name = "luoshi.accounts"
    label = "accounts"
