"""A buyer's address book. Encrypted at rest."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.addresses.divisions import full_name
from lukou_market.kernel.encryption import EncryptedTextField


class SavedAddress(models.Model):
    """Where a buyer has parcels sent to; once for each recipient, phone and place."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="addresses")
    recipient = EncryptedTextField(_("Recipient"))
    phone = EncryptedTextField(_("Recipient's phone"))
    division = models.CharField(_("Province, city, county"), max_length=6)
    street = EncryptedTextField(_("Street, house number"))
    # Finds the same address again, which the encrypted columns can't.
    digest = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField(_("Last used"))

    class Meta:
        verbose_name = _("Address")
        verbose_name_plural = _("Addresses")
        ordering = ["-used_at", "-id"]
        constraints = [
            models.UniqueConstraint(name="saved_address_once", fields=["owner", "digest"]),
            models.CheckConstraint(
                name="saved_address_division", condition=Q(division__regex=r"^[0-9]{6}$")
            ),
        ]

    def __str__(self) -> str:
        return f"address #{self.pk}"

    @property
    def text(self) -> str:
        """As it is written on a parcel."""
        return f"{full_name(self.division)} {self.street}".strip()
