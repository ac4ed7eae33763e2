from django.urls import path

from lukou_market.aid.api import HouseholdTraceView, OrderTraceView

urlpatterns = [
    path("orders/<slug:number>/trace/", OrderTraceView.as_view(), name="trace"),
    path("households/<slug:number>/trace/", HouseholdTraceView.as_view(), name="household-trace"),
]
