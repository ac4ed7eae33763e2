"""Statement cards (明白卡) that were handed out, and the phones that hear of them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lukou_market.accounts.models import User
from lukou_market.households.models import Household
from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.triggers import append_only, frozen_columns, never_removed


class StatementCard(models.Model):
    """A card of a household and its months; who holds its number sees it and may dispute a line."""

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="+", verbose_name=_("Household")
    )
    first_month = models.DateField(_("From month"))
    last_month = models.DateField(_("To month"))
    number = EncryptedTextField(_("Number"))
    number_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("Made at"))

    class Meta:
        verbose_name = _("Statement card")
        verbose_name_plural = _("Statement cards")
        constraints = [
            models.UniqueConstraint(
                name="statement_card_once", fields=["household", "first_month", "last_month"]
            ),
            models.CheckConstraint(
                name="statement_card_months",
                condition=Q(
                    first_month__day=1, last_month__day=1, last_month__gte=F("first_month")
                ),
            ),
        ]
        triggers = append_only("statement_card_kept")

    def __str__(self) -> str:
        return f"{self.household} {self.first_month:%Y-%m}"


class HouseholdPhone(models.Model):
    """The phone a household gave for its statements; `no_texts_since` once it wants none."""

    household = models.OneToOneField(
        Household, models.PROTECT, related_name="statement_phone", verbose_name=_("Household")
    )
    phone = EncryptedTextField(_("Phone"))
    given_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Entered by")
    )
    given_at = models.DateTimeField(_("Entered at"))
    no_texts_since = models.DateTimeField(_("No texts since"), null=True, blank=True)

    class Meta:
        verbose_name = _("Phone of a household")
        verbose_name_plural = _("Phones of households")

    def __str__(self) -> str:
        return str(self.household)


class StatementText(models.Model):
    """A text about a household's month: sent once or not at all.

    `texted_at` is written before it leaves; `due_at` is empty once nobody need send it.
    """

    card = models.OneToOneField(
        StatementCard, models.PROTECT, related_name="text", verbose_name=_("Statement card")
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Asked by"))
    asked_at = models.DateTimeField(_("Asked at"))
    due_at = models.DateTimeField(null=True)
    texted_at = models.DateTimeField(_("Texted at"), null=True)

    class Meta:
        verbose_name = _("Text about a statement")
        verbose_name_plural = _("Texts about statements")
        indexes = [
            models.Index(name="statement_text_due", fields=["due_at"], condition=~Q(due_at=None))
        ]
        constraints = [
            models.CheckConstraint(
                name="statement_text_once", condition=Q(texted_at=None) | Q(due_at=None)
            )
        ]
        triggers = [
            frozen_columns("statement_text_kept", "card_id", "asked_by_id", "asked_at"),
            frozen_columns("statement_texted_once", "texted_at", unless="OLD.texted_at IS NULL"),
            *never_removed("statement_text_stays"),
        ]

    def __str__(self) -> str:
        return str(self.card)
