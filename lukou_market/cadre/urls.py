"""Addresses of the cadre's desk, beside the admin's own."""

from django.contrib import admin
from django.urls import path

from lukou_market.cadre.views import aid_sales_export, aid_sales_page

app_name = "cadre"
urlpatterns = [
    path("aid-sales/", admin.site.admin_view(aid_sales_page), name="aid-sales"),
    path("aid-sales/export/", admin.site.admin_view(aid_sales_export), name="aid-sales-export"),
]
