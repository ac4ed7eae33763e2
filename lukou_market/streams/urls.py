from django.urls import path

from lukou_market.streams.api import LiveSessionsView, LiveSessionView
from lukou_market.streams.chat_api import ChatView

urlpatterns = [
    path("live-sessions/", LiveSessionsView.as_view(), name="live-sessions"),
    path("live-sessions/<int:session_id>/", LiveSessionView.as_view(), name="live-session"),
    path("live-sessions/<int:session_id>/chat/", ChatView.as_view(), name="room-chat"),
]
