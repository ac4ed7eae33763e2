"""Households, the people in them, the producers they supply, and the links that pay them."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Right
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.masking import mask_name
from lukou_market.kernel.triggers import frozen_columns
from lukou_market.regions.models import Region

WHOLE_BP = 10_000

# Codes of districts and towns end in 000. A Right() because constraints can't join.
_IS_VILLAGE = ~Q(Exact(Right("village", 3), Value("000")))


class Category(models.TextChoices):
    """Household types (户类型)."""

    GENERAL_POOR = "general_poor", _("General poor household")
    ALLOWANCE = "allowance", _("Minimum living allowance household")
    FIVE_GUARANTEE = "five_guarantee", _("Five-guarantee household")
    ALLOWANCE_POOR = "allowance_poor", _("Allowance and poor household")
    MONITORED_UNSTABLE = "monitored_unstable", _("Monitored: out of poverty, unstable")
    MONITORED_MARGINAL = "monitored_marginal", _("Monitored: at the margin")
    MONITORED_SUDDEN = "monitored_sudden", _("Monitored: sudden hardship")
    GENERAL = "general", _("General farming household")


class Cause(models.TextChoices):
    """Main causes of poverty (致贫原因)."""

    ILLNESS = "illness", _("Illness")
    DISABILITY = "disability", _("Disability")
    SCHOOLING = "schooling", _("Schooling")
    DISASTER = "disaster", _("Disaster")
    LAND = "land", _("Lack of land")
    WATER = "water", _("Lack of water")
    SKILLS = "skills", _("Lack of skills")
    LABOUR = "labour", _("Lack of labour")
    CAPITAL = "capital", _("Lack of capital")
    TRANSPORT = "transport", _("Poor transport")
    MOTIVATION = "motivation", _("Lack of motivation")
    OTHER = "other", _("Other")


class Household(models.Model):
    """A registered household (户), found by its register number (户编号)."""

    number = models.CharField(_("Household number"), max_length=20, unique=True)
    village = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Village"))
    category = models.CharField(_("Category"), max_length=20, choices=Category)
    main_cause = models.CharField(_("Main cause"), max_length=10, choices=Cause, blank=True)
    other_causes = ArrayField(
        models.CharField(max_length=10, choices=Cause),
        default=list, blank=True, size=2, verbose_name=_("Other causes"),
    )  # fmt: skip
    able_and_willing = models.BooleanField(_("Able and willing"), default=True)

    class Meta:
        verbose_name = _("Household")
        verbose_name_plural = _("Households")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="household_village_is_village",
                condition=_IS_VILLAGE,
            ),
            models.CheckConstraint(
                name="household_poor_has_main_cause",
                condition=Q(category="general") | ~Q(main_cause=""),
            ),
            models.CheckConstraint(
                name="household_two_other_causes", condition=Q(other_causes__len__lte=2)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Relation(models.TextChoices):
    """A member's relation to the head of the household (与户主关系)."""

    HEAD = "head", _("Head of household")
    SPOUSE = "spouse", _("Spouse")
    CHILD = "child", _("Child")
    PARENT = "parent", _("Parent")
    GRANDCHILD = "grandchild", _("Grandchild")
    OTHER = "other", _("Other")


class Health(models.TextChoices):
    """Health status (健康状况)."""

    HEALTHY = "healthy", _("Healthy")
    CHRONIC = "chronic", _("Chronic illness")
    SERIOUS = "serious", _("Serious illness")
    DISABLED = "disabled", _("Has a disability")


class Labour(models.TextChoices):
    """Ability to work (劳动技能)."""

    ORDINARY = "ordinary", _("Ordinary labour")
    SKILLED = "skilled", _("Skilled labour")
    WEAK = "weak", _("Weak or half labour")
    NONE = "none", _("No ability to work")


class HouseholdMember(models.Model):
    """A person of a household; the ID number is encrypted and masked on every screen."""

    household = models.ForeignKey(
        Household, models.CASCADE, related_name="members", verbose_name=_("Household")
    )
    name = EncryptedTextField(_("Full name"))
    relation = models.CharField(_("Relation to head"), max_length=10, choices=Relation)
    id_number = EncryptedTextField(_("ID number"))
    id_digest = models.CharField(max_length=64, unique=True, editable=False)
    health = models.CharField(_("Health"), max_length=10, choices=Health)
    labour = models.CharField(_("Ability to work"), max_length=10, choices=Labour)
    months_worked = models.PositiveSmallIntegerField(_("Months worked this year"), default=0)

    class Meta:
        verbose_name = _("Household member")
        verbose_name_plural = _("Household members")
        constraints = [
            models.UniqueConstraint(
                name="household_one_head", fields=["household"], condition=Q(relation="head")
            ),
            models.CheckConstraint(
                name="member_months_worked",
                condition=Q(months_worked__gte=0, months_worked__lte=12),
            ),
        ]

    def __str__(self) -> str:
        return mask_name(self.name)


class Farmer(models.Model):
    """The member who supplies goods for the household (供货人)."""

    member = models.OneToOneField(HouseholdMember, models.PROTECT, verbose_name=_("Member"))
    supplies = models.CharField(_("Supplies"), max_length=60)

    class Meta:
        verbose_name = _("Farmer")
        verbose_name_plural = _("Farmers")

    def __str__(self) -> str:
        return str(self.member)


class Producer(models.Model):
    """The seller of record behind a product: enterprise, base, cooperative or one household."""

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        BASE = "base", _("Base")
        COOPERATIVE = "cooperative", _("Cooperative")
        HOUSEHOLD = "household", _("Household")

    name = models.CharField(_("Name"), max_length=60, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    village = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Village"))
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, verbose_name=_("Household")
    )

    class Meta:
        verbose_name = _("Producer")
        verbose_name_plural = _("Producers")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="producer_household_kind",
                condition=Q(kind="household", household__isnull=False)
                | (~Q(kind="household") & Q(household__isnull=True)),
            ),
            models.CheckConstraint(name="producer_village_is_village", condition=_IS_VILLAGE),
        ]

    def __str__(self) -> str:
        return self.name


