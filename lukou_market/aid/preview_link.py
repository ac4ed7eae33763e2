"""What a rule pays for each package of its producer, before it is saved: tried on the list prices.

It is the posting's own arithmetic, with the rule as typed in and the others then in force.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lukou_market.aid.allocation import Line
from lukou_market.aid.load_terms import Pools, build_terms, group_of, load_pools
from lukou_market.aid.terms import PRODUCER, Group, Terms
from lukou_market.catalog.models import Sku
from lukou_market.households.link_rules import WHOLE_BP
from lukou_market.households.models import BenefitLink


@dataclass(frozen=True, slots=True)
class PackagePreview:
    """One unit of a package, in fen: the rule's part, its groups' parts of that (name, fen), what
    other rules pay and what stays with the producer; they sum to the price.

    `owed_fen` is what the price can't pay of fixed claims.
    """

    package: str
    price_fen: int
    paid_fen: int
    groups: list[tuple[str, int]]
    others_fen: int
    kept_fen: int
    owed_fen: int


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """`excess_bp` is by how much the shares would exceed the whole; then there are no packages."""

    packages: list[PackagePreview]
    excess_bp: int = 0


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A part of a pool as typed in."""

    name: str
    group: Group


def stated_groups(forms: Iterable[Any]) -> list[NamedGroup]:
    """The parts of a pool from their valid, unsaved forms."""
    groups = []
    for form in forms:
        if form.has_changed():
            weights = {row.pk: weight for row, weight in form.cleaned_data["members"].items()}
            groups.append(NamedGroup(form.instance.name, group_of(form.instance, weights)))
    return groups


def preview_link(
    *, link: BenefitLink, at: datetime, groups: Iterable[NamedGroup] = ()
) -> LinkPreview:
    """Try the link, saved or not, on its producer's packages, with the other rules in force at
    that moment; `groups` are an unsaved pool's."""
    others = [
        other
        for other in BenefitLink.objects.filter(producer=link.producer_id, in_force__contains=at)
        if (other.household_id, other.mechanism) != (link.household_id, link.mechanism)
    ]
    links = sorted([*others, link], key=_as_the_database_sorts)
    excess_bp = sum(each.share_bp or 0 for each in links) - WHOLE_BP
    if excess_bp > 0:
        return LinkPreview([], excess_bp)
    named = list(groups)
    if link.pk and link.is_pool:
        named = _saved_groups(link)
    pools: Pools = load_pools(others) | {link.pk or 0: tuple(each.group for each in named)}
    terms = build_terms(links, pools)
    skus = Sku.objects.filter(product__producer=link.producer_id).select_related("product")
    return LinkPreview([_package(sku, terms, link, named) for sku in skus])


def _as_the_database_sorts(link: BenefitLink) -> tuple[bool, int, str]:
    return link.household_id is None, link.household_id or 0, link.mechanism


def _saved_groups(link: BenefitLink) -> list[NamedGroup]:
    parts = link.parts.prefetch_related("members")
    return [
        NamedGroup(
            part.name,
            group_of(part, {member.household_id: member.weight for member in part.members.all()}),
        )
        for part in parts
    ]


def _package(sku: Sku, terms: Terms, link: BenefitLink, named: list[NamedGroup]) -> PackagePreview:
    # Whoever brings the goods: one seller stands for all.
    drawn_g = ((0, sku.weight_g),) if terms.purchase else ()
    line = Line(0, link.producer_id, sku.list_price_fen, 1, terms, drawn_g)
    shares = line.split()
    fen: Counter[str] = Counter()
    own: list[int] = []
    for party, part_fen in zip(line.parties, shares, strict=True):
        if party.kind == PRODUCER:
            fen["kept"] += part_fen
        elif party.link == (link.pk or 0):
            own.append(part_fen)
        else:
            fen["others"] += part_fen
    parts = iter(own)
    groups = [(each.name, sum(next(parts) for _ in each.group.members)) for each in named]
    return PackagePreview(
        package=str(sku),
        price_fen=sku.list_price_fen,
        paid_fen=sum(own),
        groups=groups,
        others_fen=fen["others"],
        kept_fen=fen["kept"],
        owed_fen=terms.owed_fen(sku.list_price_fen, quantity=1, drawn_g=sum(g for _, g in drawn_g)),
    )
