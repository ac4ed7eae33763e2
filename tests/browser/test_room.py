"""The room on a phone: what comes in while it is open, on any network, for anybody."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from lukou_market.orders.models import Order
from lukou_market.orders.place_order import place_order
from lukou_market.streams.edge_gateway import send_to_room
from lukou_market.streams.hearts import hearts_of
from lukou_market.streams.models import (
    ChatMessage,
    LiveSession,
    Offer,
    PinChange,
    Replay,
    ReplayPart,
    StreamKey,
)
from lukou_market.streams.pin_offer import pin_offer
from lukou_market.streams.publish import RoomEvent, envelope
from tests.browser.phone import Screenshot, enter, sign_in
from tests.browser.rooms import make_room
from tests.browser.small_edge import SmallEdge
from tests.embedded.waiting import eventually
from tests.factories import make_offer, make_session, make_sku, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "13812345678"
_SHIFTS = """new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) (window.shifts ??= []).push(
    [entry.value, ...entry.sources.map((one) => [one.node?.outerHTML?.slice(0, 90),
      one.previousRect.toJSON(), one.currentRect.toJSON()])]);
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.fixture
def session() -> LiveSession:
    return make_room()


@pytest.fixture
def edge(live_server: LiveServer, settings: Any) -> Iterator[SmallEdge]:
    with SmallEdge(live_server.url) as edge:
        settings.EDGE_URL = edge.url
        yield edge


def open_room(page: Page, session: LiveSession, edge: SmallEdge | None = None) -> None:
    """Look into the room; a mark tells later whether the page was loaded again."""
    page.goto(f"{edge.url if edge else ''}/live/{session.pk}/")
    page.wait_for_selector("[data-ready]")
    page.evaluate("window.mark = 1")
    if edge:
        assert eventually(lambda: edge.opened)


def tell(session: LiveSession, event: RoomEvent, payload: dict[str, object]) -> None:
    send_to_room(session.pk, envelope(event, payload, timezone.now()))


def order_somebody_else(offer: Offer, quantity: int) -> None:
    place_order(
        buyer_id=make_user("王小明").pk,
        key="somebody-else",
        offer_id=offer.pk,
        quantity=quantity,
        shown_total_fen=quantity * offer.price_fen,
        now=timezone.now(),
    )


