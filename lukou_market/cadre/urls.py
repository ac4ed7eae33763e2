"""Addresses of the cadre's desk, beside the admin's own."""

from django.contrib import admin
from django.urls import path

from lukou_market.cadre.trace_views import household_trace_page, order_trace_page
from lukou_market.cadre.views import aid_sales_export, aid_sales_page

app_name = "cadre"
urlpatterns = [
    path("aid-sales/", admin.site.admin_view(aid_sales_page), name="aid-sales"),
    path("aid-sales/export/", admin.site.admin_view(aid_sales_export), name="aid-sales-export"),
    path(
        "trace/households/<int:pk>/",
        admin.site.admin_view(household_trace_page),
        name="household-trace",
    ),
    path(
        "trace/orders/<slug:number>/", admin.site.admin_view(order_trace_page), name="order-trace"
    ),
]
