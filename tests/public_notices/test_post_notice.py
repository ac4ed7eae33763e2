"""A notice: out of an approved report, masked, frozen, open for ten days, replaced by another."""

import json
import re
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from lukou_market.households.models import HouseholdMember
from lukou_market.kernel.personal_digits import PersonalDigits
from lukou_market.public_notices.errors import AlreadyPosted, ReportNotPublished
from lukou_market.public_notices.models import NoticeTerms, PublicNotice
from lukou_market.public_notices.notice_paper import notice_paper
from lukou_market.public_notices.post_notice import post_notice
from lukou_market.public_notices.read_notice import read_notice
from lukou_market.public_notices.terms import Terms, terms_in_force
from lukou_market.public_notices.write_notice import paid_out_shown
from tests.aid.months import IN_JULY, JUNE
from tests.public_notices.conftest import Village


def test_a_notice_shows_what_was_approved_with_masked_names(village: Village) -> None:
    village.approve(remark="本村 6 月汛期停发一周")
    notice = village.post()
    content = read_notice(notice)
    assert [(row.head, row.credited_fen) for row in content.rows] == [
        ("李**", 600), ("王**", 100), ("欧**", 100),
    ]  # fmt: skip
    assert content.total is not None
    assert (content.total["credited_fen"], content.total["sales_fen"]) == (800, 2000)
    assert sum(content.total_kinds_fen) == 800
    assert content.header["remark"] == "本村 6 月汛期停发一周"
    assert "销售额不等于农户收入" in content.header["basis"][0]
    assert notice.sha256 == sha256(bytes(notice.content)).hexdigest()
    assert bytes(notice.pdf) == notice_paper(bytes(notice.content))


def test_nobodys_number_or_full_name_is_in_it(notice: PublicNotice) -> None:
    text = bytes(notice.content).decode()
    for member in HouseholdMember.objects.all():
        assert member.name not in text
        assert member.id_number not in text
    without_hashes = re.sub(r"[0-9a-f]{64}", "", text)
    assert re.findall(r"\d{13,}", without_hashes) == []


def test_the_same_figures_give_the_same_bytes(village: Village, notice: PublicNotice) -> None:
    lines = [json.loads(line) for line in bytes(notice.content).splitlines()]
    again = b"".join(
        json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        for line in lines
    )
    assert again == bytes(notice.content)


def test_nothing_is_posted_before_the_district_approves(village: Village) -> None:
    village.cadres.review(village.cadres.prepare())
    with pytest.raises(ReportNotPublished):
        village.post()
    assert not PublicNotice.objects.exists()


def test_it_is_posted_once(village: Village, notice: PublicNotice) -> None:
    with pytest.raises(AlreadyPosted):
        village.post()
    assert PublicNotice.objects.count() == 1


def test_a_correction_is_a_new_notice_and_both_say_so(
    village: Village, notice: PublicNotice
) -> None:
    before = bytes(notice.content)
    later = village.post(correction="更正：户主姓氏登记有误", now=IN_JULY + timedelta(days=3))
    assert later.replaces == notice
    assert later.number == notice.number[:-1] + "2"
    header = read_notice(later).header
    assert (header["replaces"], header["correction"]) == (notice.number, "更正：户主姓氏登记有误")
    notice.refresh_from_db()
    assert bytes(notice.content) == before
    assert notice.replaced_by == later


def test_words_with_a_persons_number_are_not_posted(village: Village) -> None:
    village.approve(remark="有事请找一三八一二三四五六七八")
    with pytest.raises(PersonalDigits, match="手机号"):
        village.post()
    assert not PublicNotice.objects.exists()


def test_below_three_households_no_figure_is_shown(alone: Village) -> None:
    alone.approve()
    notice = alone.post()
    content = read_notice(notice)
    assert (content.rows, content.total) == ([], None)
    text = bytes(notice.content).decode()
    assert "credited_fen" not in text and "sales_fen" not in text and "李" not in text


