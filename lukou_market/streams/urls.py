from django.urls import path

from lukou_market.streams.api import LiveSessionsView, LiveSessionView

urlpatterns = [
    path("live-sessions/", LiveSessionsView.as_view(), name="live-sessions"),
    path("live-sessions/<int:session_id>/", LiveSessionView.as_view(), name="live-session"),
]
