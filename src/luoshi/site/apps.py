"""The site room."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Frame, addresses and error pages."""

    name = "luoshi.site"
    label = "site"
