"""What a view may rely on behind `login_required`."""

from django.http import HttpRequest

from lukou_market.accounts.models import User


class BuyerRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