def requests_for(page: Page, part: str) -> list[str]:
    """The addresses with `part` in them that the page asks for from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if part in request.url:
            asked.append(request.url)

    page.on("request", note)
    return asked


def send_a_picture(session: LiveSession) -> None:
    """As far as the room is told; there is none to be had."""
    now = timezone.now()
    StreamKey.objects.create(
        session=session, secret="s", publisher="1", publishing_since=now, seen_at=now
    )


def left_of(page: Page, offer: Offer) -> Any:
    return page.locator(f"#offer-{offer.pk} .left").first


def test_an_order_sheet_counts_money_and_weight(
    page: Page, session: LiveSession, screenshot: Screenshot
) -> None:
    open_room(page, session)
    screenshot("room-live")
    page.click("#pinned .buy")
    sheet = page.locator("#order")
    sheet.locator("[data-step='1']").click()
    expect(sheet.locator(".button.wide")).to_contain_text("¥139.80")
    expect(sheet.locator(".weight")).to_have_text("共 20 斤（10 公斤）")
    expect(sheet.locator(".benefit")).to_contain_text("3 户")
    screenshot("room-order-sheet", whole=False)
    sheet.locator("[data-close]").click()
    page.click("#open-cart")
    expect(page.locator("#cart .offer")).to_have_count(2)
    screenshot("room-cart", whole=False)


def test_without_events_the_room_asks_again_and_again(
    page: Page, session: LiveSession, screenshot: Screenshot
) -> None:
    first, second = session.offers.all()
    open_room(page, session)
    order_somebody_else(first, 5)
    expect(left_of(page, first)).to_have_text("115")
    expect(page.locator("#ticker")).to_contain_text("王** 买了 5 份")
    pin_offer(session_id=session.pk, offer_id=second.pk)
    expect(page.locator("#pinned .face")).to_have_attribute("data-offer", str(second.pk))
    Offer.objects.filter(pk=second.pk).update(taken=300)
    expect(page.locator("#pinned .buy")).to_be_disabled()
    expect(page.locator("#pinned .buy")).to_have_text("已售罄")
    screenshot("room-sold-out")
    LiveSession.objects.filter(pk=session.pk).update(status="interrupted")
    expect(page.locator("#status")).to_have_class("badge interrupted")
    screenshot("room-interrupted")
    assert page.evaluate("window.mark") == 1


def test_events_are_shown_at_once_and_nothing_is_asked_again(
    page: Page, session: LiveSession, edge: SmallEdge
) -> None:
    first, second = session.offers.all()
    asked = requests_for(page, "/state/")
    open_room(page, session, edge)
    for left in range(119, 99, -1):
        tell(session, RoomEvent.LEFT, {"offers": [{"id": first.pk, "left": left}]})
        expect(left_of(page, first)).to_have_text(str(left))
    tell(session, RoomEvent.PINNED, {"offer": second.pk})
    expect(page.locator("#pinned .face")).to_have_attribute("data-offer", str(second.pk))
    tell(session, RoomEvent.SOLD, {"id": 1, "who": "王**", "quantity": 2, "offer": second.pk})
    expect(page.locator("#ticker")).to_contain_text("王** 买了 2 份")
    tell(session, RoomEvent.NOTICE, {"text": "今晚八点抽奖"})
    expect(page.locator("#notice")).to_have_text("今晚八点抽奖")
    tell(session, RoomEvent.VIEWERS, {"viewers": 51234, "watching": 1234})
    expect(page.locator("#audience")).to_contain_text("51,234")
    expect(page.locator("#audience")).to_contain_text("1,234")
    tell(session, RoomEvent.SESSION, {"status": "interrupted", "picture": False})
    expect(page.locator("#status")).to_have_class("badge interrupted")
    assert len(asked) <= 1, "when the events began"


def test_what_happens_while_events_are_away_is_caught_up_on(
    page: Page, session: LiveSession, edge: SmallEdge
) -> None:
    first = session.offers.all()[0]
    open_room(page, session, edge)
    tell(session, RoomEvent.LEFT, {"offers": [{"id": first.pk, "left": 50}]})
    expect(left_of(page, first)).to_have_text("50")
    edge.drop()
    tell(session, RoomEvent.CHAT, {"id": 7, "who": "李**", "text": "甜吗？", "said_at": ""})
    expect(page.locator("#chat")).to_contain_text("甜吗？")
    assert eventually(lambda: edge.opened == 2)
    assert page.evaluate("window.mark") == 1


def test_what_the_edge_forgot_is_in_the_state(
    page: Page, session: LiveSession, edge: SmallEdge
) -> None:
    second = session.offers.all()[1]
    open_room(page, session, edge)
    edge.drop()
    LiveSession.objects.filter(pk=session.pk).update(pinned_offer=second)  # nobody is told
    edge.forget()
    expect(page.locator("#pinned .face")).to_have_attribute("data-offer", str(second.pk))
    assert page.evaluate("window.mark") == 1


def test_an_old_state_does_not_undo_what_an_event_told(
    page: Page, session: LiveSession, edge: SmallEdge
) -> None:
    first = session.offers.all()[0]
    open_room(page, session, edge)
    tell(session, RoomEvent.LEFT, {"offers": [{"id": first.pk, "left": 4}]})
    expect(left_of(page, first)).to_have_text("4")
    with page.expect_response("**/state/"):
        edge.drop()
        tell(session, RoomEvent.LEFT, {"offers": [{"id": first.pk, "left": 3}]})  # state: 120
    assert eventually(lambda: edge.opened == 2)
    expect(left_of(page, first)).to_have_text("3")


def test_a_refused_stream_of_events_is_replaced_by_asking(
    page: Page, session: LiveSession, edge: SmallEdge
) -> None:
    first = session.offers.all()[0]
    open_room(page, session, edge)
    edge.refuse()
    Offer.objects.filter(pk=first.pk).update(taken=20)
    expect(left_of(page, first)).to_have_text("100")
    assert page.evaluate("window.mark") == 1


@pytest.mark.parametrize(
    "block",
    ["delete window.EventSource", "window.EventSource = function () { throw new Error(); }"],
)
def test_a_browser_without_events_asks(
    page: Page, session: LiveSession, edge: SmallEdge, block: str
) -> None:
    first = session.offers.all()[0]
    page.add_init_script(block)
    page.goto(f"{edge.url}/live/{session.pk}/")
    page.wait_for_selector("[data-ready]")
    Offer.objects.filter(pk=first.pk).update(taken=20)
    expect(left_of(page, first)).to_have_text("100")
    assert edge.opened == 0


def test_a_new_offer_appears_and_can_be_ordered_without_loading_again(
    page: Page, session: LiveSession
) -> None:
    page.goto("/")
    enter(page, make_user())
    open_room(page, session)
    new = make_offer(session, sku=make_sku(), price_fen=1990, quota=9, position=2)
    pin_offer(session_id=session.pk, offer_id=new.pk)
    expect(page.locator("#pinned .face")).to_have_attribute("data-offer", str(new.pk))
    expect(page.locator("#cart-count")).to_have_text("3")
    assert page.evaluate("window.mark") == 1
    page.click("#pinned .buy")
    page.click("#order .button.wide")
    page.wait_for_url("**/orders/*/")
    assert Order.objects.get().total_fen == 1990


def test_a_new_price_is_the_one_that_is_ordered(page: Page, session: LiveSession) -> None:
    page.goto("/")
    enter(page, make_user())
    open_room(page, session)
    page.click("#pinned .buy")
    session.offers.filter(position=0).update(price_fen=5990)
    expect(page.locator("#order .button.wide")).to_contain_text("¥59.90")
    expect(page.locator("#pinned .per-jin")).to_have_text("¥5.99 / 斤")
    page.click("#order .button.wide")
    page.wait_for_url("**/orders/*/")
    assert Order.objects.get().total_fen == 5990


def test_a_refused_order_leads_back_to_its_sheet(page: Page, session: LiveSession) -> None:
    page.goto("/")
    enter(page, make_user())
    page.route("**/state/", lambda route: route.abort())
    open_room(page, session)
    page.click("#pinned .buy")
    page.fill("#order .quantity", "2")
    session.offers.filter(position=0).update(price_fen=5990)
    page.click("#order .button.wide")
    expect(page.locator("#order .quantity")).to_have_value("2")
    expect(page.locator("#order .button.wide")).to_contain_text("¥119.80")
    expect(page.locator(".messages .error")).to_have_count(1)
    assert not Order.objects.exists()


def test_a_flash_offer_opens_and_closes_by_the_servers_clock(
    page: Page, session: LiveSession, screenshot: Screenshot
) -> None:
    now = timezone.now()
    flash = make_offer(
        session, quota=30, price_fen=1990, sku=make_sku(), position=3,
        opens_at=now + timedelta(seconds=12), closes_at=now + timedelta(seconds=20),
    )  # fmt: skip
    pin_offer(session_id=session.pk, offer_id=flash.pk)
    page.add_init_script("{ const real = Date.now; Date.now = () => real() + 3_600_000; }")
    open_room(page, session)
    expect(page.locator("#pinned .flash-text")).to_contain_text("后开抢")
    expect(page.locator("#pinned .buy")).to_be_disabled()
    screenshot("room-flash-soon")
    expect(page.locator("#pinned .buy")).to_be_enabled()
    assert timezone.now() >= now + timedelta(seconds=12)
    expect(page.locator("#pinned .flash-text")).to_contain_text("还剩")
    screenshot("room-flash")
    expect(page.locator("#pinned .buy")).to_be_disabled()
    assert timezone.now() >= now + timedelta(seconds=20)


def test_nothing_moves_when_events_arrive(
    page: Page, session: LiveSession, edge: SmallEdge
) -> None:
    first, second = session.offers.all()
    page.add_init_script(_SHIFTS)
    open_room(page, session, edge)
    events: list[tuple[RoomEvent, dict[str, object]]] = [
        (RoomEvent.NOTICE, {"text": "今晚八点抽奖，大家不要走开"}),
        (RoomEvent.VIEWERS, {"viewers": 51234, "watching": 1234}),
        (RoomEvent.PINNED, {"offer": second.pk}),
        (RoomEvent.LEFT, {"offers": [{"id": first.pk, "left": 3}, {"id": second.pk, "left": 1}]}),
        (RoomEvent.HEARTS, {"hearts": 12345}),
        (RoomEvent.SESSION, {"status": "interrupted", "picture": False}),
        (RoomEvent.PINNED, {"offer": None}),
        (RoomEvent.SESSION, {"status": "live", "picture": False}),
        (RoomEvent.PINNED, {"offer": first.pk}),
    ]
    for number in range(30):
        said = {"id": number, "who": "李**", "text": f"第 {number} 句，甜不甜？", "said_at": ""}
        events.append((RoomEvent.CHAT, said))
        sold = {"id": number, "who": "王**", "quantity": number, "offer": first.pk}
        events.append((RoomEvent.SOLD, sold))
    events.append((RoomEvent.CHAT_HIDDEN, {"id": 29}))
    for event in events:
        tell(session, *event)
    expect(page.locator("#chat")).to_contain_text("第 28 句")
    expect(page.locator("#chat")).not_to_contain_text("第 29 句")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    assert page.evaluate("window.shifts ?? []") == []


def test_what_somebody_says_is_said_without_loading_the_page_again(
    page: Page, session: LiveSession
) -> None:
    page.goto("/")
    enter(page, make_user("王小明"))
    open_room(page, session)
    page.fill("#chat-text", "甜不甜？")
    page.press("#chat-text", "Enter")
    expect(page.locator("#chat")).to_contain_text("王** 甜不甜？")
    expect(page.locator("#chat-text")).to_have_value("")
    page.fill("#chat-text", "再来一箱")
    page.press("#chat-text", "Enter")  # too soon
    expect(page.locator("#chat-answer")).not_to_be_empty()
    expect(page.locator("#chat-text")).to_have_value("再来一箱")
    page.click(".heart", click_count=3)
    expect(page.locator("#hearts")).to_have_text("3")
    assert eventually(lambda: hearts_of(session.pk) == 3)
    assert page.evaluate("window.mark") == 1
    assert ChatMessage.objects.get().text == "甜不甜？"


def test_words_wait_for_the_sign_in(page: Page, session: LiveSession) -> None:
    open_room(page, session)
    page.fill("#chat-text", "甜不甜？")
    page.press("#chat-text", "Enter")
    page.wait_for_url("**/sign-in/**")
    sign_in(page, PHONE)
    page.wait_for_url("**/live/*/")
    expect(page.locator("#chat-text")).to_have_value("甜不甜？")


def test_ordering_works_without_scripts(
    chromium: Browser, live_server: LiveServer, session: LiveSession
) -> None:
    plain = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = plain.new_page()
    page.goto(f"/live/{session.pk}/")
    page.fill(".offer.pinned .quantity", "3")
    page.click(".offer.pinned .order-form .button.wide")
    sign_in(page, PHONE)
    page.wait_for_url("**/orders/*/")
    plain.close()
    assert Order.objects.get().total_fen == 3 * 6990


def test_ordering_works_when_the_script_does_not_arrive(page: Page, session: LiveSession) -> None:
    page.route("**/room_feed.js", lambda route: route.abort())
    page.goto(f"/live/{session.pk}/")
    page.click(".offer.pinned .order-form .button.wide")
    page.wait_for_url("**/sign-in/**")


def test_a_picture_that_can_not_be_read_is_fetched_again(
    page: Page, session: LiveSession, edge: SmallEdge
) -> None:
    """Here there is none; Chromium now and then can't parse a list's first seconds either."""
    send_a_picture(session)
    with page.expect_request("**/hls/*.m3u8"):
        open_room(page, session, edge)
    with page.expect_request("**/hls/*.m3u8"):
        page.wait_for_function("document.getElementById('video').error")


def test_whoever_saves_data_gets_no_picture_and_stays_without(
    page: Page, session: LiveSession, edge: SmallEdge, screenshot: Screenshot
) -> None:
    send_a_picture(session)
    asked = requests_for(page, "/hls/")
    open_room(page, session, edge)
    expect(page.locator("#video")).to_have_attribute("src", f"/hls/{session.pk}.m3u8")
    page.select_option("#quality", "off")
    expect(page.locator("#video")).not_to_have_attribute("src", "/.*/")
    screenshot("room-saving-data")
    asked.clear()
    page.reload()
    page.wait_for_selector("[data-ready]")
    expect(page.locator("#picture-note")).to_contain_text("省流量")
    assert asked == []


def test_a_phone_that_asks_to_save_data_is_obeyed(
    page: Page, session: LiveSession, edge: SmallEdge
) -> None:
    send_a_picture(session)
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    open_room(page, session, edge)
    expect(page.locator("#quality")).to_have_value("off")
    expect(page.locator("#picture-note")).to_contain_text("省流量")


@pytest.mark.parametrize("status", ["scheduled", "live", "interrupted", "ended"])
def test_a_screen_reader_finds_its_way(page: Page, status: str) -> None:
    open_room(page, make_room(status))
    assert serious_faults(page) == []
    page.click("#open-cart")
    assert serious_faults(page) == []
    page.click("#cart [data-close]")
    if status == "live":
        page.click("#pinned .buy")
        assert serious_faults(page) == []


def serious_faults(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page).response["violations"]
    return [
        (fault["id"], node["html"])
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def test_an_empty_room_says_so(page: Page, screenshot: Screenshot) -> None:
    open_room(page, make_session("scheduled", at=timezone.now()))
    expect(page.locator("#pinned")).to_contain_text("还没有")
    screenshot("room-empty")


def test_a_replay_shows_the_offers_and_words_of_the_moment(
    page: Page, edge: SmallEdge, screenshot: Screenshot
) -> None:
    session = make_room("ended")
    first, second = session.offers.all()
    start = session.started_at
    assert start
    ReplayPart.objects.create(session=session, file="1.flv", started_at=start, length_ms=600_000)
    Replay.objects.create(session=session, length_ms=600_000, made_at=start)
    author = make_user("王小明")
    for minute, offer, text in ((0, first, "刚开始"), (4, second, "换小箱了"), (8, None, "再见")):
        at = start + timedelta(minutes=minute)
        PinChange.objects.create(session=session, offer=offer, at=at)
        ChatMessage.objects.create(session=session, author=author, text=text, said_at=at)
    page.goto(f"{edge.url}/live/{session.pk}/")
    pinned, chat = page.locator("#pinned .face"), page.locator("#chat")
    expect(pinned).to_have_attribute("data-offer", str(first.pk))
    watch(page, 241)
    expect(pinned).to_have_attribute("data-offer", str(second.pk))
    expect(chat).to_contain_text("换小箱了")
    expect(page.locator(".moment[aria-current]")).to_contain_text("4:00")
    screenshot("room-replay")
    watch(page, 10)  # back again
    expect(chat.locator("li")).to_have_text(["王** 刚开始"])
    watch(page, 500)
    expect(pinned).to_have_count(0)
    page.click(".moment >> nth=1")
    assert page.evaluate("document.getElementById('video').currentTime") == 240


def test_a_link_from_an_order_opens_the_replay_where_it_was_placed(
    page: Page, edge: SmallEdge
) -> None:
    session = make_room("ended")
    first, second = session.offers.all()
    start = session.started_at
    assert start
    Replay.objects.create(session=session, length_ms=600_000, made_at=start)
    for minute, offer in ((0, first), (4, second)):
        at = start + timedelta(minutes=minute)
        PinChange.objects.create(session=session, offer=offer, at=at)
    ReplayPart.objects.create(session=session, file="1.flv", started_at=start, length_ms=600_000)
    pinned = page.locator("#pinned .face")
    for asked, offer, at_s in (("241", second, 241), ("-5", first, 0), ("x", first, 0)):
        page.goto(f"{edge.url}/live/{session.pk}/?t={asked}")
        expect(pinned).to_have_attribute("data-offer", str(offer.pk))
        assert page.evaluate("document.getElementById('video').currentTime") == at_s


def watch(page: Page, second: int) -> None:
    """The replay has come to that second (there is no picture to be had here)."""
    page.evaluate(
        """(second) => {
            const video = document.getElementById("video");
            const value = { value: second, writable: true, configurable: true };
            Object.defineProperty(video, "currentTime", value);
            video.dispatchEvent(new Event("timeupdate"));
        }""",
        second,
    )
