from django.urls import path

from lukou_market.accounts.api import CodesView, RefreshView, TokensView

urlpatterns = [
    path("auth/codes/", CodesView.as_view(), name="auth-codes"),
    path("auth/tokens/", TokensView.as_view(), name="auth-tokens"),
    path("auth/tokens/refresh/", RefreshView.as_view(), name="auth-refresh"),
]
