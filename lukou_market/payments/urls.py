from django.urls import path

from lukou_market.payments.api import CheckoutView, RefundsView, StripeWebhookView

urlpatterns = [
    path("orders/<slug:number>/checkout/", CheckoutView.as_view(), name="checkout"),
    path("orders/<slug:number>/refunds/", RefundsView.as_view(), name="refunds"),
    path("webhooks/stripe/", StripeWebhookView.as_view(), name="stripe-webhook"),
]
