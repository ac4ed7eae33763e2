"""The Celery application and its timetable.

Every task claims rows that are due, so a message that is lost, late or delivered twice
changes nothing but the delay.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lukou_market.settings")

app = Celery("lukou_market")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

_EVERY_SECONDS = {
    "streams.count_audience": 15.0,
    "streams.forget_old_chat": 24 * 3600.0,
    "streams.watch_sessions": 5.0,
    "streams.find_recordings": 60.0,
    "streams.measure_recordings": 5.0,
    "streams.make_replay": 5.0,
    "orders.expire_due_orders": 5.0,
    "orders.notify_buyers": 10.0,
    "orders.note_late_orders": 3600.0,
    "payments.process_webhooks": 2.0,
    "payments.send_due_refunds": 2.0,
    "payments.check_open_checkouts": 20.0,
    "payments.close_stale_checkouts": 20.0,
    "payments.settle_with_stripe": 600.0,
    "fulfilment.receive_overdue_orders": 600.0,
    "fulfilment.decide_due_claims": 60.0,
    "fulfilment.follow_due_parcels": 60.0,
    "fulfilment.sweep_photos": 24 * 3600.0,
    "screening.screen_due_orders": 5.0,
    "aid.post_due_orders": 2.0,
    "aid.check_asked_periods": 5.0,
    "public_notices.end_due_notices": 600.0,
    "public_notices.text_statements": 10.0,
    "public_notices.print_cards": 5.0,
    "reports.run_exports": 5.0,
    "reports.forget_exports": 24 * 3600.0,
}
app.conf.beat_schedule = {
    # A run that waited longer than its interval is worthless: the next one does its work.
    name: {"task": name, "schedule": seconds, "options": {"expires": max(seconds, 10.0)}}
    for name, seconds in _EVERY_SECONDS.items()
}
