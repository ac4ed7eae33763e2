"""The evidence on a dispute, for whom the order's village is a concern."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from unfold.widgets import UnfoldAdminTextInputWidget

from lukou_market.accounts.ask_page import ask, user_of
from lukou_market.fulfilment.take_evidence import take_evidence
from lukou_market.kernel.errors import DomainError
from lukou_market.payments.models import Dispute
from lukou_market.regions.desk import desk_of


class EvidenceForm(forms.Form):
    """Why it is taken."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=120, widget=UnfoldAdminTextInputWidget
    )


@require_http_methods(["GET", "POST"])
def evidence_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then hand out the ZIP; auditors look only, and take nothing away."""
    disputes = admin.site.get_model_admin(Dispute).get_queryset(request)
    dispute = get_object_or_404(disputes.select_related("payment__order"), pk=pk)
    if not desk_of(request).keeps_registers:
        raise PermissionDenied
    form = EvidenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pack = take_evidence(
                dispute=dispute, by=user_of(request), now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            response = HttpResponse(pack, content_type="application/zip")
            name = f"dispute-{dispute.payment.order.number}.zip"
            response["Content-Disposition"] = f'attachment; filename="{name}"'
            response["Cache-Control"] = "no-store"
            return response
    return ask(
        request,
        title=_("Take the evidence"),
        on=dispute.payment.order.number,
        said=_(
            "The file has the buyer's name, phone and address in it, parcels, what the carrier "
            "said, refunds and photos. It is kept who took it, when and why."
        ),
        form=form,
        back=reverse("admin:payments_dispute_change", args=[dispute.pk]),
    )
