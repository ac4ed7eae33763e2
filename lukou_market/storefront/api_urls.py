from django.urls import path

from lukou_market.storefront.room_api import RoomStateView

urlpatterns = [
    path("live-sessions/<int:session_id>/state/", RoomStateView.as_view(), name="room-state"),
]
