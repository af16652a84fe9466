"""The accounts of persons."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name."""


class Account(AbstractBaseUser):
    """How a person signs in. The person's id is random and all that the journal knows of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    login = models.CharField(max_length=80, unique=True)
    person = models.UUIDField(unique=True, default=uuid.uuid4)
    district = models.UUIDField(null=True)
    is_active = models.BooleanField(default=True)
    made_by_demo = models.BooleanField(default=False)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar = []

    objects: ClassVar[AccountManager] = AccountManager()
