"""The benefit linkage conserves every fen, whatever is sold, agreed and refunded."""

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lukou_market.aid.allocation import Allocation, Line
from lukou_market.aid.terms import (
    COLLECTIVE,
    HOUSEHOLD,
    Group,
    Party,
    PieceRate,
    Purchase,
    Slice,
    Terms,
)
from lukou_market.kernel.money import split_by_weights

households = st.integers(1, 60).map(lambda pk: Party(HOUSEHOLD, pk, "wage"))
weights = st.integers(1, 1000)


@st.composite
def groups(draw: st.DrawFn, part_bp: int) -> Group:
    if draw(st.booleans()):
        return Group(part_bp, (Party(COLLECTIVE, 430212101001),), (1,))
    members = draw(st.lists(households, min_size=1, max_size=12))
    return Group(part_bp, tuple(members), tuple(draw(weights) for _ in members))


@st.composite
def slices(draw: st.DrawFn, share_bp: int) -> Slice:
    if draw(st.booleans()):
        return Slice.of_one(share_bp, draw(households))
    cuts = sorted(draw(st.sets(st.integers(1, 9_999), max_size=3)) | {0, 10_000})
    parts_bp = [after - before for before, after in pairwise(cuts)]
    return Slice(share_bp, tuple(draw(groups(part_bp)) for part_bp in parts_bp))


@st.composite
def all_terms(draw: st.DrawFn) -> Terms:
    shares_bp = draw(st.lists(st.integers(1, 400), max_size=20))
    platform_bp = draw(st.integers(0, 10_000 - sum(shares_bp)))
    return Terms(
        platform_bp=draw(st.sampled_from([0, platform_bp])),
        purchase=draw(st.none() | st.integers(1, 5_000).map(Purchase)),
        piece_rates=tuple(
            PieceRate(rate, draw(households))
            for rate in draw(st.lists(st.integers(1, 2_000), max_size=4))
        ),
        slices=tuple(draw(slices(share_bp)) for share_bp in shares_bp),
    )


@st.composite
def lines(draw: st.DrawFn) -> Line:
    terms = draw(all_terms())
    drawn = draw(st.dictionaries(st.integers(1, 60), st.integers(1, 100_000), max_size=5))
    return Line(
        id=draw(st.integers(1, 10**9)),
        producer=1,
        total_fen=draw(st.integers(1, 10**9) | st.integers(1, 10_000)),
        quantity=draw(st.integers(1, 50)),
        terms=terms,
        drawn_g=tuple(drawn.items()) if terms.purchase else (),
    )


ORDERS = st.lists(lines(), min_size=1, max_size=3)


@given(ORDERS)
def test_an_order_falls_to_its_parties_to_the_fen(order: list[Line]) -> None:
    allocation = Allocation(order)
    assert len(allocation.stakes) == len(allocation.shares_fen)
    assert sum(allocation.shares_fen) == sum(line.total_fen for line in order)
    assert all(share >= 0 for share in allocation.shares_fen)


@given(order=ORDERS, data=st.data())
def test_refunds_take_from_each_no_more_than_it_holds_and_a_whole_one_leaves_nothing(
    order: list[Line], data: st.DataObject
) -> None:
    allocation = Allocation(order)
    left = sum(line.total_fen for line in order)
    while left:
        amount = data.draw(st.integers(1, left)) if data.draw(st.booleans()) else left
        parts = allocation.refund(amount)
        assert sum(parts) == amount
        assert all(part >= 0 for part in parts)
        left -= amount
        assert sum(allocation.held_fen) == left
        assert all(held >= 0 for held in allocation.held_fen)
    assert not any(allocation.held_fen)


@given(ORDERS)
def test_more_than_is_left_is_never_refunded(order: list[Line]) -> None:
    allocation = Allocation(order)
    held = list(allocation.held_fen)
    try:
        allocation.refund(sum(held) + 1)
    except ValueError:
        assert allocation.held_fen == held
    else:
        raise AssertionError("refunded more than was held")


