"""Keep the history of a model in an event table of its own."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Model
from django.db.models.fields.json import KeyTransform

from lukou_market.kernel.triggers import append_only


def track(
    model: type[Model],
    *,
    fields: list[str] | None = None,
    added: pgtrigger.Condition | None = None,
    app_label: str = "registers",
) -> None:
    """Keep every row added and removed, and every update that really changes one of `fields`.

    The triggers belong to a proxy, so that they are of the migrations of `app_label`, whose
    models module calls this; they fire once for a statement, however many rows it writes.
    """
    name = model.__name__.replace("_", "")
    proxy = type(
        f"Tracked{name}",
        (model,),
        {
            "__module__": f"lukou_market.{app_label}.models",
            "Meta": type("Meta", (), {"proxy": True, "app_label": app_label}),
        },
    )
    short = name.lower()[:16]
    pghistory.core.create_event_model(
        proxy,
        pghistory.InsertEvent(condition=added),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        fields=fields,
        obj_field=pghistory.ObjForeignKey(related_name="+"),
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,  # type: ignore[arg-type]
        app_label=app_label,
        model_name=f"{name}Change",
        abstract=False,
        level=pgtrigger.Statement,
        meta={
            "triggers": append_only(f"{short}_changes_kept"),
            "indexes": [
                models.Index(name=f"{short}_change_at", fields=["-pgh_created_at", "-pgh_id"]),
                models.Index(
                    KeyTransform("user", "pgh_context"),
                    models.F("pgh_created_at").desc(),
                    name=f"{short}_change_by",
                ),
            ],
        },
    )
