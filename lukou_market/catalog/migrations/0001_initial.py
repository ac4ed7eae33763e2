import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('households', '0001_initial'),
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
                ('drawn_g', models.PositiveIntegerField(default=0, editable=False, verbose_name='Sold of it (g)')),
                ('farmer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='households.farmer', verbose_name='Farmer')),
                ('lot', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supplies', to='catalog.harvestlot', verbose_name='Harvest lot')),
            ],
            options={
                'verbose_name': 'Lot supply',
                'verbose_name_plural': 'Lot supplies',
                'indexes': [models.Index(condition=models.Q(('drawn_g__lt', models.F('weight_g'))), fields=['lot'], name='lot_supply_left')],
                'constraints': [models.UniqueConstraint(fields=('lot', 'farmer'), name='lot_supply_once'), models.CheckConstraint(condition=models.Q(('weight_g__gt', 0)), name='lot_supply_weight_positive'), models.CheckConstraint(condition=models.Q(('drawn_g__gte', 0), ('drawn_g__lte', models.F('weight_g'))), name='lot_supply_drawn_within')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotsupply',
            trigger=pgtrigger.compiler.Trigger(name='lot_supply_drawn_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF TG_OP = 'INSERT' THEN\n                        NEW.drawn_g := 0;\n                    ELSIF pg_trigger_depth() = 1 THEN\n                        NEW.drawn_g := OLD.drawn_g;\n                        IF OLD.drawn_g > 0 AND (NEW.lot_id <> OLD.lot_id\n                                                OR NEW.farmer_id <> OLD.farmer_id) THEN\n                            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lot_supply_drawn_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'lot_supply_drawn_kept: what is sold stays in its lot';\n                        END IF;\n                    END IF;\n                    RETURN NEW;\n                ", hash='0e3c3a2e489ccda5bb24347355d70af1e5ef799d', operation='INSERT OR UPDATE', pgid='pgtrigger_lot_supply_drawn_kept_17456', table='catalog_lotsupply', when='BEFORE')),
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
            trigger=pgtrigger.compiler.Trigger(name='product_producer_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.producer_id IS DISTINCT FROM OLD.producer_id)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'product_producer_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'product_producer_kept: producer_id never change';", hash='bcded4d489b23c9ca86796a851dea1655c684680', operation='UPDATE', pgid='pgtrigger_product_producer_kept_96183', table='catalog_product', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='harvestlot',
            trigger=pgtrigger.compiler.Trigger(name='harvest_lot_product_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.product_id IS DISTINCT FROM OLD.product_id)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'harvest_lot_product_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'harvest_lot_product_kept: product_id never change';", hash='c32104b9f3f53b772fc47e7d32b59aca934428a3', operation='UPDATE', pgid='pgtrigger_harvest_lot_product_kept_2f185', table='catalog_harvestlot', when='BEFORE')),
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
            trigger=pgtrigger.compiler.Trigger(name='sku_product_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.product_id IS DISTINCT FROM OLD.product_id)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sku_product_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sku_product_kept: product_id never change';", hash='666ea578d5db7a107c9b3cf1fc35624a86b803e8', operation='UPDATE', pgid='pgtrigger_sku_product_kept_fe2df', table='catalog_sku', when='BEFORE')),
        ),
    ]