def test_the_fewest_households_shown_are_a_row_that_is_never_changed(village: Village) -> None:
    NoticeTerms.objects.create(
        since=IN_JULY, least_households=4, open_days=15, answer_days=7,
        set_by=village.cadres.district, reason="区里通知",
    )  # fmt: skip
    assert terms_in_force(now=IN_JULY - timedelta(days=1)).least_households == 3
    village.approve()
    notice = village.post()
    assert read_notice(notice).total is None
    assert (notice.open_until - IN_JULY.date()).days == 15


def test_what_was_paid_to_one_household_is_not_told_by_a_total() -> None:
    rows = [{"kind": "payout", "household": "H1", "paid_out_fen": 500}]
    assert paid_out_shown(rows, Terms()) is None
    rows += [{"kind": "payout", "household": f"H{n}", "paid_out_fen": 1} for n in (2, 3)]
    assert paid_out_shown(rows, Terms()) == 502
    assert paid_out_shown([], Terms()) == 0


def run(sql: str, *arguments: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("public_notice_kept", "content = 'x', sha256 = encode(sha256('x'), 'hex')"),
        ("public_notice_kept", "open_until = open_until + 1"),
        ("public_notice_kept", "posted_at = posted_at - interval '1 day'"),
        ("notice_ends_after_its_days", "ended_at = posted_at + interval '9 days'"),
        ("notice_ends_after_its_days", "ended_at = posted_at"),
    ],
)
def test_postgresql_keeps_a_posted_notice(notice: PublicNotice, rule: str, change: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        run(f"UPDATE public_notices_publicnotice SET {change}")


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_a_notice_is_never_removed(notice: PublicNotice, statement: str) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match=r"stays|kept"), transaction.atomic():
        run(statement.format("public_notices_publicnotice"))


COLUMNS = "village_id, month, report_id, content, sha256, pdf, pdf_sha256, posted_by_id, posted_at"


@pytest.mark.parametrize(
    ("rule", "version", "replaces", "open_until"),
    [
        ("notice_open_ten_days", 2, "id", "open_until - 1"),
        ("notice_follows", 3, "id", "open_until"),
        ("notice_replaces_when_later", 1, "id", "open_until"),
        ("notice_replaces_when_later|notice_follows", 2, "NULL", "open_until"),
        ("notice_version_once", 1, "NULL", "open_until"),
    ],
)
def test_another_notice_follows_the_one_before(
    notice: PublicNotice, rule: str, version: int, replaces: str, open_until: str
) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        run(
            f"INSERT INTO public_notices_publicnotice (number, version, replaces_id, open_until, "
            f"{COLUMNS}) SELECT 'other', {version}, {replaces}, {open_until}, {COLUMNS} "
            "FROM public_notices_publicnotice"
        )
    assert PublicNotice.objects.count() == 1


def test_a_report_that_nobody_approved_has_no_notice(village: Village) -> None:
    report = village.cadres.prepare()
    with pytest.raises(IntegrityError, match="notice_of_an_approved_report"), transaction.atomic():
        PublicNotice.objects.create(
            number="x", village=report.village, month=JUNE, version=1, report=report,
            content=b"x", sha256=sha256(b"x").hexdigest(), pdf=b"x",
            pdf_sha256=sha256(b"x").hexdigest(), posted_by=village.cadres.village,
            posted_at=IN_JULY, open_until=IN_JULY.date() + timedelta(days=30),
        )  # fmt: skip


def test_two_who_post_at_once_post_one(
    village: Village, notice: PublicNotice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "lukou_market.public_notices.post_notice.latest_notice", lambda *_args: None
    )
    with pytest.raises(AlreadyPosted):
        post_notice(
            village=village.cadres.place, month=JUNE, posted_by=village.cadres.town, now=IN_JULY
        )
    assert PublicNotice.objects.count() == 1
