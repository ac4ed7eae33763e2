from django.urls import path

from lukou_market.orders.api import CancelOrderView, OrdersView, OrderView

urlpatterns = [
    path("orders/", OrdersView.as_view(), name="orders"),
    path("orders/<slug:number>/", OrderView.as_view(), name="order"),
    path("orders/<slug:number>/cancel/", CancelOrderView.as_view(), name="cancel-order"),
]
