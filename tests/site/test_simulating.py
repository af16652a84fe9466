"""How the simulated district is built: beside an empty ledger, and by the command."""

from functools import partial

import pytest
from django.core.management import call_command
from django.db import transaction

from luoshi.organisation import queries
from luoshi.site.demo import simulated
from tests.site import demo_home
from tests.site.simulating import digests, simulate

# What builds it is measured where others stand on what was built: test_simulated.
pytestmark = pytest.mark.no_cover


@pytest.mark.any_database
def test_the_same_seed_gives_the_same_ledger_to_the_last_digest(db, size):
    ledgers = []
    for seed in (3, 3, 4):
        with transaction.atomic():
            simulate(seed, 4 * size["one_promise_in"], until=-6)
            ledgers.append(digests(queries.the_district(simulated.CODE).pk))
            transaction.set_rollback(True)
    assert len(ledgers[0]) > 60
    assert ledgers[0] == ledgers[1]
    assert not set(ledgers[0]) & set(ledgers[2])


def test_the_command_builds_it(db, settings, tmp_path, monkeypatch, run_folder):
    demo_home.built(run_folder)
    settings.DEMO_MARK, settings.IS_DEMO = tmp_path / "demo.json", True
    settings.DEMO_MARK.write_text('{"opens_on": "2021-01-15"}')
    monkeypatch.setattr(simulated, "steps", partial(simulated.steps, every=30))
    call_command("demo", "--no-serve", "--simulate")
    assert queries.the_district(simulated.CODE).seed == 1
