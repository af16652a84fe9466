"""The product's settings, with two pages more that only figures ask for (``urls.py`` beside)."""

from luoshi.site.settings import *  # noqa: F403

ROOT_URLCONF = "harness.urls"
