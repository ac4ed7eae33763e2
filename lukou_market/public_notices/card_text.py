"""What a statement card says on paper, in words and yuan."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lukou_market.aid.household_statement import Statement
from lukou_market.kernel.money import yuan
from lukou_market.public_notices.card_words import BASIS, how_to_object
from lukou_market.public_notices.numbered_statement import NumberedStatement, typed_address
from lukou_market.reports.paper import Table


@dataclass(frozen=True, slots=True)
class CardText:
    """A card: its head beside the QR code of `address`, sums, tables, and what stands at its foot.

    `more` is what is written where a table has more rows than find room.
    """

    head: list[str]
    number: str
    address: str
    sums: list[tuple[str, str]]
    tables: list[Table]
    foot: list[str]
    signed: list[str]
    more: str

    @property
    def letters(self) -> str:
        """Every character on it."""
        texts = [*self.head, self.number, *self.foot, *self.signed, self.more]
        for words, amount in self.sums:
            texts += [words, amount]
        for table in self.tables:
            texts += [table.heading, *table.columns]
            for row in table.rows:
                texts += row
        return "".join({*"".join(texts)})


def card_text(numbered: NumberedStatement, *, answer_days: int) -> CardText:
    """The card of the statement."""
    statement = numbered.statement
    number = _("Number %(number)s") % {"number": numbered.card.number}
    return CardText(
        head=_head(statement),
        number=number,
        address=numbered.address,
        sums=_sums(statement),
        tables=list(_tables(statement)),
        foot=_foot(statement, answer_days),
        signed=[_("Household (signature)"), _("Village (signature)"), _("Date")],
        more=_("There are more: scan the code to see each."),
    )


def _head(statement: Statement) -> list[str]:
    household = statement.household
    first, last = (
        date_format(month, "YEAR_MONTH_FORMAT")
        for month in (statement.first_month, statement.last_month)
    )
    town = household.village.parent.name if household.village.parent else ""
    return [
        _("Household statement"),
        first if statement.is_one_month else f"{first} – {last}",
        f"{town} {household.village.name}",
        f"{_('Head of household')} {statement.head} · {_('Household number')} {household.number}",
    ]


def _sums(statement: Statement) -> list[tuple[str, str]]:
    by_producers = _("To be paid by producers themselves")
    return [
        (_("Came in"), yuan(statement.change.kept_fen)),
        (_("Paid to the account"), yuan(statement.paid_out_fen)),
        (_("Balance, not yet paid out"), yuan(statement.balance_fen)),
        *([(by_producers, yuan(statement.by_producers_fen))] if statement.by_producers_fen else []),
        (_("Still pending"), yuan(statement.pending_fen)),
    ]


def _tables(statement: Statement) -> Iterator[Table]:
    sources = [
        [source.producer, "；".join([source.kind.label, *source.rules]),
         yuan(source.kind.change.kept_fen)]
        for source in statement.sources
    ]  # fmt: skip
    heading = _("From whose sales, by which rule (yuan)")
    yield Table(heading, [_("Producer"), _("Rule"), _("Came in")], sources, 2)
    paid = [[f"{row.at:%Y-%m-%d}", _payout(row.amount_fen), yuan(row.amount_fen)]
            for row in statement.payouts]  # fmt: skip
    yield Table(_("Paid to the account (yuan)"), [_("Day"), "", _("Amount")], paid, 2)
    if not statement.is_one_month:
        months = [[f"{row.month:%Y-%m}", yuan(row.change.kept_fen)] for row in statement.months]
        yield Table(_("By month (yuan)"), [_("Month"), _("Came in")], months, 1)
    elif statement.lines:
        sales = [
            [f"{line.happened_at:%m-%d}", line.order_number, f"{line.product} × {line.quantity}",
             yuan(line.line_fen), yuan(line.change.kept_fen)]
            for line in statement.lines
        ]  # fmt: skip
        columns = [_("Day"), _("Order"), _("Product"), _("Sale"), _("Came in")]
        yield Table(_("Each sale (yuan)"), columns, sales, 3)


def _payout(amount_fen: int) -> str:
    return _("Sent back by the bank") if amount_fen < 0 else ""


def _foot(statement: Statement, answer_days: int) -> list[str]:
    as_of = f"{timezone.localtime(statement.as_of):%Y-%m-%d %H:%M}"
    wrong = _("Does a figure seem wrong?")
    asked = [_("Contact:") + " " + "、".join(statement.ask)] if statement.ask else []
    return [
        f"{wrong} {how_to_object(typed_address(), answer_days)}",
        *asked,
        f"{BASIS} " + _("Cut-off: what was booked by %(time)s.") % {"time": as_of},
    ]
