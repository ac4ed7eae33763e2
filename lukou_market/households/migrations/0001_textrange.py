from django.db import migrations


class Migration(migrations.Migration):
    """A range of text, so that an exclusion constraint can compare words without btree_gist."""

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL("CREATE TYPE textrange AS RANGE (subtype = text)", "DROP TYPE textrange")
    ]
