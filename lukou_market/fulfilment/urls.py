from django.urls import path

from lukou_market.fulfilment.api import ReceiptView

urlpatterns = [path("orders/<slug:number>/receipt/", ReceiptView.as_view(), name="receipt")]
