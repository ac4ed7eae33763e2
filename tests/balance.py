"""What the book says an account holds."""

from django.db.models import Sum

from lukou_market.ledger.entries import Place
from lukou_market.ledger.models import Account, Transfer


def balance_fen(place: Place) -> int:
    """Debits less credits of the account, in fen; 0 for one that was never used."""
    account = Account.objects.filter(kind=place.kind, owner=place.owner, part=place.part).first()
    if account is None:
        return 0
    debits = Transfer.objects.filter(debit=account).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    credits = Transfer.objects.filter(credit=account).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    return int(debits - credits)
