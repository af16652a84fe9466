"""What is sent is taken in before the gate: with its length, by few at a time."""

import io
from threading import BoundedSemaphore

import pytest

from luoshi.site.production import sending
from luoshi.site.production.gate import Overloaded


class Never(io.RawIOBase):
    """A body of which nothing must be read."""

    def read(self, _size=-1):
        raise AssertionError


def test_what_comes_in_pieces_gets_its_length():
    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": io.BytesIO(b'{"note":"1"}')}
    with sending.taken_in(environ):
        assert environ["CONTENT_LENGTH"] == "12"
        assert "HTTP_TRANSFER_ENCODING" not in environ
        assert environ["wsgi.input"].read() == b'{"note":"1"}'


def test_of_pieces_without_end_so_much_is_taken_in_as_shows_that_it_is_too_much(monkeypatch):
    monkeypatch.setattr(sending, "MOST_SENT", 9)
    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": io.BytesIO(b"x" * 100)}
    with sending.taken_in(environ):
        assert environ["CONTENT_LENGTH"] == "10"


@pytest.mark.parametrize(
    "said",
    [{}, {"CONTENT_LENGTH": ""}, {"CONTENT_LENGTH": "0"}, {"CONTENT_LENGTH": "99999999999"}],
)
def test_what_announces_nothing_or_too_much_is_not_read(said):
    with sending.taken_in({**said, "wsgi.input": Never()}):
        pass


def test_where_too_many_send_another_is_told_to_come_back(monkeypatch):
    monkeypatch.setattr(sending, "_senders", BoundedSemaphore(1))
    monkeypatch.setattr(sending, "PATIENCE", 0.01)

    class Slow(io.BytesIO):
        """Whoever sends it is still sending while another comes."""

        def read(self, size=-1):
            with pytest.raises(Overloaded), sending.taken_in(sent(io.BytesIO(b"ab"))):
                raise AssertionError
            return super().read(size)

    def sent(body):
        return {"CONTENT_LENGTH": "2", "wsgi.input": body}

    # Who is done sending holds up nobody.
    with sending.taken_in(sent(Slow(b"ab"))), sending.taken_in(sent(io.BytesIO(b"cd"))):
        pass
