"""Who posts a village's notices, and who decides about objections to them."""

from lukou_market.regions.desk import Desk

_TOWN_DIGITS = 9


def may_post(desk: Desk, village_code: str) -> bool:
    """Cadres of the village and of what lies above it; superusers and auditors look."""
    inside = desk.jurisdiction.covers(village_code)
    return desk.keeps_registers and not desk.is_superuser and inside


def may_handle(desk: Desk, village_code: str) -> bool:
    """Cadres of the village's town or district."""
    above = [prefix for prefix in desk.jurisdiction.prefixes if len(prefix) <= _TOWN_DIGITS]
    inside = any(village_code.startswith(prefix) for prefix in above)
    return desk.keeps_registers and not desk.is_superuser and inside
