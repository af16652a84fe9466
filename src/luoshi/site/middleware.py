"""What every answer carries: a strict content policy, and the language that the reader chose."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from luoshi.base.api.problems import is_api, language_of

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "style-src 'self'",
        "script-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def content_security(get_response: Answer) -> Answer:
    """Allow nothing inline and nothing from elsewhere."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response

    return answer


def chosen_language(get_response: Answer) -> Answer:
    """Speak Chinese unless the reader chose English; to a machine as it asks.

    An office's browser often claims English without being asked.
    """
    known = dict(settings.LANGUAGES)

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = (
            language_of(request.headers.get("Accept-Language", ""))
            if is_api(request)
            else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
        )
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            if hasattr(response, "render") and callable(response.render):
                response.render()
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response

    return answer
