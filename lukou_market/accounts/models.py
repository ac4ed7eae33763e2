"""Users and what they may do: buyers and hosts by phone, staff by name and password."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.lock_out_models import PasswordTries
from lukou_market.accounts.second_factor_models import RecoveryCode, StaffDevice
from lukou_market.kernel.encryption import EncryptedTextField, digest
from lukou_market.kernel.masking import mask_phone
from lukou_market.regions.models import Region

__all__ = [
    "PasswordTries",
    "RecoveryCode",
    "Role",
    "RoleGrant",
    "SignIn",
    "SignInCode",
    "StaffDevice",
    "User",
]


class UserManager(BaseUserManager["User"]):
    """Creates staff with a password and everybody else with a phone."""

    def create_staff(self, *, username: str, password: str, display_name: str) -> "User":
        """A user who signs in to the admin with a password."""
        user = self.model(username=username, display_name=display_name, is_staff=True)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str) -> "User":
        """What `manage.py createsuperuser` calls."""
        user = self.create_staff(username=username, password=password, display_name=username)
        user.is_superuser = True
        user.save(update_fields=["is_superuser"])
        return user

    def for_phone(self, phone: str) -> "User":
        """The user of this phone, made on first sight."""
        user, _created = self.get_or_create(
            phone_digest=digest(phone), defaults={"phone": phone, "display_name": mask_phone(phone)}
        )
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Who holds no role is a buyer and nothing more."""

    username = models.CharField(_("User name"), max_length=40, null=True, blank=True, unique=True)
    phone = EncryptedTextField(_("Phone"), blank=True, default="")
    phone_digest = models.CharField(
        max_length=64, null=True, blank=True, unique=True, editable=False
    )
    display_name = models.CharField(_("Shown name"), max_length=40)
    is_staff = models.BooleanField(_("May enter the admin"), default=False)
    is_active = models.BooleanField(_("Active"), default=True)
    sign_in_epoch = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    date_joined = models.DateTimeField(_("Joined"), default=timezone.now)

    USERNAME_FIELD = "username"
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")
        constraints = [
            models.CheckConstraint(
                name="user_has_username_or_phone",
                condition=Q(username__isnull=False) | Q(phone_digest__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_session_auth_hash(self) -> str:
        """What a session must carry: another one for each epoch, so that all can be ended."""
        ended = f"{self.password} {self.sign_in_epoch}"
        return salted_hmac("accounts.sessions", ended, algorithm="sha256").hexdigest()


class Role(models.TextChoices):
    """What a user may do besides buying."""

    HOST = "host", _("Host")
    CADRE = "cadre", _("Cadre")
    PACKER = "packer", _("Packer")
    AUDITOR = "auditor", _("Auditor")


class RoleGrant(models.Model):
    """A role held by a user; a cadre's level is the level of the region granted."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("User"))
    role = models.CharField(_("Role"), max_length=8, choices=Role)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, verbose_name=_("Jurisdiction")
    )

    class Meta:
        verbose_name = _("Role")
        verbose_name_plural = _("Roles")
        constraints = [
            models.UniqueConstraint(
                name="role_grant_once", fields=["user", "role", "region"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="role_grant_region",
                condition=Q(role__in=["cadre", "packer"], region__isnull=False)
                | Q(role__in=["host", "auditor"], region__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.region or ''}".strip()


class SignIn(models.Model):
    """A browser that somebody signed in with: what its owner sees and may end."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    device = models.CharField(_("Device"), max_length=40)
    browser_digest = models.CharField(max_length=64, default="", db_default="", editable=False)
    """Tells the browser from others by the cookie that viewers are counted by; empty without."""
    signed_in_at = models.DateTimeField(_("Signed in at"))
    last_seen_at = models.DateTimeField(_("Last seen"), null=True)
    """Kept for staff's sessions, to a few minutes."""
    with_second_factor = models.BooleanField(default=False, db_default=False)
    """By password and app, for the desk; otherwise by phone."""

    class Meta:
        ordering = ["-signed_in_at", "-id"]

    def __str__(self) -> str:
        return f"sign-in {self.signed_in_at:%Y-%m-%d %H:%M}"


class SignInCode(models.Model):
    """A one-time code sent to a phone; only its digest is kept."""

    phone_digest = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(name="sign_in_code_latest", fields=["phone_digest", "-sent_at"])]
        constraints = [
            models.CheckConstraint(
                name="sign_in_code_attempts", condition=Q(attempts__gte=0, attempts__lte=5)
            )
        ]

    def __str__(self) -> str:
        return f"sign-in code sent {self.sent_at:%Y-%m-%d %H:%M}"
