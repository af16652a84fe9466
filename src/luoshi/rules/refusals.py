"""A refusal is an answer: a stable code for machines and facts for the sentence, never wording."""

from typing import ClassVar


class Refusal(Exception):
    """A request was judged and cannot be granted; ``facts`` fill the sentence that says why."""

    code: ClassVar[str] = "refused"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class NotAllowed(Refusal):
    """The actor's post may not do this; facts: ``verb``."""

    code = "not_allowed"


class NotFound(Refusal):
    """There is no such row for this actor; facts: ``what``."""

    code = "not_found"
