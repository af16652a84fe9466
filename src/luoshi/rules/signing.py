"""Signing in: what a password must be, how many tries, how long a session lasts.

Source: GB/T 22239-2019 §8.1.4 (等保 level 3); the numbers are a district's own within its bounds.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from luoshi.rules.refusals import Refusal
from luoshi.rules.rights import ADMINISTRATORS, Role

REMEMBERED_PASSWORDS = 5
CLASSES_OF_FOUR = 3
INVITATION_HOURS = 72
TRIES_FROM_ADDRESS = 100
"""A whole office may stand behind one address, so it gets many more tries than one account."""


class Locked(Refusal):
    """Too many wrong tries; facts: ``minutes`` until the next one is taken."""

    code = "signing_locked"


class OutOfBounds(Refusal):
    """A setting of signing in is looser than the law allows; facts: ``name, least, most``."""

    code = "signing_out_of_bounds"


class LinkVoid(Refusal):
    """The one-time link was used, withdrawn, replaced, or is too old; facts: none."""

    code = "link_void"


class LoginTaken(Refusal):
    """Another account has this sign-in name; facts: ``login``."""

    code = "login_taken"


class AdministratorThere(Refusal):
    """The district has an administrator of this role; facts: none."""

    code = "administrator_there"


class AlreadyConfirmed(Refusal):
    """This administrator was confirmed by that role already; facts: none."""

    code = "already_confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """How one district lets people in; lengths carry their unit in the name."""

    password_days: int = 90
    tries: int = 5
    lock_minutes: int = 15
    idle_minutes: int = 15
    session_hours: int = 8
    sessions: int = 2
    second_factor_for_all: bool = False


BOUNDS = {
    "password_days": (1, 90),
    "tries": (3, 5),
    "lock_minutes": (15, 1440),
    "idle_minutes": (5, 15),
    "session_hours": (1, 8),
    "sessions": (1, 2),
}
"""A district may be stricter than the default, never looser."""


def check_standard(standard: Standard) -> None:
    """Raise OutOfBounds for the first setting that is looser than the default allows."""
    for name, (least, most) in BOUNDS.items():
        if not least <= getattr(standard, name) <= most:
            raise OutOfBounds(name=name, least=least, most=most)


# ---- passwords


def classes_of(password: str) -> int:
    """Count the classes of characters in a password, 0..4: small, capital, figures, others."""
    tests = (str.islower, str.isupper, str.isdigit)
    found = {next((n for n, test in enumerate(tests) if test(one)), 3) for one in password}
    return len(found)


def is_old(set_at: datetime | None, at: datetime, standard: Standard) -> bool:
    """Tell whether a password has to be changed for its age; one never dated is not judged."""
    return set_at is not None and at - set_at >= timedelta(days=standard.password_days)


# ---- tries


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries in a row, the moment of the last, and until when no further is taken.

    Of what many share, the moment is that of the first.
    """

    count: int = 0
    noted_at: datetime | None = None
    locked_until: datetime | None = None


def one_more(
    tries: Tries, *, at: datetime, most: int, lock_minutes: int, is_shared: bool = False
) -> Tries:
    """Return the tries with the one about to be made, which counts as wrong until it is not.

    Counted before it is judged, tries that come at the same moment cannot pass together. The last
    one locks; after a rest as long as the lock the count begins anew. What many share (an address)
    never rests: its count begins anew that long after the first. Raises Locked.
    """
    if tries.locked_until is not None and at < tries.locked_until:
        raise Locked(minutes=_minutes(tries.locked_until - at))
    rest = timedelta(minutes=lock_minutes)
    has_rested = tries.noted_at is None or at - tries.noted_at >= rest
    is_fresh = has_rested or tries.locked_until is not None
    count = 1 if is_fresh else tries.count + 1
    noted_at = tries.noted_at if is_shared and not is_fresh else at
    return Tries(count, noted_at, at + rest if count >= most else None)


def _minutes(length: timedelta) -> int:
    return -(-int(length.total_seconds()) // 60)


# ---- sessions


class Ended(StrEnum):
    """Why a session ended by itself."""

    IDLE = "idle"
    OVER = "over"


def why_ended(*, entered: float, seen: float, now: float, idle: int, most: int) -> Ended | None:
    """Tell whether a session is over, and why; moments and lengths in seconds."""
    if now - entered >= most:
        return Ended.OVER
    return Ended.IDLE if now - seen >= idle else None


T = TypeVar("T")


def too_many(newest_first: Sequence[T], most: int) -> Sequence[T]:
    """Return the sessions to be ended so that at most so many stay: the oldest."""
    return newest_first[most:]


BROWSERS = (
    ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("Edg", "Edge"), ("Firefox", "Firefox"),
    ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_named(told: str) -> str:
    """Return browser and system as people call them; what is unknown as it was told, cut short.

    Many browsers call themselves by others' names too, so the rarer names come first.
    """
    browser = next((name for sign, name in BROWSERS if sign in told), "")
    system = next((name for sign, name in SYSTEMS if sign in told), "")
    return " · ".join(name for name in (browser, system) if name) or told[:40]


# ---- what stands between the password and the ledger


class Step(StrEnum):
    """What a person has to do before acting, in this order."""

    PASSWORD = "password"  # noqa: S105 - a name, not a secret
    SECOND_FACTOR = "second_factor"


def needs_second_factor(roles: Iterable[str], standard: Standard) -> bool:
    """Tell whether a person of these roles signs in with two factors."""
    return standard.second_factor_for_all or not ADMINISTRATORS.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Seat:
    """A post to which somebody is invited: its unit, the units below the inviter's, its roles."""

    unit: UUID | None
    own_subtree: Collection[UUID]
    roles: frozenset[str]
    is_vacant: bool


# ---- three administrators (三员分立)


def confirmers_of(role: Role, made_by: Iterable[str], existing: Collection[str]) -> frozenset[Role]:
    """Return the roles whose administrator still has to confirm a new one of ``role``.

    They are the two others, as far as the district has them; who made the account has said yes.
    """
    return frozenset(
        other for other in ADMINISTRATORS if other in existing and other not in {role, *made_by}
    )
