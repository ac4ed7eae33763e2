"""What the documents list is what there is: rules by name, periodic tasks, decisions."""

import re
from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps

from lukou_market.celery import app as celery

DOCS = Path(__file__).parents[1] / "docs"
_PLAIN = re.compile(r"`([a-z_]+)`")
_RAISED = re.compile(r"CONSTRAINT = '([a-z_]+)'")
_SPELT_OUT_ONCE = re.compile(
    r"_changes_kept$|_truncate$|^(insert_insert|update_update|delete_delete)$"
)


def _triggers() -> dict[str, str]:
    return {
        str(trigger.name): trigger.compile(model).install_sql
        for model, trigger in pgtrigger.registered()
    }


def test_every_trigger_is_in_the_list_of_rules() -> None:
    listed = set(_PLAIN.findall((DOCS / "rules.md").read_text()))
    assert {name for name in _triggers() if not _SPELT_OUT_ONCE.search(name)} - listed == set()


def test_every_rule_in_the_list_is_in_the_database() -> None:
    listed = set(_PLAIN.findall((DOCS / "rules.md").read_text()))
    there = {rule.name for model in apps.get_models() for rule in model._meta.constraints}
    for name, function in _triggers().items():
        there |= {name, *_RAISED.findall(function)}
    fields = {"event", "file", "flag", "order"}  # "unique `event`": a field's own constraint
    assert listed - there - fields == set()


def test_every_periodic_task_is_in_the_architecture() -> None:
    listed = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", _read("architecture.md"), re.MULTILINE))
    assert listed == set(celery.conf.beat_schedule)


def test_every_decision_is_in_the_index_and_short() -> None:
    index = _read("decisions/README.md")
    for decision in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        assert decision.name in index, f"{decision.name} is not in the index"
        assert len(decision.read_text().split()) < 300, f"{decision.name} is too long"


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target


def _read(name: str) -> str:
    return (DOCS / name).read_text()
