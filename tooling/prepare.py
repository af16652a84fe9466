"""Set-up: each step is skipped while nothing that it depends on has changed."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from tooling.console import quietly, step
from tooling.frontend import install_frontend
from tooling.packages import install_luoshi, install_packages, make_venv
from tooling.places import PYTHON, ROOT, SOURCE, environment
from tooling.stamps import fingerprint, is_done, mark_done


def prepare(*, development: bool) -> None:
    """Bring ``.venv``, packages, front-end files and catalogues up to date. Raises Sorry."""
    with _alone():
        make_venv()
        install_packages(development=development)
        install_luoshi()
        install_frontend()
        compile_catalogues()


def compile_catalogues() -> None:
    """Compile the word catalogues that changed."""
    sources = sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"))
    digest = fingerprint(sources)
    if is_done("catalogues", digest, outputs=[path.with_suffix(".mo") for path in sources]):
        return
    with step("word catalogues"):
        quietly([PYTHON, "-m", "tooling.words", "compile"], env=environment())
    mark_done("catalogues", digest)


@contextmanager
def _alone() -> Iterator[None]:
    """Let two set-ups in one folder go one after the other."""
    with (ROOT / "dev").open() as script:
        fcntl.flock(script, fcntl.LOCK_EX)
        yield
