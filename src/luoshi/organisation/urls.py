"""Addresses of the organisation and of signing in."""

from django.urls import path

from luoshi.organisation.views import signing, units

urlpatterns = [
    path("organisation/", units.organisation, name="organisation"),
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("district/", signing.choose_district, name="choose_district"),
    path("post/", signing.choose_post, name="choose_post"),
]
