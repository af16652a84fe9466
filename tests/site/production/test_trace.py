"""Request ids, and what a trusted proxy says of a request."""

import pytest

from luoshi.site.production import trace
from luoshi.site.production.gate import Kind

NOW = 1_800_000_000.5


@pytest.fixture(autouse=True)
def forgotten():
    yield
    trace.ended()
    assert trace.current() is None


def begun(is_proxied=True, **environ):
    return trace.begun(environ, is_proxied=is_proxied, now=NOW)


def test_the_id_of_a_trusted_proxy_is_kept_and_every_other_is_made_here():
    given = "0123abcd-4567.x"
    assert begun(HTTP_X_REQUEST_ID=given).id == given
    assert begun(is_proxied=False, HTTP_X_REQUEST_ID=given).id != given
    assert len({begun().id for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "a b c d e f", "id\nforged: 1", "张三张三张三张三"]
)
def test_an_id_that_could_forge_a_line_is_not_taken(given):
    assert begun(HTTP_X_REQUEST_ID=given).id != given


@pytest.mark.parametrize(
    ("said", "waited"),
    [
        ("t=1800000000.250", 0.25),
        ("t=1800000001.000", 0.0),  # the proxy's clock is ahead
        ("t=1700000000.000", 0.0),  # or years behind
        ("1800000000.250", 0.0),
        ("t=soon", 0.0),
        ("", 0.0),
    ],
)
def test_the_wait_at_the_proxy_is_read_where_it_can_be(said, waited):
    assert begun(HTTP_X_REQUEST_START=said).waited == pytest.approx(waited)
    assert begun(is_proxied=False, HTTP_X_REQUEST_START=said).waited == 0


def test_reading_and_writing_are_told_by_the_method():
    assert {begun(REQUEST_METHOD=m).kind for m in ("GET", "HEAD", "OPTIONS")} == {Kind.READ}
    assert {begun(REQUEST_METHOD=m).kind for m in ("POST", "PUT", "DELETE")} == {Kind.WRITE}


def test_a_method_that_somebody_made_up_is_no_figure_of_its_own():
    made_up = begun(REQUEST_METHOD="X" * 4000)
    assert (made_up.method, made_up.kind) == ("OTHER", Kind.WRITE)
