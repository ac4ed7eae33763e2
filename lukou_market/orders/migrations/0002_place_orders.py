from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql" / "place_orders.sql"


class Migration(migrations.Migration):
    """The function that grants orders."""

    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(),
            "DROP FUNCTION place_orders(bigint[], text[], bytea[], bigint[], integer[], bigint[],"
            " timestamptz, timestamptz)",
        )
    ]
