"""Page input of the organisation."""

from luoshi.organisation.forms.frame import ActForm, Options
from luoshi.organisation.forms.people import ContactForm, PersonForm
from luoshi.organisation.forms.posts import POST_FORMS, FoundPost
from luoshi.organisation.forms.release import SetRelease
from luoshi.organisation.forms.sheets import SheetUpload, WriteSheet
from luoshi.organisation.forms.units import UNIT_FORMS, FoundUnit

__all__ = [
    "POST_FORMS",
    "UNIT_FORMS",
    "ActForm",
    "ContactForm",
    "FoundPost",
    "FoundUnit",
    "Options",
    "PersonForm",
    "SetRelease",
    "SheetUpload",
    "WriteSheet",
]
