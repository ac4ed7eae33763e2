"""What the rows of several rules must be together, as triggers: they speak at commit."""

import pgtrigger

from lukou_market.kernel.triggers import refusal

WHOLE_BP = 10_000


def _at_commit(name: str, broken: str, message: str) -> pgtrigger.Trigger:
    """Refuse rows written when `broken` finds something, once all rows are there."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        func=f"""
            IF {broken} THEN
                {refusal(name, message)}
            END IF;
            RETURN NULL;
        """,
    )


SHARES_FIT = _at_commit(
    "benefit_link_shares_fit",
    f"""EXISTS (
        SELECT FROM (
            SELECT DISTINCT lower(in_force) AS instant FROM households_benefitlink
            WHERE producer_id = NEW.producer_id AND in_force && NEW.in_force
        ) starts
        WHERE {WHOLE_BP} < (
            SELECT sum(share_bp) FROM households_benefitlink
            WHERE producer_id = NEW.producer_id AND in_force @> instant)
    )""",
    f"the shares of a producer exceed {WHOLE_BP} bp",
)

_PARTS_BP = "(SELECT coalesce(sum(part_bp), 0) FROM households_poolpart WHERE link_id = {link})"
_IS_POOL = "mechanism = 'dividend' AND household_id IS NULL"

PARTS_WHOLE = _at_commit(
    "benefit_link_parts_whole",
    f"NEW.mechanism = 'dividend' AND NEW.household_id IS NULL"
    f" AND {_PARTS_BP.format(link='NEW.id')} <> {WHOLE_BP}",
    f"the parts of a pool sum to {WHOLE_BP} bp",
)

POOL_WHOLE = _at_commit(
    "pool_part_of_whole_pool",
    f"{_PARTS_BP.format(link='NEW.link_id')} <> {WHOLE_BP} OR NOT EXISTS ("
    f"SELECT FROM households_benefitlink WHERE id = NEW.link_id AND {_IS_POOL})",
    f"the parts of a pool sum to {WHOLE_BP} bp, and only a pool has any",
)

_MEMBERS = "(SELECT coalesce(sum(weight), 0) FROM households_poolmember WHERE part_id = {part})"

PART_HAS_ITS_MEMBERS = _at_commit(
    "pool_part_has_its_members",
    f"{_MEMBERS.format(part='NEW.id')} <> NEW.total_weight",
    "a group has the households it was made with",
)

MEMBERS_WHOLE = _at_commit(
    "pool_members_whole",
    f"{_MEMBERS.format(part='NEW.part_id')}"
    " <> (SELECT total_weight FROM households_poolpart WHERE id = NEW.part_id)",
    "a group keeps the households it was made with",
)
