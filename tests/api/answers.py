"""What every refusal looks like to a machine."""


def problem_of(answer, status, code):
    """The document of a refusal, in the shape that every refusal has."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told.keys() == {"type", "title", "status", "code", "detail", "facts", "sentences"}
    assert (told["status"], told["code"]) == (status, code)
    assert told["sentences"].keys() == {"zh-hans", "en"}
    return told
