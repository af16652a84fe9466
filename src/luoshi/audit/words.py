"""The words of the audit list."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Outcome(StrEnum):
    """What became of an act."""

    DONE = "done"
    REFUSED = "refused"  # what was typed could not stand
    TURNED_AWAY = "turned_away"  # the post may not
    FAILED = "failed"  # a fault of ours


OUTCOMES = {
    Outcome.DONE: _("done"),
    Outcome.REFUSED: _("refused"),
    Outcome.TURNED_AWAY: _("turned away"),
    Outcome.FAILED: _("failed"),
}
