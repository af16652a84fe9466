"""The site room."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Frame, addresses and error pages."""

    name = "luoshi.site"
    label = "site"

    def ready(self) -> None:
        """Register our own checks."""
        from luoshi.site import checks  # noqa: F401 - registers itself
