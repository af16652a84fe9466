"""What is read of the ledger, and what is done beside its matters: many at once, counts, views."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb
from luoshi.ledger import permissions as may
from luoshi.rules.rights import Role, Scope, given

read_ledger = Verb(
    name="read_ledger",
    grants=may.READING,
    label=_("Read board and matters"),
    reads=True,
    is_listed=False,
)
export_ledger = Verb(
    name="export_ledger", grants=may.READING, label=_("Take lists out as files"), reads=True
)
read_evidence = Verb(name="read_evidence", grants=may.READING, label=_("Open evidence"), reads=True)
read_note = Verb(
    name="read_note",
    grants=may.IN_THE_LINE,
    stands=may.stands,
    label=_("Read leaders' notes"),
    reads=True,
    open_in_demo=False,
    is_listed=False,
)
read_submission = Verb(
    name="read_submission",
    grants=may.READING_INSIDE,
    stands=may.stands,
    label=_("Read what waits inside the unit, print its sheet"),
    reads=True,
    open_in_demo=False,
    is_listed=False,
)
publish_rollup = Verb(
    name="publish_rollup", grants=may.OFFICE, label=_("Publish the counts of a day to the city")
)
read_rollups = Verb(
    name="read_rollups",
    grants=may.READING,
    label=_("Read published counts, a city those of its districts"),
    reads=True,
    is_listed=False,
)
read_silence = Verb(
    name="read_silence",
    grants=given(Scope.DISTRICT, Role.LEADER, Role.OFFICE, Role.SUPERVISION, Role.PROJECTS),
    label=_("Read what is vacant or silent"),
    reads=True,
    is_listed=False,
)
do_to_many = Verb(
    name="do_to_many",
    grants=may.OFFICE | may.OF_THE_DOERS,
    label=_("Do one thing to many matters"),
    besides_said=_("each matter as its own verb allows"),
)
save_view = Verb(
    name="save_view", grants=may.OWN_VIEWS, stands=may.is_own, label=_("Keep a view of the board")
)
forget_view = Verb(
    name="forget_view", grants=may.OWN_VIEWS, stands=may.is_own, label=_("Forget a kept view")
)
