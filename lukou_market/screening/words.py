"""Why a sale was flagged, as a sentence with the figures that raised it."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lukou_market.screening.models import Rule

FIGURES: dict[Rule, tuple[str, ...]] = {
    Rule.SHARED_PAYER: ("buyers", "orders"),
    Rule.SHARED_DEVICE: ("buyers", "orders"),
    Rule.SHARED_ADDRESS: ("buyers", "orders", "others"),
    Rule.RELATED: ("relation", "to"),
    Rule.BURST: ("sold", "usual"),
    Rule.LATE_REFUND: ("back", "sold"),
    Rule.NO_SCAN: ("parcels", "since"),
    Rule.PRICE: ("jin_fen", "usual_fen"),
    Rule.FEW_VIEWERS: ("buyers", "viewers"),
}
"""What each rule finds, in this order."""

_SENTENCES = {
    Rule.SHARED_PAYER: _(
        "%(orders)s orders of %(buyers)s buyers are paid with one card or wallet within %(days)s "
        "days."
    ),
    Rule.SHARED_DEVICE: _(
        "%(orders)s orders of %(buyers)s buyers come from one phone or computer within %(days)s "
        "days."
    ),
    Rule.SHARED_ADDRESS: _(
        "%(orders)s orders of %(buyers)s buyers go to one address within %(days)s days; "
        "%(others)s of the buyers name somebody else's phone."
    ),
    Rule.RELATED: _("The buyer is close to the sale: %(relation_words)s, %(to_words)s."),
    Rule.BURST: _(
        "The village sold %(sold)s orders in the month's last %(days)s days; in as many days it "
        "usually sells %(usual)s."
    ),
    Rule.LATE_REFUND: _(
        "Of %(sold)s orders sold in the month's last %(days_before)s days, %(back)s were given "
        "back within %(days_after)s days after the month."
    ),
    Rule.NO_SCAN: _(
        "%(parcels)s parcels are said to have left on %(since)s; after %(days)s days the carrier "
        "knows nothing of them."
    ),
    Rule.PRICE: _(
        "%(jin_yuan)s yuan per jin; the product usually costs %(usual_yuan)s yuan per jin."
    ),
    Rule.FEW_VIEWERS: _("%(buyers)s buyers in a stream of %(viewers)s viewers."),
}

_RELATIONS = {
    "host": _("the host's own account"), "family": _("family"), "employee": _("employee"),
    "supplier": _("supplier"), "owner": _("owner or shareholder"),
    "cadre": _("cadre of the place"),
}  # fmt: skip
_TO = {
    "host": _("of the stream's host"), "producer": _("of the producer"),
    "household": _("of a household that has a share"), "cadre": _("of a cadre of the place"),
}  # fmt: skip


def in_words(rule: Rule, figures: Mapping[str, int | str]) -> str:
    """The sentence; `figures` are what the rule found, and its parameters."""
    words = dict(figures)
    if rule == Rule.RELATED:
        words["relation_words"] = str(_RELATIONS[str(figures["relation"])])
        words["to_words"] = str(_TO[str(figures["to"])])
    if rule == Rule.PRICE:
        words["jin_yuan"] = f"{int(figures['jin_fen']) / 100:.2f}"
        words["usual_yuan"] = f"{int(figures['usual_fen']) / 100:.2f}"
    return str(_SENTENCES[rule]) % words
