"""What a host may sell: goods of the host's own village, and certified ones from anywhere."""

from datetime import date

from django.db.models import Q, QuerySet

from lukou_market.catalog.models import Sku
from lukou_market.streams.models import Host


def offerable_skus(host: Host, *, on: date) -> QuerySet[Sku]:
    """The packages that `host` may offer in a session on this day."""
    of_the_village = Q(product__producer__village=host.village_id)
    certified = Q(product__certified_during__contains=on)
    return Sku.objects.filter(of_the_village | certified).select_related("product__producer")