class AidProject(models.Model):
    """An industry-aid project (产业扶贫项目) and the households it covers."""

    class ProjectLevel(models.TextChoices):
        KEY = "key", _("Key project")
        DISTRICT = "district", _("District project")
        TOWN = "town", _("Town project")
        VILLAGE = "village", _("Village project")

    name = models.CharField(_("Project name"), max_length=80, unique=True)
    level = models.CharField(_("Level"), max_length=8, choices=ProjectLevel)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name=_("Place"))
    tasks = models.TextField(_("Construction tasks"))
    funding_source = models.CharField(_("Source of funds"), max_length=60)
    funding_fen = models.BigIntegerField(_("Funds (fen)"))
    starts_on = models.DateField(_("Begins on"))
    ends_on = models.DateField(_("Ends on"))
    responsible = models.CharField(_("Person responsible"), max_length=40)
    mechanism = models.TextField(_("How it reduces poverty"))
    households = models.ManyToManyField(
        Household, blank=True, related_name="projects", verbose_name=_("Households covered")
    )

    class Meta:
        verbose_name = _("Aid project")
        verbose_name_plural = _("Aid projects")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="project_funding_positive", condition=Q(funding_fen__gt=0)),
            models.CheckConstraint(
                name="project_ends_after_start", condition=Q(ends_on__gt=F("starts_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Mechanism(models.TextChoices):
    """How a producer's sales reach a household (带贫机制)."""

    LABOUR = "labour", _("Labour")
    LAND = "land", _("Land transfer")
    PURCHASE = "purchase", _("Purchase at a stated price")
    DIVIDEND = "dividend", _("Equity and dividend")
    PRODUCTION = "production", _("Own production")


class IncomeKind(models.TextChoices):
    """Kinds of household income (收入类型)."""

    WAGE = "wage", _("Wage income")
    BUSINESS = "business", _("Business income")
    PROPERTY = "property", _("Property income")
    TRANSFER = "transfer", _("Transfer income")


INCOME_KIND_OF = {
    Mechanism.LABOUR: IncomeKind.WAGE,
    Mechanism.LAND: IncomeKind.PROPERTY,
    Mechanism.PURCHASE: IncomeKind.BUSINESS,
    Mechanism.DIVIDEND: IncomeKind.PROPERTY,
    Mechanism.PRODUCTION: IncomeKind.BUSINESS,
}


class BenefitLink(models.Model):
    """One version of the benefit linkage (利益联结) of a producer and a household.

    A link is (producer, household, mechanism); its versions follow each other in time and
    never overlap. `share_bp` of a sale's amount goes to the household; what the links in
    force leave of 10,000 bp stays with the producer. A past version is never rewritten:
    a change ends it (the upper bound of `in_force`) and adds the next version.
    """

    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="links", verbose_name=_("Producer")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="links", verbose_name=_("Household")
    )
    mechanism = models.CharField(_("Mechanism"), max_length=10, choices=Mechanism)
    version = models.PositiveIntegerField(_("Version"), default=1)
    share_bp = models.PositiveIntegerField(_("Share (basis points)"))
    in_force = DateTimeRangeField(_("In force"))

    class Meta:
        verbose_name = _("Benefit link")
        verbose_name_plural = _("Benefit links")
        ordering = ["producer", "household", "mechanism", "version"]
        constraints = [
            models.UniqueConstraint(
                name="benefit_link_version_once",
                fields=["producer", "household", "mechanism", "version"],
            ),
            models.CheckConstraint(
                name="benefit_link_share", condition=Q(share_bp__gt=0, share_bp__lte=WHOLE_BP)
            ),
            models.CheckConstraint(
                name="benefit_link_dated",
                condition=Q(in_force__isempty=False, in_force__lower_inf=False),
            ),
            # No btree_gist in the embedded PostgreSQL: a one-point range stands for equality.
            ExclusionConstraint(
                name="benefit_link_versions_apart",
                expressions=[
                    (Func("producer", "producer", Value("[]"), function="int8range"), "&&"),
                    (Func("household", "household", Value("[]"), function="int8range"), "&&"),
                    (Func("mechanism", "mechanism", Value("[]"), function="textrange"), "&&"),
                    ("in_force", "&&"),
                ],
            ),
        ]
        triggers = [
            frozen_columns(
                "benefit_link_version_kept",
                "producer_id", "household_id", "mechanism", "version", "share_bp",
            ),
            pgtrigger.Trigger(
                name="benefit_link_shares_fit",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=f"""
                    IF EXISTS (
                        SELECT FROM (
                            SELECT DISTINCT lower(in_force) AS instant FROM households_benefitlink
                            WHERE producer_id = NEW.producer_id AND in_force && NEW.in_force
                        ) starts
                        WHERE {WHOLE_BP} < (
                            SELECT sum(share_bp) FROM households_benefitlink
                            WHERE producer_id = NEW.producer_id AND in_force @> instant)
                    ) THEN
                        RAISE EXCEPTION USING ERRCODE = 'check_violation',
                            CONSTRAINT = 'benefit_link_shares_fit',
                            MESSAGE = 'the shares of a producer exceed {WHOLE_BP} bp';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.producer} → {self.household} v{self.version}"

    @property
    def income_kind(self) -> IncomeKind:
        """The kind of income this link's money is to the household."""
        return INCOME_KIND_OF[Mechanism(self.mechanism)]
