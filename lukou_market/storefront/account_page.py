"""A buyer's account: where they are signed in, their addresses, their data, the way out."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lukou_market.accounts.models import User
from lukou_market.accounts.sign_ins import end_sign_in, sign_ins_of, sign_out_everywhere
from lukou_market.addresses.address_book import addresses_of, forget_address
from lukou_market.kernel.refusals import refusal_shown
from lukou_market.storefront.buyer_request import BuyerRequest
from lukou_market.storefront.delete_account import delete_account
from lukou_market.storefront.export_data import export_data


@never_cache
@login_required
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    user = _user(request)
    context = {
        "sign_ins": sign_ins_of(user, now=timezone.now()),
        "here": request.session.session_key,
        "addresses": addresses_of(user.pk),
    }
    return render(request, "storefront/account.html", context)


@login_required
@require_POST
def end_one(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Sign one device out."""
    end_sign_in(user=_user(request), pk=pk)
    messages.info(request, _("That device is signed out."))
    return redirect("storefront:account")


@login_required
@require_POST
def end_all(request: HttpRequest) -> HttpResponseRedirect:
    """Sign all devices out, this one too."""
    sign_out_everywhere(user=_user(request))
    logout(request)
    messages.info(request, _("You are signed out everywhere."))
    return redirect("storefront:streams")


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Remove an address from the book."""
    forget_address(owner_id=_user(request).pk, pk=pk)
    messages.info(request, _("The address is removed."))
    return redirect("storefront:account")


@login_required
@require_POST
def take_data(request: HttpRequest) -> HttpResponse:
    """The buyer's own data as a file."""
    data = export_data(user=_user(request), now=timezone.now())
    answer = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="lukou-market.json"'
    return answer


@login_required
@require_POST
def leave(request: HttpRequest) -> HttpResponseRedirect:
    """Delete the account, once the buyer has ticked that they mean it."""
    if "sure" not in request.POST:
        messages.error(request, _("Please tick that you want to delete the account."))
        return redirect("storefront:account")
    with refusal_shown(request):
        delete_account(user_id=_user(request).pk, now=timezone.now())
        logout(request)
        messages.info(request, _("Your account is deleted."))
        return redirect("storefront:streams")
    return redirect("storefront:account")


def _user(request: HttpRequest) -> User:
    return cast(BuyerRequest, request).user
