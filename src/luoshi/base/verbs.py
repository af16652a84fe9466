"""A verb is declared once: its decider, who may, its label and how the timeline tells it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from luoshi.base.journal import Actor
from luoshi.rules.refusals import NotAllowed

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """What can be done to one kind of business object."""

    name: str
    decide: Callable[..., Any]
    who: Callable[[Actor, Any], bool]
    label: "StrOrPromise"
    told: "StrOrPromise"
    when: Callable[[Any], bool] = lambda _state: True
    """Whether a page offers it; the decider judges for good."""

    def check(self, actor: Actor, state: Any) -> None:
        """Raise NotAllowed where the actor's post may not do this."""
        if not self.who(actor, state):
            raise NotAllowed(verb=self.name)

    def is_offered(self, actor: Actor, state: Any) -> bool:
        """Tell whether the page shows the verb to the actor."""
        return self.who(actor, state) and self.when(state)
