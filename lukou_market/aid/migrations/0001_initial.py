import django.db.models.deletion
import django.db.models.expressions
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0001_initial'),
        ('households', '0001_initial'),
        ('ledger', '0001_initial'),
        ('orders', '0001_initial'),
        ('streams', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LotWait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('needed_g', models.PositiveIntegerField(verbose_name='Weight needed (g)')),
                ('since', models.DateTimeField(verbose_name='Waits since')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='lot_wait', to='orders.order', verbose_name='Order')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalog.product', verbose_name='Product')),
            ],
            options={
                'verbose_name': 'Order that waits for a lot',
                'verbose_name_plural': 'Orders that wait for a lot',
                'ordering': ['since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(unique=True, verbose_name='Month')),
                ('status', models.CharField(choices=[('asked', 'Being checked'), ('refused', 'Refused'), ('prepared', 'Waiting for the signature'), ('signed', 'Signed')], default='asked', max_length=8, verbose_name='Status')),
                ('due_at', models.DateTimeField(verbose_name='To be checked at')),
                ('findings', models.JSONField(blank=True, default=list, verbose_name='Findings')),
                ('content', models.BinaryField(null=True, verbose_name='Content')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('previous_sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the month before')),
                ('journals', models.PositiveIntegerField(default=0, verbose_name='Journals')),
                ('prepared_at', models.DateTimeField(null=True, verbose_name='Prepared at')),
                ('signed_at', models.DateTimeField(null=True, verbose_name='Signed at')),
                ('closed', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.closedmonth', verbose_name='Closed month')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Prepared by')),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Signed by')),
            ],
            options={
                'verbose_name': 'Period',
                'verbose_name_plural': 'Periods',
                'ordering': ['-month'],
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
                ('held_fen', models.BigIntegerField(db_default=0, default=0, verbose_name='Held by screening (fen)')),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='totals', to='households.producer', verbose_name='Producer')),
            ],
            options={
                'verbose_name': 'Producer total',
                'verbose_name_plural': 'Producer totals',
            },
        ),
        migrations.CreateModel(
            name='SalesDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('livestream', 'Livestream'), ('trade_union', 'Trade union purchase'), ('budget_unit', 'Budget unit purchase'), ('platform_832', '832 platform'), ('offline', 'Offline')], max_length=12, verbose_name='Channel')),
                ('month', models.DateField(verbose_name='Month')),
                ('day', models.DateField(verbose_name='Day')),
                ('gross_fen', models.BigIntegerField(default=0, verbose_name='Gross sales (fen)')),
                ('refunded_fen', models.BigIntegerField(default=0, verbose_name='Refunds (fen)')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sales_days', to='streams.offer', verbose_name='Offer')),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sales_days', to='households.producer', verbose_name='Producer')),
                ('product', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sales_days', to='catalog.product', verbose_name='Product')),
            ],
            options={
                'verbose_name': 'Sales of a day',
                'verbose_name_plural': 'Sales by day',
            },
        ),
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
                'constraints': [models.UniqueConstraint(fields=('household', 'month', 'channel', 'income_kind'), name='household_total_once'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='household_total_month_first_day')],
            },
        ),
        migrations.CreateModel(
            name='LotDraw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight_g', models.PositiveIntegerField(verbose_name='Weight (g)')),
                ('released', models.BooleanField(default=False, verbose_name='Released')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household', verbose_name='Household')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='orders.orderline', verbose_name='Order line')),
                ('supply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='catalog.lotsupply', verbose_name='Lot supply')),
            ],
            options={
                'verbose_name': 'Draw on a lot',
                'verbose_name_plural': 'Draws on lots',
                'constraints': [models.UniqueConstraint(fields=('line', 'supply'), name='lot_draw_once'), models.CheckConstraint(condition=models.Q(('weight_g__gt', 0)), name='lot_draw_weight_positive')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotdraw',
            trigger=pgtrigger.compiler.Trigger(name='lot_draw_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.line_id IS DISTINCT FROM OLD.line_id OR NEW.supply_id IS DISTINCT FROM OLD.supply_id OR NEW.household_id IS DISTINCT FROM OLD.household_id OR NEW.weight_g IS DISTINCT FROM OLD.weight_g)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lot_draw_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'lot_draw_kept: line_id, supply_id, household_id, weight_g never change';", hash='9cd0fe48040a17bde3e541a214e27d92ef19abf8', operation='UPDATE', pgid='pgtrigger_lot_draw_kept_c10d2', table='aid_lotdraw', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotdraw',
            trigger=pgtrigger.compiler.Trigger(name='lot_draw_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lot_draw_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'lot_draw_stays: what is written stays';", hash='1370b07c61564eab3efc7a82698942a13b392b06', operation='DELETE', pgid='pgtrigger_lot_draw_stays_9b91e', table='aid_lotdraw', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotdraw',
            trigger=pgtrigger.compiler.Trigger(name='lot_draw_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lot_draw_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'lot_draw_stays: what is written stays';", hash='7cb02bc3634c3381fa0c85cf84469d1a33eac9d0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_lot_draw_stays_truncate_7c91b', table='aid_lotdraw', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotdraw',
            trigger=pgtrigger.compiler.Trigger(name='lot_draw_released_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.released AND NOT NEW.released THEN\n                        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'lot_draw_released_once', TABLE = TG_TABLE_NAME, MESSAGE = 'lot_draw_released_once: a draw released stays released';\n                    END IF;\n                    RETURN NEW;\n                ", hash='9298903813cc861f126f46f78db99db267bfec1b', operation='UPDATE', pgid='pgtrigger_lot_draw_released_once_176d5', table='aid_lotdraw', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotdraw',
            trigger=pgtrigger.compiler.Trigger(name='lot_draw_taken', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            UPDATE catalog_lotsupply supply SET drawn_g = supply.drawn_g + moved.weight_g\n            FROM (SELECT supply_id, sum(weight_g) AS weight_g FROM (SELECT * FROM drawn WHERE NOT released) rows\n                  GROUP BY 1) moved\n            WHERE supply.id = moved.supply_id;\n            RETURN NULL;\n        ', hash='c06281692fbb996c0a3f3c385533b39904acfbe4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_lot_draw_taken_84cd7', referencing='REFERENCING NEW TABLE AS drawn ', table='aid_lotdraw', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lotdraw',
            trigger=pgtrigger.compiler.Trigger(name='lot_draw_given_back', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            UPDATE catalog_lotsupply supply SET drawn_g = supply.drawn_g - moved.weight_g\n            FROM (SELECT supply_id, sum(weight_g) AS weight_g FROM (SELECT after.* FROM after JOIN before USING (id) WHERE after.released AND NOT before.released) rows\n                  GROUP BY 1) moved\n            WHERE supply.id = moved.supply_id;\n            RETURN NULL;\n        ', hash='37655e5262207300245fb3f3fa13ffc9a8f4aa26', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_lot_draw_given_back_37799', referencing='REFERENCING OLD TABLE AS before  NEW TABLE AS after ', table='aid_lotdraw', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='lotwait',
            constraint=models.CheckConstraint(condition=models.Q(('needed_g__gt', 0)), name='lot_wait_needs_weight'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='period_month_first_day'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(('signed_by', None), models.Q(('signed_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='period_preparer_never_signs'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'signed'), _negated=True), models.Q(('closed', models.F('month')), ('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='period_signed_whole'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content', None), ('sha256', ''), ('status__in', ['asked', 'refused'])), models.Q(django.db.models.lookups.Exact(models.F('sha256'), models.Func(models.Func(models.F('content'), function='sha256'), models.Value('hex'), function='encode')), ('content__isnull', False)), _connector='OR'), name='period_has_content'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'signed')), fields=('previous_sha256',), name='period_follows_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='period_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['>asked', 'asked>prepared', 'asked>refused', 'refused>asked', 'prepared>asked', 'prepared>signed'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'period_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='61d5415da7d3f9089b9df19980e0f25fb91a6d8a', operation='INSERT OR UPDATE', pgid='pgtrigger_period_edges_2ff88', table='aid_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='period_follows', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.status = 'signed' AND NEW.previous_sha256 <> coalesce(\n            (SELECT CASE WHEN month = (NEW.month - interval '1 month')::date THEN sha256 END\n             FROM aid_period WHERE status = 'signed' AND month <> NEW.month\n             ORDER BY month DESC LIMIT 1),\n            CASE WHEN EXISTS (\n                SELECT FROM aid_period WHERE status = 'signed' AND month <> NEW.month\n            ) THEN 'none' ELSE '' END\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'period_follows', TABLE = TG_TABLE_NAME, MESSAGE = 'period_follows'; END IF;\n        RETURN NEW;\n    ", hash='8c8d80f3f730e8f8b3fa5cc9199bf41c74130e77', operation='INSERT OR UPDATE', pgid='pgtrigger_period_follows_b3841', table='aid_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='period_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" = \'signed\')', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'period_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'period_kept';", hash='80ee4efe5cec89ad9b6f965b31ed8019aee78774', operation='UPDATE', pgid='pgtrigger_period_kept_66619', table='aid_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='period_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'period_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'period_stays: what is written stays';", hash='408769b3b59da2fe1468a3333a8f9d99981c8ca3', operation='DELETE', pgid='pgtrigger_period_stays_c93f0', table='aid_period', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='period',
            trigger=pgtrigger.compiler.Trigger(name='period_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'period_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'period_stays: what is written stays';", hash='1e077b127620b67ef966d7544c8e40c0a5970758', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_period_stays_truncate_ccb0e', table='aid_period', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='producertotal',
            constraint=models.UniqueConstraint(fields=('producer', 'month', 'channel'), name='producer_total_once'),
        ),
        migrations.AddConstraint(
            model_name='producertotal',
            constraint=models.CheckConstraint(condition=models.Q(('gross_fen__gte', django.db.models.expressions.CombinedExpression(models.F('held_fen'), '*', models.Value(-1)))), name='producer_total_counts_up'),
        ),
        migrations.AddConstraint(
            model_name='producertotal',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='producer_total_month_first_day'),
        ),
        migrations.AddIndex(
            model_name='salesday',
            index=models.Index(fields=['month'], name='sales_day_of_month'),
        ),
        migrations.AddIndex(
            model_name='salesday',
            index=models.Index(fields=['day'], name='sales_day_of_day'),
        ),
        migrations.AddConstraint(
            model_name='salesday',
            constraint=models.UniqueConstraint(fields=('producer', 'offer', 'product', 'channel', 'month', 'day'), name='sales_day_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='salesday',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='sales_day_month_first_day'),
        ),
    ]
