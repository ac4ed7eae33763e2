"""The closed month's reports hang in their villages: with a photo, objections, cards and a text."""

from datetime import date, datetime
from io import BytesIO

from django.utils import timezone
from noto_cjk_sans_otc import FONT_PATH
from PIL import Image, ImageDraw, ImageFont

from lukou_market.demo.village_reports import cadre_of
from lukou_market.households.models import Household
from lukou_market.public_notices.add_proof import add_proof
from lukou_market.public_notices.handle_objection import accept_objection, reject_objection
from lukou_market.public_notices.issue_card import issue_cards
from lukou_market.public_notices.models import PublicNotice
from lukou_market.public_notices.object_to_notice import dispute_line, object_to_notice
from lukou_market.public_notices.post_notice import post_notice
from lukou_market.public_notices.text_statements import ask_for_texts, keep_phone
from lukou_market.village_reports.models import Action, VillageReport

PHONE = "13800000061"
_WRONG = "供货两筐，表上好像只记了一筐，请核对"
_ANSWER = "已与合作社过秤单逐笔核对，两筐均已计入，其中一筐的买家当月退款"
_NOT_RECEIVED = "本月的货款什么时候发到卡上？"
_SIMPLIFIED_CHINESE = 2  # the collection's third face
_WALL, _BOARD, _SHEET, _INK = "#c9bfae", "#7a2e23", "#fdfdf8", "#222222"


def hang_notices(*, month: date, now: datetime) -> None:
    """Every published village posts its notice; the first gets an objection answered, one open."""
    reports = VillageReport.objects.filter(month=month, status=Action.PUBLISHED)
    notices = [_hang(report, now) for report in reports.order_by("village")]
    _object(notices[0], now)
    for notice in notices:
        _hand_out(notice, now)


def _hang(report: VillageReport, now: datetime) -> PublicNotice:
    own = cadre_of(report.village)
    notice = post_notice(village=report.village, month=report.month, posted_by=own, now=now)
    photo = _photo(notice)
    add_proof(
        notice=notice,
        photo=photo,
        size=photo.getbuffer().nbytes,
        caption="村务公开栏",
        taken_on=timezone.localdate(now),
        added_by=own,
        now=now,
    )
    return notice


def _object(notice: PublicNotice, now: datetime) -> None:
    """Somebody at the board, answered by the town; and a household by its card, not answered."""
    town = cadre_of(notice.village.parent or notice.village)
    first = object_to_notice(notice=notice, text=_WRONG, now=now)
    accept_objection(objection_id=first.pk, by=town, now=now)
    reject_objection(objection_id=first.pk, words=_ANSWER, by=town, now=now)
    household = Household.objects.filter(village=notice.village).earliest("number")
    months = {"first_month": notice.month, "last_month": notice.month}
    [card] = issue_cards(households=[household], **months, now=now).values()
    dispute_line(card=card, order_number="", text=_NOT_RECEIVED, phone=PHONE, now=now)


def _hand_out(notice: PublicNotice, now: datetime) -> None:
    """A card for each household; the first one is texted too, once the shop has opened."""
    own, month = cadre_of(notice.village), notice.month
    households = list(Household.objects.filter(village=notice.village).order_by("number"))
    issue_cards(households=households, first_month=month, last_month=month, now=now)
    keep_phone(household=households[0], phone=PHONE, given_by=own, now=now)
    ask_for_texts(village=notice.village, month=month, asked_by=own, now=now)


def _photo(notice: PublicNotice) -> BytesIO:
    """A board with a sheet on it, drawn: nobody was there to take a picture."""
    wall = Image.new("RGB", (1200, 900), _WALL)
    draw = ImageDraw.Draw(wall)
    draw.rectangle((120, 90, 1080, 810), fill=_BOARD)
    draw.rectangle((380, 150, 820, 760), fill=_SHEET)
    large, small = (
        ImageFont.truetype(str(FONT_PATH), size, index=_SIMPLIFIED_CHINESE) for size in (64, 26)
    )
    draw.text((600, 230), "公 示", _INK, large, anchor="mm")
    draw.text((600, 310), f"{notice.village.name} {notice.month:%Y-%m}", _INK, small, anchor="mm")
    for line in range(8):
        y = 380 + 42 * line
        draw.line((430, y, 770, y), fill=_INK, width=2)
    file = BytesIO()
    wall.save(file, "JPEG", quality=85)
    file.seek(0)
    return file
