"""A leader's note is read by its line only: on the page, on past days, by nobody else."""

import pytest

from luoshi.base.models import StoredText
from luoshi.ledger import verbs
from luoshi.rules.rights import Role, is_granted
from tests.doors.streets import LOWER, OWN, SCOPES, SIBLING, SOME_ROLES_EVERYWHERE, SUPPORTED
from tests.ledger.town import DAY

WORDS = "请交通局月底前拿出方案"
NOTED = (OWN, SUPPORTED, LOWER, SIBLING)
HIDDEN = "仅本事项承办链可见"


@pytest.fixture
def noted(streets):
    for relation in NOTED:
        streets.here.tell("write_note", streets.matters[relation], note=WORDS, on=DAY)
    return streets


@pytest.mark.parametrize("role", [role for role in SOME_ROLES_EVERYWHERE if role != Role.PUBLIC])
def test_the_words_are_shown_to_the_line_and_the_line_of_the_thread_to_all(noted, role):
    client = noted.client(role)
    board = client.get("/board/?on=2020-06-01")
    if board.status_code == 403:
        return  # administrators read nothing of the ledger
    assert WORDS not in board.content.decode()
    for relation in NOTED:
        matter = noted.matters[relation]
        reads = is_granted(verbs.read_note.grants, {role}, SCOPES[relation])
        for day in ("?on=2021-05-01", "?on=2020-06-01"):
            page = client.get(f"/matters/{matter}/{day}").content.decode()
            assert (WORDS in page) == reads, (role, relation)
            assert (HIDDEN in page) != reads


def test_a_leader_writes_one_by_the_form(streets):
    leader, matter = streets.client(Role.LEADER), streets.matters[SIBLING]
    form = leader.get(f"/matters/{matter}/write_note/").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields} | {"note": WORDS}
    assert leader.post(f"/matters/{matter}/write_note/", sent | {"note": " "}).status_code == 422
    assert leader.post(f"/matters/{matter}/write_note/", sent).status_code == 302
    assert StoredText.objects.filter(thread=matter, text=WORDS).exists()
