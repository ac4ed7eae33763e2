"""Buyers' pages, at the root."""

from django.urls import path

from lukou_market.kernel.month_in_address import use_months_in_addresses
from lukou_market.storefront import (
    account_page,
    claim_page,
    manifest,
    my_notices,
    my_orders,
    offer_cards,
    order_actions,
    organisation_page,
    places,
    receipt_page,
    replay_page,
    room_talk,
    sign_in,
    streams_pages,
    village_report_page,
)

use_months_in_addresses()

app_name = "storefront"
urlpatterns = [
    path("", streams_pages.streams, name="streams"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("live/<int:session_id>/", streams_pages.room, name="room"),
    path("live/<int:session_id>/cards/<str:language>/", offer_cards.room_cards, name="room-cards"),
    path("live/<int:session_id>/replay/chat/", replay_page.replay_chat, name="replay-chat"),
    path("live/<int:session_id>/order/", streams_pages.order, name="place-order"),
    path("live/<int:session_id>/chat/", room_talk.say_something, name="say"),
    path("live/<int:session_id>/hearts/", room_talk.give_hearts, name="give-hearts"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.enter_code, name="enter-code"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("account/", account_page.account, name="account"),
    path("account/sign-ins/<int:pk>/end/", account_page.end_one, name="end-sign-in"),
    path("account/sign-out/", account_page.end_all, name="sign-out-everywhere"),
    path("account/addresses/<int:pk>/forget/", account_page.forget, name="forget-address"),
    path("account/data/", account_page.take_data, name="take-data"),
    path("account/delete/", account_page.leave, name="delete-account"),
    path("places/", places.divisions, name="divisions"),
    path("orders/", my_orders.orders, name="orders"),
    path("orders/<slug:number>/", my_orders.order, name="order"),
    path("orders/<slug:number>/pay/", order_actions.pay, name="pay"),
    path("orders/<slug:number>/cancel/", order_actions.cancel, name="cancel"),
    path("orders/<slug:number>/received/", order_actions.receive, name="received"),
    path("orders/<slug:number>/withdraw/", order_actions.withdraw, name="withdraw"),
    path("orders/<slug:number>/claim/", claim_page.claim, name="claim"),
    path("orders/<slug:number>/refund/", order_actions.ask_refund, name="refund"),
    path("orders/<slug:number>/receipt/", receipt_page.share, name="share-receipt"),
    path("orders/<slug:number>/receipt/end/", receipt_page.stop_sharing, name="end-receipt"),
    path("messages/", my_notices.notices, name="notices"),
    path("messages/texts/", my_notices.choose_texts, name="choose-texts"),
    path("organisation/", organisation_page.organisation, name="organisation"),
    path("organisation/template/", organisation_page.list_template, name="list-template"),
    path("organisation/order/", organisation_page.order, name="order-for-members"),
    path("organisation/<slug:number>/", organisation_page.group_order, name="group-order"),
    path("organisation/<slug:number>/pay/", organisation_page.pay, name="pay-group-order"),
    path(
        "organisation/<slug:number>/transfer/",
        organisation_page.pay_by_transfer,
        name="pay-by-transfer",
    ),
    path(
        "organisation/<slug:number>/notice/",
        organisation_page.payment_notice,
        name="payment-notice",
    ),
    path("reports/check/", village_report_page.check_hash, name="check-report"),
    path("reports/check/<slug:sha256>/", village_report_page.hash_checked, name="report-checked"),
    path(
        "reports/<slug:village>/<month:month>/",
        village_report_page.village_report,
        name="village-report",
    ),
    path(
        "reports/<slug:village>/<month:month>/<slug:kind>/",
        village_report_page.village_report_file,
        name="village-report-file",
    ),
    path("r/<slug:token>", receipt_page.receipt, name="receipt"),
    path("r/<slug:token>/picture.png", receipt_page.picture, name="receipt-picture"),
]
