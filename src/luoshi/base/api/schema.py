"""The interface as OpenAPI 3.1: what every operation takes, and every answer that it can give."""

from http import HTTPStatus
from typing import Any

from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation
from ninja.schema import NinjaGenerateJsonSchema

from luoshi.base.api.problems import MEDIA_TYPE, PROBLEM_SCHEMA
from luoshi.base.api.sent import JSON, MULTIPART

EVER = {400: "", 401: "", 403: "", 404: "", 406: "", 422: "", 500: "", 503: ""}
READING = EVER | {304: "What was read before still holds."}
WRITING = EVER | {409: "", 413: "", 415: "", 429: ""}
WAITING = {409, 429, 503}
"""These may say when to send again."""
PROBLEM = {"$ref": "#/components/schemas/Problem"}
HEADERS = {
    "ETag": {"schema": {"type": "string"}, "description": "Of this answer, for If-None-Match."},
    "Last-Entry": {
        "schema": {"type": "string"},
        "description": "Number of the district's last entry.",
    },
}
RETRY = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}
LINK = {"Link": {"schema": {"type": "string"}, "description": 'The next page: rel="next".'}}


class Schema(OpenAPISchema):
    """The schema with the bodies that commands are read from, and the answers of refusals."""

    def request_body(self, operation: Operation) -> dict[str, Any]:
        """Return what an operation takes: the command's own fields."""
        body = getattr(operation.view_func, "body", None)
        if body is None:
            found: dict[str, Any] = super().request_body(operation)
            return found
        schema = body.model_json_schema(
            ref_template=REF_TEMPLATE, schema_generator=NinjaGenerateJsonSchema
        )
        self.add_schema_definitions(schema.pop("$defs", {}))
        many, one = getattr(operation.view_func, "takes", ("", ""))
        content: dict[str, Any] = {} if one else {JSON: {"schema": schema}}
        if many or one:
            content[MULTIPART] = {"schema": _with_files(schema, many, one)}
        return {"content": content, "required": bool(schema.get("required"))}

    def responses(self, operation: Operation) -> dict[int, Any]:
        """Return every answer that an operation can give."""
        found: dict[int, Any] = super().responses(operation)
        is_read = operation.methods == ["GET"]
        for answer in found.values():
            answer["headers"] = HEADERS if is_read else {}
            if getattr(operation.view_func, "has_csv", False):
                answer["content"]["text/csv"] = {"schema": {"type": "string"}}
                answer["headers"] = HEADERS | LINK
            if getattr(operation.view_func, "gives_file", False):  # of any kind
                answer["content"] = {"*/*": {"schema": {"type": "string", "format": "binary"}}}
        for status, says in (READING if is_read else WRITING).items():
            found[status] = _refused(status, says)
        return dict(sorted(found.items()))

    def get_components(self) -> dict[str, Any]:
        """Add the shape of a refusal."""
        found: dict[str, Any] = super().get_components()
        found["schemas"]["Problem"] = PROBLEM_SCHEMA
        return found


def _refused(status: int, says: str) -> dict[str, Any]:
    if says:
        return {"description": says, "headers": HEADERS}
    return {
        **({"headers": RETRY} if status in WAITING else {}),
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": PROBLEM}},
    }


def _with_files(schema: dict[str, Any], many: str, one: str) -> dict[str, Any]:
    """Return the multipart form: the JSON as the part ``body``, files beside it."""
    file = {"type": "string", "format": "binary"}
    parts: dict[str, Any] = {"body": schema}
    if many:
        parts[many] = {"type": "array", "items": file}
    if one:
        parts[one] = file
    needed = [*(["body"] if schema.get("required") else []), *([one] if one else [])]
    return {"type": "object", "properties": parts, "required": needed}
