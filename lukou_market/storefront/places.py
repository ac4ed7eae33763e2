"""Cities of a province, counties of a city, for the lists of the checkout."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from lukou_market.addresses.divisions import divisions_in

_KEPT_S = 7 * 24 * 3600


@cache_control(public=True, max_age=_KEPT_S)
@require_GET
def divisions(request: HttpRequest) -> JsonResponse:
    """`?in=<code>`: [code, name] of each; the provinces without it, none for a code unknown."""
    inside = divisions_in(request.GET.get("in", ""))
    return JsonResponse([[one.code, one.name] for one in inside], safe=False)