@given(lines())
def test_each_claim_is_met_in_its_turn(line: Line) -> None:
    """Within a fen: the platform's bp of the sale, fixed claims in full or all scaled alike."""
    terms, parts = line.terms, line.split()
    by_kind: dict[str, int] = {}
    for party, fen in zip(line.parties, parts, strict=True):
        by_kind[party.kind] = by_kind.get(party.kind, 0) + fen
    platform_fen = by_kind.get("platform", 0)
    assert abs(platform_fen - Fraction(line.total_fen * terms.platform_bp, 10_000)) < 1
    drawn_g = sum(weight_g for _, weight_g in line.drawn_g)
    bought = terms.purchase.claim_fen(drawn_g) if terms.purchase else 0
    claims = [rate.rate_fen_per_unit * line.quantity for rate in terms.piece_rates]
    rest, due_fen = line.total_fen - platform_fen, sum(claims) + bought
    scale = Fraction(min(rest, due_fen), due_fen or 1) if due_fen else Fraction(1)
    first = 1 + sum(len(group.members) for slice_ in terms.slices for group in slice_.groups)
    paid = parts[first : first + len(claims)]
    assert all(abs(fen - claim * scale) < 1 for fen, claim in zip(paid, claims, strict=True))
    sellers = parts[len(terms.parties) :]
    assert abs(sum(sellers) - bought * scale) < 1
    if scale < 1:
        assert by_kind["producer"] == 0


@given(line=lines(), bp=st.lists(st.integers(1, 400), max_size=24))
def test_shares_alone_are_one_split_by_largest_remainder(line: Line, bp: list[int]) -> None:
    parties = [Party(HOUSEHOLD, n + 1) for n, _ in enumerate(bp)]
    terms = Terms(slices=tuple(map(Slice.of_one, bp, parties)))
    plain = Line(line.id, 1, line.total_fen, line.quantity, terms)
    all_bp = [10_000 - sum(bp), *bp]
    expected = split_by_weights(line.total_fen, all_bp, first=line.id % len(all_bp))
    assert plain.split() == expected


def test_a_village_shares_its_pool_as_it_decided() -> None:
    """30 % dividends, 30 % rewards, 20 % other households, 20 % the collective."""
    dividends = Group(3000, tuple(Party(HOUSEHOLD, n, "property") for n in (1, 2)), (1, 1))
    rewards = Group(3000, tuple(Party(HOUSEHOLD, n, "transfer") for n in (1, 3)), (2, 1))
    others = Group(2000, (Party(HOUSEHOLD, 4, "property"),), (1,))
    collective = Group(2000, (Party(COLLECTIVE, 430212101001),), (1,))
    terms = Terms(slices=(Slice(1000, (dividends, rewards, others, collective)),))
    assert Line(7, 1, 10_000, 1, terms).split() == [9000, 150, 150, 200, 100, 200, 200]


def test_what_is_owed_beyond_the_sale_is_not_sale_money() -> None:
    """1,000 fen; the platform takes 5 %; 800 for the melons and 400 for the work are scaled."""
    terms = Terms(
        platform_bp=500,
        purchase=Purchase(320),
        piece_rates=(PieceRate(400, Party(HOUSEHOLD, 9, "wage")),),
    )
    line = Line(1, 1, 1000, 1, terms, drawn_g=((1, 2000), (2, 500)))
    names = [f"{party.kind}{party.owner}" for party in line.parties]
    shares = dict(zip(names, line.split(), strict=True))
    assert shares == {
        "producer0": 0, "household9": 317, "platform0": 50, "household1": 506, "household2": 127,
    }  # fmt: skip


def test_the_odd_fen_does_not_always_go_to_the_same_household() -> None:
    terms = Terms(slices=tuple(Slice.of_one(1000, Party(HOUSEHOLD, n)) for n in (1, 2, 3)))
    lucky = set()
    for line_id in range(1, 9):
        shares = Allocation([Line(line_id, 1, 15, 1, terms)]).shares_fen
        lucky.add(tuple(shares[1:]))
    assert len(lucky) > 1
