"""Addresses of the organisation and of signing in."""

from django.urls import path

from luoshi.organisation import views

urlpatterns = [
    path("organisation/", views.organisation, name="organisation"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("district/", views.choose_district, name="choose_district"),
    path("post/", views.choose_post, name="choose_post"),
]
