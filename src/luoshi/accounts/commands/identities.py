"""Identities of other houses that are linked to accounts."""

from allauth.socialaccount.models import SocialAccount

from luoshi.organisation.models import Account


def unlink_identity(account: Account, provider_id: str) -> None:
    """Sign in by a provider no more; where nothing is linked, nothing happens."""
    SocialAccount.objects.filter(user=account, provider=provider_id).delete()
