import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=12, primary_key=True, serialize=False, verbose_name='Division code')),
                ('name', models.CharField(max_length=40, verbose_name='Name')),
                ('level', models.CharField(choices=[('district', 'District'), ('town', 'Town'), ('village', 'Village or community')], max_length=8, verbose_name='Level')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='regions.region', verbose_name='Belongs to')),
            ],
            options={
                'verbose_name': 'Region',
                'verbose_name_plural': 'Regions',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^\\d{12}$')), name='region_code_digits'), models.CheckConstraint(condition=models.Q(models.Q(('code__endswith', '000000'), ('level', 'district'), ('parent', None)), models.Q(('code__endswith', '000'), ('level', 'town'), ('parent', django.db.models.functions.text.Concat(django.db.models.functions.text.Left('code', 6), models.Value('000000'))), models.Q(('code__endswith', '000000'), _negated=True)), models.Q(('level', 'village'), ('parent', django.db.models.functions.text.Concat(django.db.models.functions.text.Left('code', 9), models.Value('000'))), models.Q(('code__endswith', '000'), _negated=True)), _connector='OR'), name='region_code_fits_level')],
            },
        ),
    ]
