"""A host runs a whole stream with one thumb; the page is never loaded again while it runs."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from lukou_market.kernel.qr_code import qr_svg
from lukou_market.streams.models import LiveSession, Offer, SimulcastTarget
from lukou_market.streams.publish import RoomEvent, publish
from lukou_market.streams.stream_keys import stream_name
from tests.browser.conftest import PHONE
from tests.browser.phone import Screenshot, enter
from tests.browser.rooms import make_room
from tests.browser.small_edge import SmallEdge
from tests.embedded.waiting import eventually
from tests.factories import make_offer, make_session, make_user, place_paid

pytestmark = pytest.mark.django_db(transaction=True)
INGEST = "rtmp://studio.example:1935/live"


@pytest.fixture
def earlier(settings: Any) -> LiveSession:
    """A host's ended session of two packages, on a server that takes pictures in."""
    settings.INGEST_URL = INGEST
    session = make_room("ended")
    session.title = f"浦湾甜瓜 {timezone.localdate():%m-%d} 第3场"
    session.save()
    return session


@pytest.fixture
def live(earlier: LiveSession) -> LiveSession:
    """The same host's next session, under way for three minutes, with sales."""
    began = timezone.now() - timedelta(minutes=3)
    session = make_session("live", host=earlier.host, at=began)
    for position, offer in enumerate(earlier.offers.all()):
        again = make_offer(
            session, sku=offer.sku, price_fen=offer.price_fen, position=position, quota=120
        )
        place_paid(make_user(), again, 2, now=began + timedelta(minutes=position))
    return session


@pytest.fixture
def edge(live_server: LiveServer, settings: Any) -> Iterator[SmallEdge]:
    with SmallEdge(live_server.url) as edge:
        settings.EDGE_URL = edge.url
        yield edge


def open_console(page: Page, session: LiveSession, origin: str = "") -> None:
    """The session's page as its host; a mark tells later whether it was loaded again."""
    page.goto(f"{origin}/")
    enter(page, session.host.user)
    page.goto(f"{origin}/studio/sessions/{session.pk}/")
    page.evaluate("window.mark = 1")


