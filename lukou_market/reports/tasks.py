"""Writing and forgetting exports."""

from celery import shared_task
from django.utils import timezone

from lukou_market.reports import forget_exports as forgetting
from lukou_market.reports import run_exports


@shared_task(name="reports.run_exports")
def run_due_exports() -> None:
    """Write until nothing is due that another worker is not writing."""
    while run_exports.run_next_export(now=timezone.now()):
        pass


@shared_task(name="reports.forget_exports")
def forget_exports() -> None:
    """Remove old files."""
    forgetting.forget_exports(now=timezone.now())
