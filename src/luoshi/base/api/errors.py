"""What is wrong with a field, where it stands, in words of both languages."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from luoshi.base.api.problems import LANGUAGES, NotValid
from luoshi.base.api.reading import escaped

UNKNOWN, REPEATED = "extra_forbidden", "repeated"
_SAYS = {
    "missing": gettext_lazy("This field is missing."),
    UNKNOWN: gettext_lazy("There is no such field."),
    REPEATED: gettext_lazy("This was sent more than once; only one is taken."),
    "string_too_long": gettext_lazy("This text is too long."),
    "string_too_short": gettext_lazy("This text is too short."),
    "text_unreadable": gettext_lazy("This text holds characters that no text can hold."),
    "enum": gettext_lazy("This is none of the values to choose from."),
    "literal_error": gettext_lazy("This is none of the values to choose from."),
    "uuid_parsing": gettext_lazy("This is no id."),
    "string_type": gettext_lazy("Write a text."),
    "string_pattern_mismatch": gettext_lazy("This text is not written as the documentation says."),
    "model_type": gettext_lazy("Write a JSON object: {…}."),
    "dict_type": gettext_lazy("Write a JSON object: {…}."),
    "tuple_type": gettext_lazy("Write a list: […]."),
    "list_type": gettext_lazy("Write a list: […]."),
    "too_long": gettext_lazy("These are too many."),
    "greater_than_equal": gettext_lazy("This number is too small."),
    "less_than_equal": gettext_lazy("This number is too large."),
}
_BEGINNINGS = (
    ("uuid", gettext_lazy("This is no id.")),
    ("date", gettext_lazy("This is no day; write 2026-06-30.")),
    ("decimal", gettext_lazy('This is no amount; write it as a text such as "12.5".')),
    ("int", gettext_lazy("This is no whole number.")),
    ("bool", gettext_lazy("Write true or false.")),
)
_ELSE = gettext_lazy("This cannot be read.")


def field_error(pointer: str, code: str, **facts: Any) -> dict[str, Any]:
    """Return one error: where (a JSON pointer, the place in front), what, and its sentences."""
    says = _SAYS.get(code) or next(
        (sentence for beginning, sentence in _BEGINNINGS if code.startswith(beginning)), _ELSE
    )
    sentences = {}
    for language in LANGUAGES:
        with translation.override(language):
            sentences[language] = str(says)
    return {"pointer": pointer, "code": code, "facts": facts, "sentences": sentences}


def not_valid(pointer: str, code: str, **facts: Any) -> NotValid:
    """Return the refusal of one field."""
    return NotValid(errors=[field_error(pointer, code, **facts)])


def not_valid_by(errors: Iterable[Mapping[str, Any]], *, place: str = "") -> NotValid:
    """Return the refusal of what pydantic found; ``place`` where its own places have none."""
    return NotValid(
        errors=[
            field_error(
                pointer_to([*([place] if place else []), *_named(each["loc"])]),
                str(each["type"]),
                **{name: str(value) for name, value in each.get("ctx", {}).items()},
            )
            for each in errors
        ]
    )


def _named(places: Sequence[Any]) -> Sequence[Any]:
    """Return a place without the name of the group that stands for a query's filters."""
    return (places[0], *places[2:]) if places[:2] == ("query", "filters") else places


def pointer_to(places: Sequence[Any]) -> str:
    """Return the JSON pointer of a place, with where it was sent in front: /body/targets/0/unit."""
    return "".join(f"/{escaped(str(place))}" for place in places)


def sentence_of(errors: Sequence[Mapping[str, Any]]) -> str:
    """Return what is wrong with some fields, in the language that is spoken."""
    language = translation.get_language() or LANGUAGES[0]
    told = [
        f"{each['pointer']} {each['sentences'].get(language, each['sentences'][LANGUAGES[0]])}"
        for each in errors[:5]
    ]
    return gettext("This cannot be taken: %(fields)s") % {"fields": " ".join(told)}
