"""A crawl of everything a person can reach at the desk, and what of it was not theirs."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import ForeignKey, Model
from django.test import Client
from django.urls import reverse

from tests.cadre.matrix.read_back import read_back
from tests.cadre.matrix.routes import FOR_CADRES_TOO, desk_routes
from tests.cadre.matrix.ways import ITS_OWNERS, NOT_ABOUT_A_VILLAGE, NOT_CRAWLED, WAYS, address
from tests.cadre.matrix.world import VILLAGES, World

REFUSED = (302, 400, 401, 403, 404, 405)
_CHOICES_OF_A_FILTER = 3
_GROWS_BY_LOOKING = ("/access_log/", "/admin/exports/")
"""The log of looks, and the list of what the asker has taken away."""
_SAID_ONCE = re.compile(r'<ul class="flex flex-col gap-4 mb-6">.*?</ul>', re.S)
_COMMON = ("合作社", "H4")
"""What to look for: every village has it in some name."""


class Crawl:
    """One person's visits; `wrong` says what they met of villages that are not theirs."""

    def __init__(self, client: Client, world: World, inside: str) -> None:
        self.client, self.world, self.inside = client, world, inside
        self.outside = [mark for mark in VILLAGES if mark not in inside]
        self.foreign_texts = world.texts_of(self.outside)
        self.wrong: list[str] = []
        self.read: dict[str, str] = {}
        client.raise_request_exception = False

    def everything(self) -> None:
        """Pages of the desk, lists, forms, choices and what is done to rows."""
        self.pages()
        for model, model_admin in admin.site._registry.items():
            self.lists(model, model_admin)
            self.rows(model)
            self.adding(model)
            self.actions(model)
        self.choices()

    def again(self) -> list[str]:
        """The addresses that answer otherwise now than when they were read, and in what."""
        answers = ((where, before, _lasting(read_back(self.client.get(where))))
                   for where, before in self.read.items())  # fmt: skip
        return [f"{where}: {_first_difference(before, now)}"
                for where, before, now in answers if before != now]  # fmt: skip

    def pages(self) -> None:
        """Every page that has a way of its own, as it stands and about each village."""
        for route in desk_routes():
            if route in WAYS and "<" not in route:
                self._visit(f"/{route}")
            for mark in VILLAGES:
                for completed in WAYS[route](self.world, mark) if route in WAYS else ():
                    self._about(address(route, completed), mark, route)
        for route, parameters in NOT_ABOUT_A_VILLAGE.items():
            for parameter in parameters:
                self._visit(address(route, parameter))
                self._post(address(route, parameter), {})

    def lists(self, model: type[Model], model_admin: "ModelAdmin[Any]") -> None:
        """The list, searched, filtered and ordered in every way that it offers, and others."""
        page = self._list(model, _at(model, "changelist"))
        if page is None or page.status_code != 200:
            return
        columns = page.context["cl"].list_display
        searches = [{"q": text} for text in _COMMON] if model_admin.search_fields else []
        asked = [*searches, {"_popup": "1"}, {"o": "1"}, {"o": f"-{len(columns)}"}]
        asked += [{"region": VILLAGES[mark]} for mark in self.outside]
        for parameters in asked:
            self._list(model, f"{_at(model, 'changelist')}?{urlencode(parameters)}", keep=False)
        for spec in page.context["cl"].filter_specs:
            for choice in list(spec.choices(page.context["cl"]))[:_CHOICES_OF_A_FILTER]:
                query = choice.get("query_string", "?")
                self._list(model, f"{_at(model, 'changelist')}{query}", keep=False)
        self._found_by_its_text(model, model_admin)

    def rows(self, model: type[Model]) -> None:
        """Each village's row: its page, history, deletion, and whatever else takes its key."""
        routes = [f"/{route}" for route in desk_routes() if _takes_a_row_of(model, route)]
        for route in routes:
            for wrong_key in ("abc", "0"):
                self._visit(_filled(route, wrong_key), keep=False)
            for mark in VILLAGES:
                for row in self.world.rows[mark].get(model, [])[:1]:
                    where = _filled(route, row.pk)
                    if mark in self.inside:
                        self._visit(where, keep="history" not in where)
                    else:
                        self._refused(self._visit(where, keep=False), where)
                        self._refused(self._post(where, {"post": "yes"}), f"POST {where}")

    def adding(self, model: type[Model]) -> None:
        """An empty form, and one that an address fills in with rows of others."""
        where = _at(model, "add")
        page = self._visit(where)
        if page.status_code != 200:
            return
        for field in _foreign_keys(model):
            for row in self.world.of(self.outside, field.related_model)[:1]:
                self._visit(f"{where}?{field.name}={row.pk}", keep=False)
        self._forms(page, where)

    def actions(self, model: type[Model]) -> None:
        """Every action of the list, posted for rows of others."""
        page = self.client.get(_at(model, "changelist"))
        foreign = [str(row.pk) for row in self.world.of(self.outside, model)]
        if page.status_code != 200 or not foreign or not page.context.get("action_form"):
            return
        for name, _label in page.context["action_form"].fields["action"].choices:
            data = {"action": name, "_selected_action": foreign, "post": "yes", "reason": "无"}
            self._post(_at(model, "changelist"), data)

    def choices(self) -> None:
        """What completes every reference there is in any model."""
        for model in apps.get_models():
            for field in _foreign_keys(model):
                label, name = model._meta.app_label, str(model._meta.model_name)
                asked = {"app_label": label, "model_name": name, "field_name": field.name}
                self._completed(field, f"{reverse('admin:autocomplete')}?{urlencode(asked)}")

    def _completed(self, field: "ForeignKey[Any, Any]", where: str) -> None:
        answer = self._visit(where)
        foreign = {str(row.pk) for row in self.world.of(self.outside, field.related_model)}
        if answer.status_code == 200:
            offered = {one["id"] for one in answer.json()["results"]}
            self._none_of(foreign, offered, where)

    def _about(self, where: str, mark: str, route: str) -> None:
        takes_a_region = "<" in route or "region=" in where
        if (mark in self.inside and route not in ITS_OWNERS) or not takes_a_region:
            answer = self._visit(where)
            if answer.status_code == 405:
                answer = self._post(where, {})
            if answer.status_code == 404 and takes_a_region:
                self.wrong.append(f"{where} is not there, although it is inside")
            return
        self._refused(self._visit(where, keep=False), where)
        if route not in FOR_CADRES_TOO:
            self._refused(self._post(where, {}), f"POST {where}")

    def _list(self, model: type[Model], where: str, *, keep: bool = True) -> Any:
        answer = self._visit(where, keep=keep)
        if answer.status_code == 200 and answer.context and "cl" in answer.context:
            shown = {str(row.pk) for row in answer.context["cl"].result_list}
            foreign = {str(row.pk) for row in self.world.of(self.outside, model)}
            self._none_of(foreign, shown, where)
        return answer

    def _found_by_its_text(self, model: type[Model], model_admin: "ModelAdmin[Any]") -> None:
        """Neither a search nor a condition in the address tells what others have."""
        path = getattr(model_admin, "region_path", None)
        for mark in self.outside:
            asked = [{"q": mark}] if model_admin.search_fields else []
            asked += [{f"{path}__exact": VILLAGES[mark]}] if path else []
            for parameters in asked:
                where = f"{_at(model, 'changelist')}?{urlencode(parameters)}"
                answer = self.client.get(where)
                if answer.status_code == 200 and answer.context["cl"].result_list:
                    self.wrong.append(f"{where} finds rows")
                if answer.status_code >= 500:
                    self.wrong.append(f"{where} fails")

    def _forms(self, page: Any, where: str) -> None:
        forms = [page.context["adminform"].form]
        inlines = page.context.get("inline_admin_formsets") or ()
        forms += [each.formset.empty_form for each in inlines]
        for form in forms:
            for name, field in form.fields.items():
                rows = getattr(field, "queryset", None)
                if rows is None or name == "id":  # which row of the formset, not a choice
                    continue
                foreign = {str(row.pk) for row in self.world.of(self.outside, rows.model)}
                offered = {str(key) for key in rows.values_list("pk", flat=True)}
                self._none_of(foreign, offered, f"{where} in {name}")

    def _none_of(self, foreign: Iterable[str], shown: Iterable[str], where: str) -> None:
        if met := set(foreign) & set(shown):
            self.wrong.append(f"{where} offers rows of others: {met}")

    def _refused(self, answer: Any, where: str) -> None:
        if answer.status_code not in REFUSED:
            self.wrong.append(f"{where} is not refused: {answer.status_code}")

    def _visit(self, where: str, *, keep: bool = True) -> Any:
        answer = self.client.get(where)
        text = self._judged(answer, where)
        if (
            keep
            and answer.status_code == 200
            and not any(page in where for page in _GROWS_BY_LOOKING)
        ):
            self.read[where] = _lasting(text)
        return answer

    def _post(self, where: str, data: dict[str, Any]) -> Any:
        answer = self.client.post(where, data)
        self._judged(answer, f"POST {where}")
        return answer

    def _judged(self, answer: Any, where: str) -> str:
        text = read_back(answer)
        # What the asker wrote into the address tells them nothing.
        met = [found for found in self.foreign_texts if found in text and found not in where]
        if met:
            self.wrong.append(f"{where} shows {met}")
        if answer.status_code >= 500:
            self.wrong.append(f"{where} fails")
        return text


