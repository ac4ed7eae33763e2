"""Buyers' pages, at the root."""

from django.urls import path

from lukou_market.storefront import (
    my_orders,
    offer_cards,
    order_actions,
    replay_page,
    room_talk,
    sign_in,
    streams_pages,
)

app_name = "storefront"
urlpatterns = [
    path("", streams_pages.streams, name="streams"),
    path("live/<int:session_id>/", streams_pages.room, name="room"),
    path("live/<int:session_id>/cards/<str:language>/", offer_cards.room_cards, name="room-cards"),
    path("live/<int:session_id>/replay/chat/", replay_page.replay_chat, name="replay-chat"),
    path("live/<int:session_id>/order/", streams_pages.order, name="place-order"),
    path("live/<int:session_id>/chat/", room_talk.say_something, name="say"),
    path("live/<int:session_id>/hearts/", room_talk.give_hearts, name="give-hearts"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.enter_code, name="enter-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("orders/", my_orders.orders, name="orders"),
    path("orders/<slug:number>/", my_orders.order, name="order"),
    path("orders/<slug:number>/pay/", order_actions.pay, name="pay"),
    path("orders/<slug:number>/cancel/", order_actions.cancel, name="cancel"),
    path("orders/<slug:number>/received/", order_actions.receive, name="received"),
    path("orders/<slug:number>/refund/", order_actions.ask_refund, name="refund"),
]
