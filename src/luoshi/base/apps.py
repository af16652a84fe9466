"""The base: plumbing without business words."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Journal, seals, texts, files and spells."""

    name = "luoshi.base"
    label = "base"
