"""A production server of its own on a demo's home, and the town of the ledger's tests."""

import pytest

from tests.ledger.conftest import founded_town, town
from tests.site.demo_home import build_by_command, copied
from tests.site.production.served import Server
from tests.site.scratch import home

__all__ = ["founded_town", "start", "town"]


@pytest.fixture
def start(tmp_path, run_folder):
    """Start servers on a demo's home; what still runs at the end is stopped."""
    servers = []
    with home(tmp_path / "home") as env:
        if env["DATABASE_URL"]:
            build_by_command(env)
        else:
            copied(run_folder, tmp_path / "home")

        def start_(*options, **more):
            servers.append(Server(env | more, tmp_path, *options))
            return servers[-1]

        yield start_
        for server in servers:
            server.stop()
