from django.urls import path

from lukou_market.streams.api import LiveSessionsView, LiveSessionView, RoomStateView

urlpatterns = [
    path("live-sessions/", LiveSessionsView.as_view(), name="live-sessions"),
    path("live-sessions/<int:session_id>/", LiveSessionView.as_view(), name="live-session"),
    path("live-sessions/<int:session_id>/state/", RoomStateView.as_view(), name="room-state"),
]
