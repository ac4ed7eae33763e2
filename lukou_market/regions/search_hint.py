"""What a list's search box searches, said from its search fields."""

from collections.abc import Sequence

from django.contrib.admin.utils import get_fields_from_path
from django.db.models import Model
from django.utils.translation import gettext

from lukou_market.regions.search import FOUND, are_beginnings

_PREFIX = "__startswith"
_LOOKUPS = (_PREFIX, "__exact")
_SAYS_NOT_WHOSE = ("name", "title")


def search_hint(model: type[Model], search_fields: Sequence[str]) -> str:
    """'Search by order number' of what people call the fields; '' without any."""
    named = list(dict.fromkeys(_named(model, field) for field in search_fields))
    if not named:
        return ""
    hint = gettext("Search by %s") % gettext(", ").join(named)
    if are_beginnings(search_fields):
        newest = {"hint": hint, "found": FOUND}
        hint = gettext("%(hint)s; of each the newest %(found)d are shown") % newest
    return hint


def _named(model: type[Model], search_field: str) -> str:
    path = search_field.lstrip("=^@")
    for lookup in _LOOKUPS:
        path = path.removesuffix(lookup)
    *_through, field = get_fields_from_path(model, path)
    name = str(field.verbose_name)
    if "__" in path and field.name in _SAYS_NOT_WHOSE:
        whose = str(field.model._meta.verbose_name)
        name = name if whose in name else gettext("%(whose)s %(name)s") % {
            "whose": whose, "name": name,
        }  # fmt: skip
    return gettext("the beginning of %s") % name if search_field.endswith(_PREFIX) else name
