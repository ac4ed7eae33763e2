"""Hosts' pages, below /studio/."""

from django.urls import path

from lukou_market.studio import (
    camera_permit,
    chat,
    moderators,
    offer_steps,
    packing,
    packing_list,
    refunds,
    session_page,
    session_steps,
    sessions,
    sheet,
    simulcast,
)

app_name = "studio"
urlpatterns = [
    path("", sessions.sessions, name="sessions"),
    path("schedule/", sessions.schedule, name="schedule"),
    path("sessions/<int:session_id>/", session_page.session, name="session"),
    path("sessions/<int:session_id>/figures/", session_page.figures, name="figures"),
    path("sessions/<int:session_id>/copy/", sessions.copy, name="copy"),
    path("sessions/<int:session_id>/camera-permit/", camera_permit.permit, name="camera-permit"),
    path("sessions/<int:session_id>/move/", session_steps.move, name="move"),
    path("sessions/<int:session_id>/offers/", offer_steps.add, name="add-offer"),
    path(
        "sessions/<int:session_id>/offers/<int:offer_id>/",
        offer_steps.change_offer,
        name="change-offer",
    ),
    path("sessions/<int:session_id>/sheet/", sheet.sheet, name="sheet"),
    path("sessions/<int:session_id>/sheet.xlsx", sheet.workbook, name="workbook"),
    path("sessions/<int:session_id>/flash/", offer_steps.flash, name="flash"),
    path("sessions/<int:session_id>/notice/", session_steps.notice, name="notice"),
    path("sessions/<int:session_id>/key/", session_steps.new_key, name="new-key"),
    path("sessions/<int:session_id>/chat/", chat.chat, name="chat"),
    path("sessions/<int:session_id>/chat/rows/", chat.rows, name="chat-rows"),
    path("sessions/<int:session_id>/chat/<int:message_id>/hide/", chat.hide, name="hide-message"),
    path(
        "sessions/<int:session_id>/chat/<int:message_id>/author/",
        chat.restrict,
        name="restrict-author",
    ),
    path("moderators/", moderators.moderators, name="moderators"),
    path("moderators/appoint/", moderators.appoint, name="appoint-moderator"),
    path("moderators/<int:person_id>/dismiss/", moderators.dismiss, name="dismiss-moderator"),
    path("moderating/", moderators.moderating, name="moderating"),
    path("simulcast/", simulcast.targets, name="simulcast"),
    path("simulcast/add/", simulcast.add, name="add-simulcast"),
    path("simulcast/<int:target_id>/", simulcast.change, name="change-simulcast"),
    path("packing/", packing.packing, name="packing"),
    path("packing/list/", packing_list.packing_list, name="packing-list"),
    path("packing/labels/", packing_list.labels, name="labels"),
    path("packing/<slug:number>/pack/", packing.pack, name="pack"),
    path("packing/<slug:number>/book/", packing.book, name="book"),
    path("packing/<slug:number>/ship/", packing.ship, name="ship"),
    path("refunds/", refunds.refunds, name="refunds"),
    path("refunds/<int:refund_id>/", refunds.decide, name="decide"),
]