def never_loaded_again(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 1"))


def serious_faults(page: Page) -> list[str]:
    """What axe-core finds serious or worse."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['html'] for node in one['nodes']]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


def names(page: Page) -> list[str]:
    return [name.split()[-2] for name in page.locator("#offers h3").all_inner_texts()]


def test_a_whole_stream_from_an_earlier_one(
    page: Page, earlier: LiveSession, screenshot: Screenshot
) -> None:
    page.goto("/")
    enter(page, earlier.host.user)
    page.goto("/studio/")
    screenshot("studio-list")
    assert serious_faults(page) == []
    page.click("text=马上再来一场")
    page.wait_for_selector(".badge.scheduled")
    page.evaluate("window.mark = 1")
    session = LiveSession.objects.exclude(pk=earlier.pk).get()
    assert session.title.endswith("第4场") and session.offers.count() == 2
    screenshot("studio-scheduled")
    assert serious_faults(page) == []

    page.click("#go-live")
    page.wait_for_selector(".badge.live")
    page.click("#pin-next")
    pinned = session.offers.all()[0]
    expect(page.locator(f"#offer-{pinned.pk}")).to_have_class("card offer-row is-pinned")
    page.click("#end summary")
    page.click("#interrupt")
    page.wait_for_selector(".alarm")
    screenshot("studio-interrupted")
    assert serious_faults(page) == []
    page.click("#resume")
    page.wait_for_selector(".badge.live")
    assert never_loaded_again(page)

    page.click("[value=end]")
    page.wait_for_selector(".badge.ended")
    session.refresh_from_db()
    assert session.status == "ended"
    screenshot("studio-ended")
    assert serious_faults(page) == []


def test_offers_are_put_in_order_pinned_and_paused(
    page: Page, live: LiveSession, screenshot: Screenshot
) -> None:
    open_console(page, live)
    before = names(page)
    first, second = live.offers.all()
    page.click(f"#down-{first.pk}")
    expect(page.locator("#offers article").nth(1)).to_have_id(f"offer-{first.pk}")
    assert names(page) == before[::-1]
    assert [offer.pk for offer in live.offers.all()] == [second.pk, first.pk]
    expect(page.locator(f"#down-{first.pk}")).to_be_disabled()
    page.click(f"#pin-{second.pk}")
    expect(page.locator(f"#pin-{second.pk}")).to_have_attribute("value", "unpin")
    page.click(f"#pause-{first.pk}")
    expect(page.locator(f"#pause-{first.pk}")).to_have_attribute("value", "resume")
    first.refresh_from_db()
    live.refresh_from_db()
    assert (first.paused, live.pinned_offer) == (True, second)
    assert never_loaded_again(page)
    screenshot("studio-live")
    screenshot("studio-live-screen", whole=False)
    page.click("#chart-table summary")
    expect(page.locator("#chart-table tbody tr").last).to_be_visible()
    assert page.locator("#chart-table tbody tr").count() in (4, 5)  # a minute may just begin
    assert serious_faults(page) == []


def test_the_chat_stands_in_its_own_card(page: Page, live: LiveSession) -> None:
    open_console(page, live)
    card = page.locator("#talk").bounding_box()
    said = page.locator("#talk .talk").bounding_box()
    assert card and said
    assert card["y"] < said["y"] < said["y"] + said["height"] < card["y"] + card["height"]
    expect(page.locator("#talk .nothing-said")).to_be_visible()


def test_a_flash_offer_starts_in_a_small_form_and_counts_down(
    page: Page, live: LiveSession, screenshot: Screenshot
) -> None:
    open_console(page, live)
    page.click("#actions a[href='#flash']")
    page.fill("#flash-price", "9.90")
    page.fill("#flash-quota", "20")
    page.select_option("#flash-seconds", "60")
    screenshot("studio-flash", whole=False)
    page.click("#flash .button")
    clock = page.locator("#offers time[data-until]")
    expect(clock).to_have_text("0:58")  # it runs
    offer = Offer.objects.get(price_fen=990)
    live.refresh_from_db()
    assert (offer.quota, live.pinned_offer) == (20, offer)
    expect(page.locator("#flash")).not_to_have_attribute("open", "")
    assert never_loaded_again(page)
    screenshot("studio-flash-runs")


def test_the_sheet_fits_a_phone(page: Page, live: LiveSession, screenshot: Screenshot) -> None:
    LiveSession.objects.filter(pk=live.pk).update(status="ended", ended_at=timezone.now())
    open_console(page, live)
    page.click("#actions a[href$='/sheet/']")
    expect(page.locator("main")).to_contain_text("¥219.60")
    screenshot("studio-sheet")
    assert serious_faults(page) == []


def test_the_platforms_fit_a_phone(page: Page, live: LiveSession, screenshot: Screenshot) -> None:
    open_console(page, live)
    page.goto("/studio/simulcast/")
    screenshot("studio-platforms-none")
    for name, state in (("抖音", "sending"), ("快手", "away"), ("视频号", "")):
        page.fill("#name", name)
        page.fill("#address", "rtmp://push.example.com/live/their-key")
        page.click("main form.card .button")
        expect(page.locator(".row h3", has_text=name)).to_be_visible()
        SimulcastTarget.objects.filter(name=name).update(state=state)
    page.reload()
    screenshot("studio-platforms")
    assert "their-key" not in page.content()
    assert serious_faults(page) == []


def test_what_is_typed_survives_what_comes_in(page: Page, live: LiveSession) -> None:
    open_console(page, live)
    page.click("#actions a[href='#notice']")
    page.fill("#notice-text", "今天 16 点前")
    offer = live.offers.all()[0]
    place_paid(make_user(), offer, 3, now=timezone.now())
    expect(page.locator("#state")).to_contain_text("3")
    expect(page.locator(f"#offer-{offer.pk}")).to_contain_text(str(120 - 5))
    expect(page.locator("#notice-text")).to_have_value("今天 16 点前")
    expect(page.locator("#notice-text")).to_be_focused()
    page.click("#notice .button")
    expect(page.locator("#toast")).to_contain_text("公告")
    live.refresh_from_db()
    assert live.notice == "今天 16 点前"
    assert never_loaded_again(page)


def test_without_a_network_a_button_says_so_and_works_again_later(
    page: Page, live: LiveSession
) -> None:
    open_console(page, live)
    offer = live.offers.all()[0]
    page.context.set_offline(True)
    page.click(f"#pin-{offer.pk}")
    expect(page.locator("#toast")).to_have_class("bad")
    page.context.set_offline(False)
    page.click(f"#pin-{offer.pk}")
    expect(page.locator(f"#pin-{offer.pk}")).to_have_attribute("value", "unpin")
    assert never_loaded_again(page)


def test_the_room_and_the_stream_key_are_shown_as_codes_and_the_key_is_replaced(
    page: Page, live: LiveSession, screenshot: Screenshot
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_console(page, live)
    assert page.locator("#stream-name").is_hidden()
    page.click("#share > summary")
    room = f"{django_settings.PUBLIC_BASE_URL}/live/{live.pk}/"
    assert shown_code(page, "#share") == path_of(qr_svg(room))
    page.click("[data-copy]")
    expect(page.locator("#toast")).to_have_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == room

    page.click("#picture > summary")
    page.click("#stream-address > summary")
    old = stream_name(live)
    expect(page.locator("#stream-name")).to_have_text(old)
    assert shown_code(page, "#stream-address") == path_of(qr_svg(f"{INGEST}/{old}"))
    screenshot("studio-codes")
    assert serious_faults(page) == []
    page.click("#new-key")
    expect(page.locator("#stream-name")).not_to_have_text(old)
    new = stream_name(LiveSession.objects.get(pk=live.pk))
    expect(page.locator("#stream-name")).to_have_text(new)
    assert shown_code(page, "#stream-address") == path_of(qr_svg(f"{INGEST}/{new}"))


def shown_code(page: Page, within: str) -> str | None:
    return page.locator(f"{within} .qr .qrline").get_attribute("d")


def path_of(svg: str) -> str:
    return svg.split('class="qrline" stroke="#000" d="')[1].split('"')[0]


def test_an_event_of_the_room_makes_the_console_look_at_once(
    page: Page, live: LiveSession, edge: SmallEdge
) -> None:
    page.clock.install()  # its own clock never reaches the next look
    open_console(page, live, edge.url)
    assert eventually(lambda: edge.opened)
    page.clock.pause_at(timezone.now() + timedelta(seconds=1))
    offer = live.offers.all()[0]
    place_paid(make_user(), offer, 3, now=timezone.now())
    with page.expect_response("**/figures/"):
        publish(live.pk, RoomEvent.LEFT, {"offers": [{"id": offer.pk, "left": 115}]})
        for _ in range(20):
            page.clock.run_for(100)
    expect(page.locator(f"#offer-{offer.pk}")).to_contain_text("115")


def test_the_console_works_without_scripts(
    chromium: Browser, live_server: LiveServer, live: LiveSession
) -> None:
    plain = chromium.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport=PHONE
    )
    page = plain.new_page()
    enter(page, live.host.user, live_server.url)
    page.goto(f"/studio/sessions/{live.pk}/")
    first, second = live.offers.all()
    page.press(f"#up-{second.pk}", "Enter")
    page.wait_for_selector(f"#up-{second.pk}[disabled]")
    page.press(f"#pin-{second.pk}", "Enter")
    page.wait_for_selector(f"#pin-{second.pk}[value=unpin]")
    page.press("#flash > summary", "Enter")
    page.fill("#flash-price", "9.90")
    page.fill("#flash-quota", "20")
    page.press("#flash .button", "Enter")
    page.wait_for_selector(".messages")
    plain.close()
    assert [offer.pk for offer in live.offers.all()][:2] == [second.pk, first.pk]
    live.refresh_from_db()
    assert live.pinned_offer == Offer.objects.get(price_fen=990)
