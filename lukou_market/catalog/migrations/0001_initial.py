import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('households', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('sold_by', models.CharField(choices=[('weight', 'Weight'), ('piece', 'Piece')], default='weight', max_length=6, verbose_name='Sold by')),
                ('certificate_number', models.CharField(blank=True, max_length=30, verbose_name='Certificate number')),
                ('certified_during', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True, verbose_name='Certified during')),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='households.producer', verbose_name='Producer')),
            ],
            options={
                'verbose_name': 'Product',
                'verbose_name_plural': 'Products',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HarvestLot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='Lot number')),
                ('picked_on', models.DateField(verbose_name='Picked on')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lots', to='catalog.product', verbose_name='Product')),
            ],
            options={
                'verbose_name': 'Harvest lot',
                'verbose_name_plural': 'Harvest lots',
                'ordering': ['-picked_on', 'number'],
            },
        ),
        migrations.CreateModel(
            name='Sku',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='Name')),
                ('weight_g', models.PositiveIntegerField(verbose_name='Weight (g)')),
                ('list_price_fen', models.PositiveIntegerField(verbose_name='List price (fen)')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='skus', to='catalog.product', verbose_name='Product')),
            ],
            options={
                'verbose_name': 'SKU',
                'verbose_name_plural': 'SKUs',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='LotSupply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight_g', models.PositiveIntegerField(verbose_name='Weight (g)')),
                ('farmer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='households.farmer', verbose_name='Farmer')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supplies', to='catalog.harvestlot', verbose_name='Harvest lot')),
            ],
            options={
                'verbose_name': 'Lot supply',
                'verbose_name_plural': 'Lot supplies',
                'constraints': [models.UniqueConstraint(fields=('lot', 'farmer'), name='lot_supply_once'), models.CheckConstraint(condition=models.Q(('weight_g__gt', 0)), name='lot_supply_weight_positive')],
            },
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.UniqueConstraint(fields=('producer', 'name'), name='product_name_once'),
        ),
        migrations.AddConstraint(
            model_name='product',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('certificate_number', ''), ('certified_during__isnull', True)), models.Q(models.Q(('certificate_number', ''), _negated=True), ('certified_during__isempty', False)), _connector='OR'), name='product_certificate_dated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='product',
            trigger=pgtrigger.compiler.Trigger(name='product_producer_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.producer_id IS DISTINCT FROM OLD.producer_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'product_producer_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'product_producer_kept: producer_id never change'; END IF; RETURN NEW;", hash='5c230adabed2132e0b270120be1f79f1fa84bd8d', operation='UPDATE', pgid='pgtrigger_product_producer_kept_96183', table='catalog_product', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sku',
            constraint=models.UniqueConstraint(fields=('product', 'name'), name='sku_name_once'),
        ),
        migrations.AddConstraint(
            model_name='sku',
            constraint=models.CheckConstraint(condition=models.Q(('weight_g__gt', 0)), name='sku_weight_positive'),
        ),
        migrations.AddConstraint(
            model_name='sku',
            constraint=models.CheckConstraint(condition=models.Q(('list_price_fen__gt', 0)), name='sku_price_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sku',
            trigger=pgtrigger.compiler.Trigger(name='sku_product_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.product_id IS DISTINCT FROM OLD.product_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sku_product_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sku_product_kept: product_id never change'; END IF; RETURN NEW;", hash='232a4cb7338b9657d9bda277d428b304d106c928', operation='UPDATE', pgid='pgtrigger_sku_product_kept_fe2df', table='catalog_sku', when='BEFORE')),
        ),
    ]
