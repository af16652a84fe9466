"""What can be asked of the server itself."""

from django.utils.translation import gettext_lazy as _

from luoshi.base.verbs import Verb, listed
from luoshi.organisation.verbs import EVERYBODY

probe = Verb(
    name="probe",
    grants=EVERYBODY,
    label=_("Ask whether the server is alive and ready"),
    reads=True,
    open_in_demo=False,  # whoever it opens to, it opens to everywhere
    is_listed=False,
)
read_metrics = Verb(
    name="read_metrics",
    grants=EVERYBODY,
    besides_said=_("only from the machine itself or with the token of the monitoring"),
    label=_("Read the figures of the server"),
    reads=True,
    open_in_demo=False,  # whoever it opens to, it opens to everywhere
    is_listed=False,
)

ALL = listed(probe, read_metrics)
