"""Labels of parcels, and the record of who took them."""

from typing import Any

import pytest
from django.test import Client
from reportlab.graphics.barcode.code128 import Code128
from reportlab.pdfgen.canvas import Canvas

from lukou_market.fulfilment import draw_labels
from lukou_market.fulfilment.models import LabelPrint, Shipment
from lukou_market.fulfilment.pack_order import pack_order
from lukou_market.streams.models import Host
from tests.factories import NOW, make_offer, make_session, make_user, place_paid

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def parcels(host: Host) -> None:
    """Two parcels of the host's, one of somebody else."""
    mine = make_offer(make_session(host=host))
    for offer in (mine, mine, make_offer()):
        order = place_paid(make_user(), offer)
        pack_order(order_id=order.pk, packer=host.user, packed_g=2500, now=NOW)


def test_each_parcel_that_waits_has_a_label_with_its_font_in_it(
    console: Client, host: Host
) -> None:
    answer = console.post("/studio/packing/labels/")
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    pdf = answer.content
    assert pdf.startswith(b"%PDF") and pdf.count(b"/Type /Page\n") == 2
    assert b"/FontFile2" in pdf
    printed = LabelPrint.objects.values_list("printed_by", "shipment__order__session__host")
    assert list(printed) == [(host.user_id, host.pk)] * 2


def test_a_booked_number_is_on_its_label_as_bars_and_in_words(
    console: Client, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    bars: list[str] = []
    words: list[str] = []
    write = Canvas.drawCentredString

    def draw_bars(value: str, **look: Any) -> Any:
        bars.append(value)
        return Code128(value, **look)

    def write_words(canvas: Canvas, x: float, y: float, text: str) -> None:
        words.append(text)
        write(canvas, x, y, text)

    monkeypatch.setattr(draw_labels, "Code128", draw_bars)
    monkeypatch.setattr(Canvas, "drawCentredString", write_words)
    booked = Shipment.objects.filter(order__session__host=host).latest("pk")
    booked.carrier, booked.tracking_number, booked.booked_at = "ems", "EA473124829CN", NOW
    booked.save()
    console.post("/studio/packing/labels/")
    assert set(bars) == {"EA473124829CN"} and words == ["邮政 EMS  EA473124829CN"]


def test_looking_takes_no_label(console: Client) -> None:
    assert console.get("/studio/packing/labels/").status_code == 405
    assert not LabelPrint.objects.exists()
