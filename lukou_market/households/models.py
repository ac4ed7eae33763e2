"""Households, the people in them, the producers they supply, and the links that pay them."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Right
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from lukou_market.households import link_rules
from lukou_market.households.link_rules import WHOLE_BP
from lukou_market.kernel.encryption import EncryptedTextField
from lukou_market.kernel.masking import mask_name
from lukou_market.kernel.triggers import append_only, frozen_columns, never_removed
from lukou_market.regions.models import Region

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
    producers = models.ManyToManyField(
        Producer, blank=True, related_name="projects", verbose_name=_("Producers of the project")
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
    """How a producer's sales reach a household (带贫机制); and what the platform keeps of them."""

    LABOUR = "labour", _("Labour")
    LAND = "land", _("Land transfer")
    PURCHASE = "purchase", _("Purchase at a stated price")
    DIVIDEND = "dividend", _("Equity and dividend")
    PRODUCTION = "production", _("Own production")
    PLATFORM = "platform", _("Platform share")


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


_NO_RATE = Q(rate_fen_per_kg=None, rate_fen_per_unit=None)
_PURCHASE = Q(
    mechanism="purchase", household=None, share_bp=None,
    rate_fen_per_kg__isnull=False, rate_fen_per_unit=None,
)  # fmt: skip
_LABOUR = Q(
    mechanism="labour", household__isnull=False, share_bp=None,
    rate_fen_per_kg=None, rate_fen_per_unit__isnull=False,
)  # fmt: skip
_SHARE_OF_ONE = _NO_RATE & Q(
    mechanism__in=["land", "production", "dividend"], household__isnull=False,
    share_bp__isnull=False,
)  # fmt: skip
_POOL = _NO_RATE & Q(mechanism="dividend", household=None, share_bp__isnull=False)
_PLATFORM = _NO_RATE & Q(mechanism="platform", household=None, share_bp__isnull=False)
_HOUSEHOLD_OR_NONE = Func(
    Coalesce("household", 0), Coalesce("household", 0), Value("[]"), function="int8range"
)


