import json
from dataclasses import asdict

from lukou_market.aid.audit_books import Audit, Finding
from lukou_market.demo.replay import report
from lukou_market.demo.replay.figures import Figures

FIGURES = Figures(
    viewers=50_956,
    orders_placed=1_152,
    orders_paid=1_016,
    orders_expired=86,
    orders_refunded=80,
    kg_sold=3_599,
    gross_fen=5_719_110,
    refunded_fen=247_975,
    parcels_booked=950,
    parcels_delivered=948,
    households_credited=60,
    credited_fen=3_525_621,
    paid_out_fen=5_300_000,
    stripe_fees_fen=165_000,
    disputes_won=1,
    disputes_lost=1,
    charged_back_fen=3_990,
    discrepancies_open=0,
    sales_flagged=0,
    sales_held=7,
    held_fen=41_860,
    unexplained_fen=7,
    oversold_units=0,
    elapsed_s=109.5,
)
AUDIT = Audit([Finding("orders ↔ book", "order P1", -7)], oversold_units=0)


def test_the_last_line_is_the_figures_as_json() -> None:
    assert json.loads(list(report.lines(FIGURES, AUDIT))[-1]) == asdict(FIGURES)


def test_people_read_yuan_and_jin() -> None:
    text = "\n".join(report.lines(FIGURES, AUDIT))
    assert "¥57,191.10" in text
    assert "3,599 kg = 7,198 斤" in text
    assert "7 (¥418.60)" in text


def test_what_does_not_fit_is_named() -> None:
    assert "!! orders ↔ book: order P1 differs by ¥-0.07" in list(report.lines(FIGURES, AUDIT))
