"""Rights as data: which role may do a thing, told by how the thing stands to who asks.

A right is a pair of a role and a scope. Roles belong to posts, never to persons.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a post is called to; the order is that of the table of rights."""

    LEADER = "leader"  # 区领导: sees all of the district
    OFFICE = "office"  # 区政府办公室
    SUPERVISION = "supervision"  # 督查室
    PROJECTS = "projects"  # 重大项目办
    UNIT_HEAD = "unit_head"  # 单位主要负责人
    REVIEWER = "reviewer"  # 审核人
    OFFICER = "officer"  # 填报人, 承办人
    UNIT_ADMIN = "unit_admin"  # 单位管理员: invites the officers of a unit
    INSPECTOR = "inspector"  # 现场督查
    JUDGE = "judge"  # 考核评委
    SYSTEM = "system"  # 系统管理员
    SECURITY = "security"  # 安全管理员
    AUDITOR = "auditor"  # 审计管理员
    PUBLIC = "public"  # whoever did not sign in


ADMINISTRATORS = frozenset({Role.SYSTEM, Role.SECURITY, Role.AUDITOR})
"""三员分立 (GB/T 22239-2019 §8.1.5): kept apart from each other and from the ledger's content."""
READERS = tuple(role for role in Role if role not in ADMINISTRATORS | {Role.PUBLIC})
"""Whoever works with the ledger reads all of its district."""
DOERS = (Role.OFFICE, Role.SUPERVISION, Role.PROJECTS, Role.UNIT_HEAD, Role.REVIEWER, Role.OFFICER)
"""Roles whose posts act for their own unit in its own matters."""


class Scope(StrEnum):
    """How a thing stands to the one who asks, from the nearest to the widest."""

    OWN = "own"  # one's own account, inbox, views
    MATTER = "matter"  # a matter that one's unit leads
    SUPPORTED = "supported"  # a matter that one's unit supports
    NAMED = "named"  # a matter whose verifier one's unit is
    UNIT = "unit"  # what belongs to one's unit
    SUBTREE = "subtree"  # what belongs to one's unit or a unit below it
    DISTRICT = "district"  # anything of one's district
    PUBLIC = "public"  # anything that is published


Grants = frozenset[tuple[Role, Scope]]


def given(scope: Scope, *roles: Role) -> Grants:
    """Return the right to do a thing within a scope, for some roles; rights are joined by ``|``."""
    return frozenset((role, scope) for role in roles)


def roles_told(names: Iterable[str]) -> frozenset[Role]:
    """Return the roles of a post by their names; a post to which none was given is an officer's."""
    known = frozenset(role for role in Role if role in frozenset(names))
    return known or frozenset({Role.OFFICER})


def is_granted(grants: Grants, roles: Collection[Role], scopes: Collection[Scope]) -> bool:
    """Tell whether one of the roles may do it to what stands so."""
    return any(role in roles and scope in scopes for role, scope in grants)


def scopes_of(grants: Grants, role: Role) -> tuple[Scope, ...]:
    """Return the scopes in which a role may do it, the nearest first."""
    return tuple(scope for scope in Scope if (role, scope) in grants)
