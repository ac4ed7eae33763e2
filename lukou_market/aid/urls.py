from django.urls import path

from lukou_market.aid.api import OrderTraceView

urlpatterns = [path("orders/<slug:number>/trace/", OrderTraceView.as_view(), name="trace")]
