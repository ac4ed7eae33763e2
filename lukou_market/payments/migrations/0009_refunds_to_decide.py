from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0008_payers")]

    operations = [
        migrations.AddIndex(
            model_name="refund",
            index=models.Index(
                condition=models.Q(("status", "requested")),
                fields=["requested_at"],
                name="refund_to_decide",
            ),
        ),
    ]
