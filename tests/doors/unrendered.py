"""Pages told by their templates: what a door decides shows without the page being written out."""

from contextlib import contextmanager
from unittest.mock import patch

from django.template.backends.django import Template
from django.utils.safestring import SafeString

from luoshi.base import answers


@contextmanager
def unrendered():
    """A stretch in which views run to their end and answer without their page's text.

    Gives the list that grows by the name of each template and what it was given. Middleware,
    door, view and its queries are real; only writing out the page, most of the time, is left out.
    Answers without text are not kept for other readers.
    """
    told = []

    def render(page, context=None, request=None):
        told.append((page.template.name, context or {}))
        return SafeString("")

    kept = patch.object(answers, "KEPT", answers.Answers())
    with patch.object(Template, "render", render), kept:
        yield told
