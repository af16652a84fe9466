"""Log lines: JSON, with the request, without what anybody typed."""

import json
import logging
import logging.config

import pytest

from luoshi.site.log_lines import for_programs
from luoshi.site.production import trace
from luoshi.site.production.logs import JsonLines

TYPED = "张三 110101199003070011"


def line(name, text, *given, fault=None, **more):
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, text, given, fault)
    vars(record).update(more)
    told = JsonLines().format(record)
    assert "\n" not in told
    return json.loads(told)


def test_our_own_sentences_are_whole_and_those_of_others_are_not_filled_in():
    assert line("luoshi.errors", "error %s", 404)["said"] == "error 404"
    told = line("django.request", "Not Found: %s", f"/matters/?q={TYPED}")
    assert told["said"] == "Not Found: %s"
    assert told["level"] == "warning"


def test_a_line_names_its_request_and_carries_what_is_told():
    request = trace.begun({"REQUEST_METHOD": "GET"}, is_proxied=False, now=0.0)
    try:
        told = line("luoshi.requests", "answered", told={"status": 200})
    finally:
        trace.ended()
    assert (told["request"], told["status"]) == (request.id, 200)
    assert "request" not in line("luoshi.requests", "answered")


def test_a_fault_is_told_by_type_and_place_and_never_by_its_message():
    try:
        try:
            {}[TYPED]
        except KeyError as cause:
            raise ValueError(TYPED) from cause
    except ValueError as fault:
        told = line("django.request", "Internal", fault=(ValueError, fault, fault.__traceback__))
    assert told["fault"]["types"] == ["ValueError", "KeyError"]
    assert "test_logs.py" in told["fault"]["places"][-1]
    assert TYPED not in json.dumps(told, ensure_ascii=False)


@pytest.fixture
def kept_handlers():
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield root
    root.handlers[:], root.level = before


def test_a_file_of_lines_may_be_moved_away_at_any_time(tmp_path, kept_handlers):
    file = tmp_path / "luoshi.log"
    settings = for_programs(level="WARNING", file=str(file))
    handler = logging.config.DictConfigurator(settings).configure_handler(
        {**settings["handlers"]["lines"], "formatter": None}
    )
    handler.setFormatter(JsonLines())
    record = logging.LogRecord("luoshi.x", logging.ERROR, __file__, 1, "one", (), None)
    handler.emit(record)
    file.rename(tmp_path / "luoshi.log.1")
    handler.emit(record)
    handler.close()
    assert json.loads(file.read_text())["said"] == "one"
    assert len((tmp_path / "luoshi.log.1").read_text().splitlines()) == 1


def test_without_a_file_lines_go_to_standard_error():
    assert for_programs(level="INFO", file=None)["handlers"]["lines"]["class"] == (
        "logging.StreamHandler"
    )
