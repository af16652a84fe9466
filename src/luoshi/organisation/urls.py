"""Addresses of the organisation."""

from django.urls import path

from luoshi.organisation.forms import POST_FORMS, UNIT_FORMS
from luoshi.organisation.views import acts, people, post, reach, sheets, unit, units
from luoshi.organisation.views.post import HANDED_ON

_UNIT, _POST = "organisation/units/<uuid:unit_id>/", "organisation/posts/<uuid:post_id>/"

urlpatterns = [
    path("organisation/", units.organisation, name="organisation"),
    path("organisation/export/", sheets.export, name="export_organisation"),
    path("organisation/hand-in/", sheets.hand_in, name="hand_in_units"),
    path("organisation/units/found/", acts.found_unit, name="found_unit"),
    path(_UNIT, unit.unit, name="organisation_unit"),
    path(f"{_UNIT}found-post/", acts.found_post, name="found_post"),
    path(f"{_UNIT}release/", acts.set_release, name="set_release"),
    path(f"{_UNIT}contact/", people.new_contact, name="new_contact"),
    *(
        path(f"{_UNIT}{act}/", acts.unit_act, {"act": act}, name=f"unit_{act}")
        for act in UNIT_FORMS
    ),
    path(_POST, post.post, name="organisation_post"),
    *(
        path(
            f"{_POST}{act}/",
            acts.hand_on if act in HANDED_ON else acts.post_act,
            {"act": act},
            name=f"post_{act}",
        )
        for act in POST_FORMS
    ),
    path("organisation/contacts/<uuid:contact_id>/end/", people.end_contact, name="end_contact"),
    path("organisation/people/", people.people, name="people"),
    path("organisation/people/enter/", people.new_person, name="new_person"),
    path("organisation/people/<uuid:person_id>/", people.person, name="person"),
    path("organisation/people/<uuid:person_id>/reach/", reach.person_reach, name="person_reach"),
    path(
        "organisation/contacts/<uuid:contact_id>/reach/", reach.contact_reach, name="contact_reach"
    ),
    path("organisation/people/<uuid:person_id>/erase/", people.erase_person, name="erase_person"),
]
