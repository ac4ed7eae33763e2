"""Every address of the product: pages at the root, the API below /api/v1/."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

from lukou_market.fulfilment.photo_page import claim_photo
from lukou_market.kernel.health import healthz

api: list[URLPattern | URLResolver] = [
    path("", include("lukou_market.accounts.urls")),
    path("", include("lukou_market.streams.urls")),
    path("", include("lukou_market.orders.urls")),
    path("", include("lukou_market.payments.urls")),
    path("", include("lukou_market.fulfilment.urls")),
    path("", include("lukou_market.aid.urls")),
    path("", include("lukou_market.storefront.api_urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="schema"), name="docs"),
]

urlpatterns = [
    path("healthz", healthz),
    path("api/v1/", include(api)),
    path("internal/edge/", include("lukou_market.streams.edge_urls")),
    path("admin/", include("lukou_market.cadre.urls")),
    path("admin/", admin.site.urls),
    path("claims/photos/<str:signed>/", claim_photo, name="claim-photo"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("studio/", include("lukou_market.studio.urls")),
    path("", include("lukou_market.storefront.urls")),
]

handler404 = "lukou_market.kernel.problems.not_found"
handler500 = "lukou_market.kernel.problems.crashed"