class BenefitLink(models.Model):
    """One version of a rule of the benefit linkage (利益联结): who gets what of a producer's sales.

    | mechanism | to whom | how much |
    |---|---|---|
    | platform | the platform | `share_bp` of the sale |
    | purchase | the households of the lots a line draws on | `rate_fen_per_kg` |
    | labour | the household | `rate_fen_per_unit` for each unit sold |
    | land, production | the household | `share_bp` of what the three above leave |
    | dividend | the household, or without one the link's `PoolPart`s | the same |

    A rule is (producer, household or none, mechanism); its versions follow each other in time
    and never overlap. What the rules in force leave of a sale stays with the producer. A past
    version is never rewritten: a change ends it (the upper bound of `in_force`) and adds the next.
    """

    producer = models.ForeignKey(
        Producer, models.PROTECT, related_name="links", verbose_name=_("Producer")
    )
    household = models.ForeignKey(
        Household,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="links",
        verbose_name=_("Household"),
    )
    mechanism = models.CharField(_("Mechanism"), max_length=10, choices=Mechanism)
    version = models.PositiveIntegerField(_("Version"), default=1)
    share_bp = models.PositiveIntegerField(_("Share (basis points)"), null=True, blank=True)
    rate_fen_per_kg = models.PositiveIntegerField(_("Price per kg (fen)"), null=True, blank=True)
    rate_fen_per_unit = models.PositiveIntegerField(_("Piece rate (fen)"), null=True, blank=True)
    in_force = DateTimeRangeField(_("In force"))

    class Meta:
        verbose_name = _("Benefit link")
        verbose_name_plural = _("Benefit links")
        ordering = ["producer", "household", "mechanism", "version"]
        indexes = [
            # Asked for each line that is posted: does its producer buy from lots?
            models.Index(
                name="benefit_link_purchase",
                fields=["producer"],
                condition=Q(mechanism="purchase"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="benefit_link_version_once",
                fields=["producer", "household", "mechanism", "version"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="benefit_link_share", condition=Q(share_bp__gt=0, share_bp__lte=WHOLE_BP)
            ),
            models.CheckConstraint(
                name="benefit_link_rates",
                condition=Q(rate_fen_per_kg__gt=0, rate_fen_per_unit__gt=0),
            ),
            models.CheckConstraint(
                name="benefit_link_terms_fit",
                condition=_PURCHASE | _LABOUR | _SHARE_OF_ONE | _POOL | _PLATFORM,
                violation_error_message=_("These terms don't fit the mechanism."),
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
                    (_HOUSEHOLD_OR_NONE, "&&"),
                    (Func("mechanism", "mechanism", Value("[]"), function="textrange"), "&&"),
                    ("in_force", "&&"),
                ],
            ),
        ]
        triggers = [
            frozen_columns(
                "benefit_link_version_kept", "producer_id", "household_id", "mechanism", "version",
                "share_bp", "rate_fen_per_kg", "rate_fen_per_unit",
            ),
            link_rules.SHARES_FIT,
            link_rules.PARTS_WHOLE,
            *never_removed("benefit_link_stays"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.producer} → {self.household or self.get_mechanism_display()} v{self.version}"

    @property
    def income_kind(self) -> IncomeKind:
        """The kind of income this link's money is to a household (a pool's parts state theirs)."""
        return INCOME_KIND_OF[Mechanism(self.mechanism)]

    @property
    def is_pool(self) -> bool:
        """Whether its `parts` say who shares."""
        return self.mechanism == Mechanism.DIVIDEND and self.household_id is None


class PoolPart(models.Model):
    """A part of a dividend pool: a named group of households, or a village's collective.

    A village that shares 30 % as household dividends, 30 % as rewards, 20 % with other
    households and 20 % with the collective has a pool of four parts. The parts of a pool sum to
    10,000 bp; a group's households share its part by their weights, which sum to `total_weight`.
    """

    link = models.ForeignKey(
        BenefitLink, models.PROTECT, related_name="parts", verbose_name=_("Benefit link")
    )
    name = models.CharField(_("Name"), max_length=40)
    part_bp = models.PositiveIntegerField(_("Part of the pool (basis points)"))
    income_kind = models.CharField(
        _("Income kind"),
        max_length=8,
        choices=IncomeKind,
        blank=True,
        default=IncomeKind.PROPERTY,
    )
    collective = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Collective of the village"),
    )
    total_weight = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("Part of the pool")
        verbose_name_plural = _("Parts of the pool")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="pool_part_name_once", fields=["link", "name"]),
            models.CheckConstraint(
                name="pool_part_share", condition=Q(part_bp__gt=0, part_bp__lte=WHOLE_BP)
            ),
            models.CheckConstraint(
                name="pool_part_to_somebody",
                condition=Q(collective=None, total_weight__gt=0) & ~Q(income_kind="")
                | Q(collective__isnull=False, total_weight=0, income_kind=""),
            ),
            models.CheckConstraint(
                name="pool_part_collective_of_village",
                condition=Q(collective=None) | ~Q(Exact(Right("collective", 3), Value("000"))),
            ),
        ]
        triggers = [
            link_rules.POOL_WHOLE,
            link_rules.PART_HAS_ITS_MEMBERS,
            *append_only("pool_part_kept"),
        ]

    def __str__(self) -> str:
        return self.name


class PoolMember(models.Model):
    """A household of a group that shares a part of a pool, with its weight."""

    part = models.ForeignKey(PoolPart, models.PROTECT, related_name="members")
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="+", verbose_name=_("Household")
    )
    weight = models.PositiveIntegerField(_("Weight in the group"), default=1)

    class Meta:
        verbose_name = _("Household of the pool")
        verbose_name_plural = _("Households of the pool")
        ordering = ["household"]
        constraints = [
            models.UniqueConstraint(name="pool_member_once", fields=["part", "household"]),
            models.CheckConstraint(name="pool_member_weight", condition=Q(weight__gt=0)),
        ]
        triggers = [link_rules.MEMBERS_WHOLE, *append_only("pool_member_kept")]

    def __str__(self) -> str:
        return f"{self.household} × {self.weight}"
