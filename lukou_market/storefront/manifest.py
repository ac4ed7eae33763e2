"""The page as an app on a phone's home screen."""

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

_A_DAY_S = 24 * 3600
_GREEN, _GROUND = "#17663a", "#f3f6f2"


@require_GET
@cache_control(public=True, max_age=_A_DAY_S)
@vary_on_cookie
@vary_on_headers("Accept-Language")
def manifest(request: HttpRequest) -> JsonResponse:
    """Its name, its icons, and where it begins."""
    icons = [
        {"src": static("market/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
        *(
            {
                "src": static(f"market/icon-{side}.png"),
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": purpose,
            }
            for side in (192, 512)
            for purpose in ("any", "maskable")
        ),
    ]
    body = {
        "id": "/",
        "name": _("Lukou Market"),
        "short_name": _("Lukou Market"),
        "description": _("Buy a village's goods in its streams, and see whom it helps."),
        "lang": get_language(),
        "start_url": reverse("storefront:streams"),
        "scope": "/",
        "display": "standalone",
        "theme_color": _GREEN,
        "background_color": _GROUND,
        "icons": icons,
        "shortcuts": [{"name": _("My orders"), "url": reverse("storefront:orders")}],
    }
    return JsonResponse(body, content_type="application/manifest+json")
