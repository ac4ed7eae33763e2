"""One of everything in a village, every name carrying the village's mark."""

from datetime import date, timedelta

from django.db.models import Model

from lukou_market.access_log.models import AccessRecord
from lukou_market.accounts.models import User
from lukou_market.aid.lot_models import LotWait
from lukou_market.aid.models import HouseholdTotal, ProducerTotal
from lukou_market.catalog.models import HarvestLot, LotSupply
from lukou_market.fulfilment.models import Claim, Shipment
from lukou_market.households.models import AidProject, Farmer, Household, HouseholdMember, Producer
from lukou_market.kernel.encryption import digest
from lukou_market.orders.models import Order
from lukou_market.organisations.models import Organisation
from lukou_market.payments.models import Dispute, Payment, Refund
from lukou_market.payouts.models import BankAccount, PayoutBatch, PayoutFile, PayoutLine
from lukou_market.regions.models import Region
from lukou_market.reports.models import AidTarget
from lukou_market.screening.models import DeclaredRelation
from lukou_market.streams.models import ChatMessage
from tests.factories import (
    NOW,
    make_host,
    make_household,
    make_link,
    make_offer,
    make_producer,
    make_region,
    make_session,
    make_sku,
    make_user,
    place_paid,
)

JUNE = date(2026, 6, 1)


def furnish(code: str, mark: str) -> list[Model]:
    """One row of every model that belongs to a region, in the village `code`."""
    village = make_region(code, f"{mark}村")
    household = make_household(f"H{mark}", village, head=f"{mark}大山")
    producer = make_producer(f"{mark}合作社", village)
    farmer = Farmer.objects.create(member=household.members.get(), supplies=f"{mark}甜瓜")
    sold = _sold(producer, village, mark, farmer)
    return [
        village,
        household,
        household.members.get(),
        farmer,
        producer,
        _project(village, household, mark),
        make_link(producer, household, 3000),
        *sold,
        *_paid_out(household, village, mark),
        _organisation(village, mark),
        _target(village, mark),
        ProducerTotal.objects.create(producer=producer, month=JUNE, channel="livestream"),
        HouseholdTotal.objects.create(
            household=household, month=JUNE, channel="livestream", income_kind="wage"
        ),
        AccessRecord.objects.create(
            action="printed", subject=f"{mark}明白卡", region_code=village.code
        ),
        DeclaredRelation.objects.create(
            phone=mark,
            phone_digest=digest(mark),
            household=household,
            kind="family",
            village=village,
            declared_by=make_user(f"{mark}申报"),
            declared_at=NOW,
        ),
    ]


def _project(village: Region, household: Household, mark: str) -> AidProject:
    project = AidProject.objects.create(
        name=f"{mark}项目",
        level="village",
        region=village,
        tasks="大棚",
        funding_source="财政",
        funding_fen=100,
        starts_on=JUNE,
        ends_on=date(2027, 6, 1),
        responsible=f"{mark}书记",
        mechanism="分红",
    )
    project.households.add(household)
    return project


def _target(village: Region, mark: str) -> AidTarget:
    return AidTarget.objects.create(
        region=village,
        year=2026,
        version=1,
        target_fen=100,
        proposed_by=make_user(f"{mark}计划"),
        proposed_at=NOW,
    )


def _organisation(village: Region, mark: str) -> Organisation:
    return Organisation.objects.create(
        region=village,
        name=f"{mark}工会",
        kind="trade_union",
        credit_code=f"810000{village.code}",
        manager=make_user(f"{mark}经办"),
        yearly_budget_fen=100_000,
    )


def _sold(producer: Producer, village: Region, mark: str, farmer: Farmer) -> list[Model]:
    sku = make_sku(producer)
    sku.product.name = f"{mark}甜瓜"
    sku.product.save()
    lot = HarvestLot.objects.create(number=f"L{mark}", product=sku.product, picked_on=JUNE)
    LotSupply.objects.create(lot=lot, farmer=farmer, weight_g=1000)
    session = make_session(host=make_host(make_user(f"{mark}主播"), village))
    session.title = f"{mark}专场"
    session.save()
    offer = make_offer(session, sku=sku)
    order = place_paid(make_user(f"{mark}买家"), offer)
    payment, refund = _paid_for(order)
    shipment = Shipment.objects.create(
        order=order, first_box=1, boxes=1, of_boxes=1, closes=True, ordered_g=2500,
        packed_g=2500, packed_by=make_user(f"{mark}打包"), packed_at=NOW,
    )  # fmt: skip
    claim = Claim.objects.create(refund=refund, spoiled_g=100, of_g=2500, decide_by=NOW)
    dispute = _disputed(payment)
    message = ChatMessage.objects.create(session=session, author=order.buyer, text=f"{mark}瓜甜吗")
    wait = LotWait.objects.create(order=order, product=sku.product, needed_g=2500, since=NOW)
    sale = [order, payment, refund, claim, dispute, shipment]
    return [sku.product, sku, lot, wait, session.host, session, offer, message, *sale]


def _paid_for(order: Order) -> tuple[Payment, Refund]:
    payment = Payment.objects.create(
        order=order, amount_fen=order.total_fen, refunding_fen=100, created_at=NOW, checked_at=NOW
    )
    payment.status, payment.paid_at, payment.applied = "succeeded", NOW, True
    payment.payment_intent_id = f"pi_{order.pk}"
    payment.save()
    refund = Refund.objects.create(
        payment=payment,
        status="requested",
        reason="buyer",
        amount_fen=100,
        requested_at=NOW,
        next_attempt_at=NOW + timedelta(days=1),
    )
    return payment, refund


def _disputed(payment: Payment) -> Dispute:
    return Dispute.objects.create(
        payment=payment,
        stripe_id=f"dp_{payment.pk}",
        status="inquiry",
        reason="general",
        amount_fen=100,
        opened_at=NOW,
        due_by=NOW,
    )


def _paid_out(household: Household, village: Region, mark: str) -> list[Model]:
    number = f"8101{village.code}"
    account = BankAccount.objects.create(
        household=household,
        bank=f"{mark}银行",
        holder=f"{mark}大山",
        number=number,
        number_digest=digest(number),
    )
    by = make_user(f"{mark}会计")
    batch = PayoutBatch.objects.create(region=village, month=JUNE, created_by=by, created_at=NOW)
    line = PayoutLine.objects.create(
        batch=batch,
        household=household,
        wage_fen=100,
        bank=account.bank,
        holder=account.holder,
        number=number,
        prepared_by=by,
    )
    file = PayoutFile.objects.create(
        batch=batch,
        created_by=by,
        created_at=NOW,
        reason=f"{mark}送银行",
        sha256="0" * 64,
        lines=1,
        total_fen=100,
    )
    return [account, batch, line, file]


def account_numbers() -> list[str]:
    """Every household's account number."""
    return [account.number for account in BankAccount.objects.all()]


def id_numbers() -> list[str]:
    """Every ID number in the register."""
    return [member.id_number for member in HouseholdMember.objects.all()]


def phones() -> list[str]:
    """Every user's phone."""
    return [user.phone for user in User.objects.exclude(phone="")]
