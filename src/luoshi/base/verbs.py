"""A verb is declared once: its decider, who may, its label and how the timeline tells it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

from luoshi.base.threads import Actor
from luoshi.rules.refusals import NotAllowed
from luoshi.rules.rights import Grants, Role, Scope, is_granted, roles_told

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Stands = Callable[[Actor, Any], frozenset[Scope]]
"""How a thing stands to an actor: the scopes in which it lies for him."""

IN_THE_DISTRICT = frozenset({Scope.DISTRICT})
NOBODY = frozenset({Role.PUBLIC})


def in_the_district(_actor: Actor, _thing: Any) -> frozenset[Scope]:
    """A thing of the district that stands no nearer to one unit than to another."""
    return IN_THE_DISTRICT


def roles_of(actor: Actor | None) -> frozenset[Role]:
    """Return the roles of the post that acts; whoever did not sign in is the public."""
    return NOBODY if actor is None else roles_told(actor.roles)


def nothing_to_decide(*_given: object, **_named: object) -> None:
    """The decider of what is only read, or judged where it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """What can be done to one kind of business object, or read of it.

    ``grants`` are the rows of the table of rights. ``stands`` tells how the object stands to the
    actor; ``besides`` holds what no table can say of this actor and this object (the doer never
    verifies), ``besides_said`` says it in words.
    """

    name: str
    grants: Grants
    label: "StrOrPromise"
    told: "StrOrPromise" = ""
    decide: Callable[..., Any] = nothing_to_decide
    stands: Stands = in_the_district
    besides: Callable[[Actor, Any], bool] = lambda _actor, _thing: True
    besides_said: "StrOrPromise" = ""
    when: Callable[[Any], bool] = lambda _state: True
    """Whether a page offers it; the decider judges for good."""
    still: Callable[[Actor, Any], bool] = lambda _actor, _state: True
    """Whether the actor has it to do still: a page does not offer what was done."""
    reads: bool = False
    """It changes nothing."""
    open_in_demo: bool = True
    """Whether everybody may read it in a demo."""
    is_listed: bool = True
    """Whether the audit list keeps who did it: every write, and reading what is protected."""

    def who(self, actor: Actor, thing: Any) -> bool:
        """Tell whether the actor's post may do this to a thing."""
        scopes = self.stands(actor, thing)
        return is_granted(self.grants, roles_of(actor), scopes) and self.besides(actor, thing)

    def check(self, actor: Actor, thing: Any = None) -> None:
        """Raise NotAllowed where the actor's post may not do this."""
        if not self.who(actor, thing):
            raise NotAllowed(verb=self.name)

    def is_offered(self, actor: Actor, thing: Any) -> bool:
        """Tell whether the page shows the verb to the actor."""
        return self.who(actor, thing) and self.when(thing) and self.still(actor, thing)

    def opens_to(self, actor: Actor | None) -> bool:
        """Tell whether the actor may do this to anything at all: who may not stays at the door."""
        roles = roles_of(actor)
        if self.reads and self.open_in_demo and settings.IS_DEMO and Role.PUBLIC in roles:
            return any(scope == Scope.DISTRICT for _role, scope in self.grants)
        return any(role in roles for role, _scope in self.grants)


@cache
def all_verbs() -> dict[str, Verb]:
    """Return every verb of the house by name, as the settings list the rooms' tables."""
    found: dict[str, Verb] = {}
    for path in settings.VERBS:
        for verb in import_string(path).values():
            if found.setdefault(verb.name, verb) is not verb:
                msg = f"two verbs are called {verb.name}"
                raise RuntimeError(msg)
    return found


def listed(*verbs: Verb) -> dict[str, Verb]:
    """Return a room's verbs by name, in their order."""
    return {verb.name: verb for verb in verbs}
