"""Addresses of signing in and of accounts; some names are those by which allauth finds them."""

from django.urls import path

from luoshi.accounts.views import (
    accounts,
    administrators,
    invitations,
    links,
    own,
    roles,
    signing,
    standards,
    tokens,
)

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-in/", signing.sign_in, name="account_login"),
    path("sign-in/code/", signing.code, name="mfa_authenticate"),
    path("sign-in/on/", signing.go_on, name="go_on"),
    path("sign-in/no-post/", signing.no_post, name="no_post"),
    path("sign-in/password/", own.change_password, name="change_password"),
    path("sign-in/second-factor/", own.activate_second_factor, name="mfa_activate_totp"),
    path("sign-in/recovery-codes/", own.recovery_codes, name="mfa_view_recovery_codes"),
    path("sign-in/again/", own.again, name="account_reauthenticate"),
    path("sign-in/again/code/", own.code_again, name="mfa_reauthenticate"),
    path("sign-in/by/<slug:provider_id>/", own.identity_sign_in, name="openid_connect_login"),
    path("sign-in/by/<slug:provider_id>/back/", own.identity_back, name="openid_connect_callback"),
    path("link/", links.use_link, name="use_link"),
    path("link/<str:secret>/", links.open_link, name="open_link"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("district/", signing.choose_district, name="choose_district"),
    path("post/", signing.choose_post, name="choose_post"),
    path("account/", own.own_account, name="own_account"),
    path("account/", own.own_account, name="mfa_index"),
    path("account/second-factor/drop/", own.drop_second_factor, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", own.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/tokens/", tokens.own_tokens, name="own_tokens"),
    path("account/tokens/new/", tokens.new_token, name="new_token"),
    path("account/tokens/<uuid:token_id>/revoke/", tokens.revoke_own, name="revoke_own_token"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<uuid:token_id>/revoke/", tokens.revoke, name="revoke_token"),
    path("account/sessions/<int:session_id>/end/", own.end_session, name="end_session"),
    path("account/identities/<slug:provider_id>/", own.link_identity, name="link_identity"),
    path(
        "account/identities/<slug:provider_id>/drop/", own.unlink_identity, name="unlink_identity"
    ),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/<uuid:account_id>/", invitations.renew, name="renew_invitation"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/rules/", standards.standard, name="signing_rules"),
    path("accounts/roles/", roles.roles, name="roles"),
    path("accounts/roles/<uuid:post_id>/", roles.withdraw, name="withdraw_roles"),
    path("accounts/<uuid:account_id>/", accounts.account, name="account"),
    *(
        path(f"accounts/<uuid:account_id>/{name}/", view, name=name)
        for name, view in accounts.ACTS.items()
    ),
    path("administrators/", administrators.administrators, name="administrators"),
    path("administrators/name/", administrators.appoint, name="appoint_administrator"),
    path("administrators/<uuid:account_id>/agree/", administrators.agree, name="agree"),
]
