"""A body is read from its command's own signature: what is typed, what comes as a file, and how."""

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from django.core.files.uploadedfile import UploadedFile
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from luoshi.base.api.reading import LONGEST, LONGEST_OF
from luoshi.base.files import SealedFile

HOW = frozenset({"sent", "on", "expected", "command_id", "by", "at", "day"})
"""How a command came: from the headers, the token and the clock, never typed into the body."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command as its operation calls it: what is typed, what stands in files, how it comes."""

    command: Callable[..., Any]
    hints: Mapping[str, Any]
    fields: Mapping[str, Any]
    uploads: str
    upload: str
    how: frozenset[str]

    @property
    def knows_its_id(self) -> bool:
        """Tell whether the command is told its id."""
        return bool({"sent", "command_id"} & self.how)

    @property
    def wants_expected(self) -> bool:
        """Tell whether the command is held against what its writer saw."""
        return bool({"sent", "expected"} & self.how)

    @property
    def wants_day(self) -> bool:
        """Tell whether the command holds from a day."""
        return bool({"sent", "on"} & self.how)


def call_of(command: Callable[..., Any], in_path: Mapping[str, Any]) -> Call:
    """Read a command's own signature."""
    hints = typing.get_type_hints(command, include_extras=True)
    parameters = inspect.signature(command).parameters
    uploads = next((name for name in parameters if hints[name] == tuple[SealedFile, ...]), "")
    upload = next((name for name in parameters if hints[name] is UploadedFile), "")
    how = HOW & parameters.keys()
    if "day" in how and ("sent" in how or hints["day"] is not date):
        how -= {"day"}  # a day of the thing itself, such as that of a document
    typed = {
        name: (_bounded(name, hints[name]), _default(parameter))
        for name, parameter in parameters.items()
        if name not in {*how, *in_path, uploads, upload, "asked"}
    }
    return Call(command, hints, typed, uploads, upload, how)


def _default(parameter: inspect.Parameter) -> Any:
    return ... if parameter.default is inspect.Parameter.empty else parameter.default


def _bounded(name: str, hint: Any) -> Any:
    """Return a type as the schema tells it: texts have their longest."""
    if hint is not str:
        return hint
    return Annotated[str, StringConstraints(max_length=LONGEST_OF.get(name, LONGEST))]


def body_of_call(call: Call, name: str, *, begins: bool) -> type[BaseModel]:
    """Return what the body of an operation says: the command's own fields, and how it was sent."""
    how: dict[str, Any] = {}
    if call.wants_day:
        how["on"] = (date | None, Field(None, description="From which day it holds; today."))
    if call.wants_expected:
        says = "Number of the thread's last entry that its writer saw; If-Match says it too."
        whole = Annotated[int, Field(ge=0, le=2**53)]
        how["expected"] = (
            (whole, Field(0, description=says))
            if begins
            else (whole | None, Field(None, description=says))
        )
    if "consent" in getattr(call.hints.get("sent"), "__dataclass_fields__", {}):
        says = "The office's reason for asking a post above the cap."
        how["consent"] = (_bounded("consent", str), Field("", description=says))
    title = "".join(part.capitalize() for part in name.split("_"))
    return create_model(
        f"{title}Body",
        __config__=ConfigDict(extra="forbid"),
        **call.fields,
        **how,
    )
