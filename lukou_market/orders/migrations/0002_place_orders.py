from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):
    """The function that grants orders, and how orders are numbered."""

    dependencies = [("orders", "0001_initial")]

    operations = [
        migrations.RunSQL(
            (SQL / "order_number.sql").read_text(),
            "DROP FUNCTION order_number(text, bigint); DROP FUNCTION order_day(timestamptz)",
        ),
        migrations.RunSQL(
            (SQL / "place_orders.sql").read_text(),
            "DROP FUNCTION place_orders(bigint[], text[], bytea[], bigint[], integer[], bigint[],"
            " timestamptz, timestamptz)",
        ),
    ]
