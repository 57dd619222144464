# SPDX-License-Identifier: Apache-2.0
"""An officer and what lets the officer in. A name stays in its one column; everything else goes by the pseudonym.

No secret lies here as it is: of a link only its SHA-256, of a password its Argon2 hash, of a TOTP the secret sealed
under the node's passphrase, of an address that guessed a keyed hash. Officers are never deleted: old approvals name
them.
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from comity.records.actors import Role


class Means(StrEnum):
    """How an officer showed who they are."""

    PASSKEY = "passkey"
    PASSWORD = "password"  # noqa: S105  the name of a means


class Purpose(StrEnum):
    """What a challenge was made for; it answers nothing else."""

    ENROL = "enrol"
    SIGN_IN = "sign-in"
    APPROVE = "approve"


class Officer(AbstractBaseUser):
    """One person at this node. `handle` is WebAuthn's user id; when `epoch` goes up every session of theirs ends."""

    pseudonym = models.CharField(max_length=16, unique=True)
    handle = models.CharField(max_length=43, unique=True)
    name = models.TextField(blank=True)
    roles = models.JSONField(default=list)
    language = models.CharField(max_length=16, default="en")
    active_from = models.DateTimeField()
    active_until = models.DateTimeField(null=True)
    suspended = models.DateTimeField(null=True)
    epoch = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()

    last_login = None  # the register knows; a second record would only disagree
    means: Means | None = None
    """How this session was opened, set by the backend that Django asks; never stored."""

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "pseudonym"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    @property
    def held(self) -> frozenset[Role]:
        """The roles, as roles."""
        return frozenset(Role(each) for each in self.roles)

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # Django has a class attribute here
        """Whether the officer is not suspended; `active_at` also asks for the time."""
        return self.suspended is None

    def active_at(self, now: datetime) -> bool:
        """Whether the officer serves at `now`."""
        until = self.active_until
        return self.suspended is None and self.active_from <= now and (until is None or now < until)

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be this officer's: it changes with the epoch, and so every session ends."""
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the node's former session secrets."""
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret: str | bytes) -> str:
        value = f"{self.pk}\0{self.epoch}\0{self.password}"
        return salted_hmac("comity/session/v1", value, secret=secret, algorithm="sha256").hexdigest()


class Passkey(models.Model):
    """One WebAuthn credential of an officer; `credential` is its id in base64url. Software made it when it is `soft`.

    A removed one stays: neither its id nor its key, known by its fingerprint, is enrolled again.
    """

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="passkeys")
    credential = models.CharField(max_length=1364, unique=True)
    public_key = models.BinaryField()
    fingerprint = models.CharField(max_length=71, unique=True)
    rp_id = models.CharField(max_length=253)
    origin = models.CharField(max_length=300)
    sign_count = models.PositiveBigIntegerField(default=0)
    soft = models.BooleanField(default=False)
    label = models.CharField(max_length=64, blank=True)
    created = models.DateTimeField()
    last_used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)


class Totp(models.Model):
    """The second half of a password. `last_step` is the last 30-second step whose code was taken: none counts twice."""

    officer = models.OneToOneField(Officer, primary_key=True, on_delete=models.PROTECT, related_name="totp")
    sealed = models.BinaryField()
    last_step = models.PositiveBigIntegerField()
    since = models.DateTimeField()


class Enrolment(models.Model):
    """A one-time link for one officer. Pending password and TOTP become the officer's once a first code is right."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="enrolments")
    token = models.CharField(max_length=64, unique=True)
    means = models.CharField(max_length=8)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    cancelled = models.DateTimeField(null=True)
    pending_password = models.CharField(max_length=128, blank=True)
    pending_totp = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer"], condition=models.Q(used=None, cancelled=None), name="enrolment_one_open"
            )
        ]


class Ceremony(models.Model):
    """A challenge that is out. It is deleted when it is answered, well or badly."""

    id = models.CharField(primary_key=True, max_length=43)
    purpose = models.CharField(max_length=8)
    challenge = models.BinaryField()
    officer = models.ForeignKey(Officer, null=True, on_delete=models.CASCADE)
    enrolment = models.ForeignKey(Enrolment, null=True, on_delete=models.CASCADE)
    made = models.DateTimeField()
    expires = models.DateTimeField()

    class Meta:
        indexes = [models.Index("expires", name="ceremony_expires")]


class Guesses(models.Model):
    """Failed attempts under one key: an officer, a place, or both together, which are known as a pair until `known`."""

    key = models.CharField(primary_key=True, max_length=64)
    failures = models.PositiveIntegerField(default=0)
    last = models.DateTimeField()
    until = models.DateTimeField()
    known = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("last", name="guesses_last")]
