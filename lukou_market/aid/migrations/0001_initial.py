import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('households', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='HouseholdTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='Month')),
                ('channel', models.CharField(choices=[('livestream', 'Livestream'), ('trade_union', 'Trade union purchase'), ('budget_unit', 'Budget unit purchase'), ('platform_832', '832 platform'), ('offline', 'Offline')], max_length=12, verbose_name='Channel')),
                ('income_kind', models.CharField(choices=[('wage', 'Wage income'), ('business', 'Business income'), ('property', 'Property income'), ('transfer', 'Transfer income')], max_length=8, verbose_name='Income kind')),
                ('credited_fen', models.BigIntegerField(default=0, verbose_name='Credited (fen)')),
                ('reversed_fen', models.BigIntegerField(default=0, verbose_name='Reversed (fen)')),
                ('pending_fen', models.BigIntegerField(default=0, verbose_name='Change of pending (fen)')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='totals', to='households.household', verbose_name='Household')),
            ],
            options={
                'verbose_name': 'Household total',
                'verbose_name_plural': 'Household totals',
                'constraints': [models.UniqueConstraint(fields=('household', 'month', 'channel', 'income_kind'), name='household_total_once'), models.CheckConstraint(condition=models.Q(('credited_fen__gte', 0), ('reversed_fen__gte', 0)), name='household_total_counts_up'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='household_total_month_first_day')],
            },
        ),
        migrations.CreateModel(
            name='ProducerTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='Month')),
                ('channel', models.CharField(choices=[('livestream', 'Livestream'), ('trade_union', 'Trade union purchase'), ('budget_unit', 'Budget unit purchase'), ('platform_832', '832 platform'), ('offline', 'Offline')], max_length=12, verbose_name='Channel')),
                ('gross_fen', models.BigIntegerField(default=0, verbose_name='Gross sales (fen)')),
                ('refunded_fen', models.BigIntegerField(default=0, verbose_name='Refunds (fen)')),
                ('received_fen', models.BigIntegerField(default=0, verbose_name='Received (fen)')),
                ('pending_fen', models.BigIntegerField(default=0, verbose_name='Change of pending (fen)')),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='totals', to='households.producer', verbose_name='Producer')),
            ],
            options={
                'verbose_name': 'Producer total',
                'verbose_name_plural': 'Producer totals',
                'constraints': [models.UniqueConstraint(fields=('producer', 'month', 'channel'), name='producer_total_once'), models.CheckConstraint(condition=models.Q(('gross_fen__gte', 0), ('received_fen__gte', 0), ('refunded_fen__gte', 0)), name='producer_total_counts_up'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='producer_total_month_first_day')],
            },
        ),
    ]
