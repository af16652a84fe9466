"""Entering a matter: what is proposed, and that anything else may be written."""

from tests.pages.test_verb_pages import send

SAID = {
    "title": "测试",
    "kind": "project",
    "origin": "assigned",
    "source_kind": "document",
    "source_title": "纪要",
    "source_day": "2021-1-1",
}


def proposed_to(client):
    """The code that the form proposes; its help names it too."""
    field = client.get("/matters/register/").context["form"]["code"]
    assert field.value() in field.help_text
    return field.value()


def code_of(client, response):
    return client.get(response["Location"]).context["page"]["code"]


def test_the_next_code_is_proposed_and_any_other_is_taken(demo, signed_in):
    client = signed_in()
    proposed = proposed_to(client)
    assert code_of(client, send(client, "/matters/register/", **SAID)) == proposed
    other = send(client, "/matters/register/", **SAID, code="另-1")
    assert code_of(client, other) == "另-1"


def test_who_wrote_a_taken_code_is_told_the_free_ones(demo, signed_in):
    client = signed_in()
    taken = proposed_to(client)
    send(client, "/matters/register/", **SAID)
    refused = send(client, "/matters/register/", **SAID, code=taken)
    assert refused.status_code == 422
    assert proposed_to(client) in refused.content.decode()
    assert refused.context["form"]["code"].value() == taken