def _lasting(text: str) -> str:
    """Without what is said once, about the request before."""
    lines = _SAID_ONCE.sub("", text).splitlines()
    return "\n".join(line for line in lines if line.strip())


def _first_difference(before: str, now: str) -> str:
    pairs = zip_longest(before.splitlines(), now.splitlines(), fillvalue="")
    was, became = next((one, other) for one, other in pairs if one != other)
    return f"{was.strip()[:200]} became {became.strip()[:200]}"


def without_a_way() -> list[str]:
    """Routes that the crawl does not know how to reach: say so in ways.py."""
    known = {*WAYS, *NOT_ABOUT_A_VILLAGE, *NOT_CRAWLED}
    models = list(admin.site._registry)
    return [route for route in desk_routes() if route not in known and not (
        any(_is_of(model, route) for model in models) or "app_label" in route
    )]  # fmt: skip


def _foreign_keys(model: type[Model]) -> "Iterator[ForeignKey[Any, Any]]":
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey):
            yield field


def _at(model: type[Model], page: str) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def _is_of(model: type[Model], route: str) -> bool:
    """Lists, forms, and whatever takes the key of a row: the crawl knows how."""
    before = f"admin/{model._meta.app_label}/{model._meta.model_name}/"
    return route in (before, f"{before}add/") or _takes_a_row_of(model, route)


def _takes_a_row_of(model: type[Model], route: str) -> bool:
    before = f"admin/{model._meta.app_label}/{model._meta.model_name}/"
    rest = route.removeprefix(before)
    return route.startswith(before) and rest.startswith("<") and rest.count("<") == 1


def _filled(route: str, key: Any) -> str:
    before, _, after = route.partition("<")
    return f"{before}{key}{after.partition('>')[2]}"
