"""Cadres pay out from the admin, each in their region."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lukou_market.accounts.models import Role, User
from lukou_market.households.models import Household
from lukou_market.kernel.encryption import digest
from lukou_market.payouts.models import BankAccount, PayoutBatch, PayoutFile, PayoutLine
from tests.factories import make_household, make_region, make_staff, make_village
from tests.payouts.books import credit, make_payee, paid_fen

VILLAGE, OTHER = "430212101001", "430212101002"
LINES = reverse("admin:payouts_payoutline_changelist")


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def cadre(db: None) -> Callable[..., Client]:
    """A browser of a new cadre of the region."""
    names = iter("abcdef")

    def sign_in(code: str = VILLAGE) -> Client:
        return browser(make_staff(next(names), role=Role.CADRE, region=make_region(code)))

    return sign_in


@pytest.fixture
def payee(db: None) -> Household:
    return make_payee("甲", make_village(), wage=123456)


def prepare(client: Client, region: str = VILLAGE) -> list[str]:
    form = {"region": region, "month": f"{timezone.localdate():%Y-%m}-01", "label": "六月"}
    answer = client.post(reverse("admin:payouts_payoutbatch_add"), form, follow=True)
    return [str(message) for message in answer.context["messages"]]


def page(name: str, batch: PayoutBatch) -> str:
    return reverse(f"admin:payouts_payoutbatch_{name}", args=[batch.pk])


def result(line: PayoutLine, outcome: str) -> SimpleUploadedFile:
    text = f"业务参考号,金额(元),处理结果\n{line.reference},1234.56,{outcome}\n"
    return SimpleUploadedFile("result.csv", text.encode("gb18030"))


def test_a_batch_goes_its_way(payee: Household, cadre: Callable[..., Client]) -> None:
    one, other = cadre(), cadre()
    prepare(one)
    batch, line = PayoutBatch.objects.get(), PayoutLine.objects.get()
    file = one.post(page("bank_file", batch), {"reason": "送银行"})
    assert payee.bank_account.number in file.content.decode("gb18030")
    assert "no-store" in file.headers["Cache-Control"]
    refused = one.post(page("bank_result", batch), {"result": result(line, "成功")}, follow=True)
    (said,) = map(str, refused.context["messages"])
    assert said.startswith("编制人不能自己确认或退回")
    assert paid_fen(payee) == 0
    other.post(page("bank_result", batch), {"result": result(line, "成功")})
    assert paid_fen(payee) == 123456
    assert "已办结" in one.get(page("change", batch)).content.decode()


def test_lines_are_decided_by_hand(payee: Household, cadre: Callable[..., Client]) -> None:
    one, other = cadre(), cadre()
    prepare(one)
    line = PayoutLine.objects.get()
    chosen = {"action": "bounce", "_selected_action": line.pk}
    asked = other.post(LINES, chosen)
    assert "银行退回原因" in asked.content.decode()
    other.post(LINES, chosen | {"reason": "账户已销"})
    line.refresh_from_db()
    assert (line.status, line.reason) == ("bounced", "账户已销")
    prepare(one)
    again = PayoutLine.objects.get(status="prepared")
    one.post(page("bank_file", again.batch), {"reason": "再发"})
    other.post(LINES, {"action": "confirm", "_selected_action": again.pk})
    assert paid_fen(payee) == 123456


def test_no_reason_no_file(payee: Household, cadre: Callable[..., Client]) -> None:
    client = cadre()
    prepare(client)
    answer = client.post(page("bank_file", PayoutBatch.objects.get()), {"reason": " "})
    assert payee.bank_account.number not in answer.content.decode()
    assert not PayoutFile.objects.exists()


def test_another_regions_batch_is_out_of_reach(
    payee: Household, cadre: Callable[..., Client]
) -> None:
    prepare(cadre())
    batch, line, stranger = PayoutBatch.objects.get(), PayoutLine.objects.get(), cadre(OTHER)
    for name in ("bank_file", "bank_result"):
        assert stranger.post(page(name, batch), {"reason": "看看"}).status_code == 404
    stranger.post(LINES, {"action": "bounce", "_selected_action": line.pk, "reason": "x"})
    prepare(stranger, VILLAGE)
    line.refresh_from_db()
    assert (line.status, PayoutBatch.objects.count()) == ("prepared", 1)
    assert not PayoutFile.objects.exists()


def test_an_auditor_looks_and_touches_nothing(
    payee: Household, cadre: Callable[..., Client]
) -> None:
    prepare(cadre())
    batch, auditor = PayoutBatch.objects.get(), browser(make_staff("auditor", role=Role.AUDITOR))
    assert auditor.get(page("change", batch)).status_code == 200
    assert auditor.get(page("bank_file", batch)).status_code == 403
    assert auditor.get(reverse("admin:payouts_payoutbatch_add")).status_code == 403


def test_who_is_owed_nothing_is_told_so(cadre: Callable[..., Client]) -> None:
    make_household("甲", make_village())
    (said,) = prepare(cadre())
    assert said.startswith("这里没有可发放的农户")
    assert not PayoutBatch.objects.exists()


def test_households_without_an_account_are_named(
    payee: Household, cadre: Callable[..., Client]
) -> None:
    credit(make_household("乙", make_village()), "wage", 5)
    assert any(said.startswith("1 户有应发余额") for said in prepare(cadre()))


@pytest.mark.parametrize(
    ("number", "accepted"),
    [
        ("6228 4804 0256 4890 018", True),
        ("6228480402564890017", False),
        ("81015001234567", True),
        ("8101500123", False),
        ("８１０１５００１２３４５６７", False),
    ],
)
def test_an_account_is_registered_when_it_can_be_one(
    cadre: Callable[..., Client], number: str, accepted: bool
) -> None:
    household = make_household("甲", make_village())
    form = {"household": household.pk, "bank": "农商行", "new_holder": "李大山"}
    cadre().post(reverse("admin:payouts_bankaccount_add"), form | {"new_number": number})
    kept = [account.number for account in BankAccount.objects.all()]
    assert kept == ([number.replace(" ", "")] if accepted else [])


def test_an_account_is_replaced_unseen_and_belongs_to_one_household(
    payee: Household, cadre: Callable[..., Client]
) -> None:
    other, client = make_payee("乙", make_village()), cadre()
    address = reverse("admin:payouts_bankaccount_change", args=[payee.bank_account.pk])
    form = {"household": payee.pk, "bank": "农商行", "new_holder": "", "new_number": ""}
    taken = client.post(address, form | {"new_number": other.bank_account.number})
    assert "new_number" in taken.context["adminform"].form.errors
    client.post(address, form | {"new_number": "81019999999999"})
    account = BankAccount.objects.get(household=payee)
    assert (account.number, account.holder) == ("81019999999999", "李大山")
    assert account.number_digest == digest("81019999999999")


@pytest.mark.parametrize("holder", ["=1+1", "@x", "-李", "李\n大山"])
def test_a_holder_is_a_name(cadre: Callable[..., Client], holder: str) -> None:
    household = make_household("甲", make_village())
    form = {"household": household.pk, "bank": "农商行", "new_number": "8" * 14}
    cadre().post(reverse("admin:payouts_bankaccount_add"), form | {"new_holder": holder})
    assert not BankAccount.objects.exists()
