"""The closed days of the audit list as the journal keeps them."""

from uuid import UUID, uuid5

from luoshi.audit.models import Audit
from luoshi.base.codec import Codec, FactKind
from luoshi.base.threads import ThreadKind
from luoshi.rules.audit import AuditLaw, AuditState, SegmentClosed, SegmentDropped


def audit_of(district: UUID) -> UUID:
    """Return the thread of a district's audit list."""
    return uuid5(district, "audit")


def _row(state: AuditState, district: UUID, thread: UUID) -> Audit:
    return Audit(
        id=thread,
        district=district,
        closed=len(state.closed),
        dropped=len(state.dropped),
        last_day=max(state.closed, default=None),
    )


AUDITS = ThreadKind(
    name="audit",
    law=AuditLaw,
    codec=Codec(
        (
            FactKind("audit.segment_closed", SegmentClosed),
            FactKind("audit.segment_dropped", SegmentDropped),
        )
    ),
    row=Audit,
    row_of=_row,
)
