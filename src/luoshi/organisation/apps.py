"""The organisation room."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Districts, units, posts, accounts."""

    name = "luoshi.organisation"
    label = "organisation"
