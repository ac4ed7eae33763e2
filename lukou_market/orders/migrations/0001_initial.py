import django.db.models.deletion
import django.db.models.expressions
import lukou_market.kernel.encryption
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0001_initial'),
        ('households', '0002_initial'),
        ('streams', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='Order number')),
                ('channel', models.CharField(choices=[('livestream', 'Livestream'), ('trade_union', 'Trade union purchase'), ('budget_unit', 'Budget unit purchase'), ('platform_832', '832 platform'), ('offline', 'Offline')], default='livestream', max_length=12, verbose_name='Channel')),
                ('status', models.CharField(choices=[('placed', 'Waiting for payment'), ('paid', 'Paid'), ('packed', 'Packed'), ('shipped', 'Shipped'), ('received', 'Received'), ('completed', 'Completed'), ('cancelled', 'Cancelled'), ('expired', 'Expired'), ('refunded', 'Refunded')], default='placed', max_length=9, verbose_name='Status')),
                ('status_at', models.DateTimeField(verbose_name='In this status since')),
                ('total_fen', models.PositiveBigIntegerField(verbose_name='Total (fen)')),
                ('refunded_fen', models.PositiveBigIntegerField(default=0, verbose_name='Refunded (fen)')),
                ('idempotency_key', models.CharField(editable=False, max_length=80)),
                ('body_hash', models.BinaryField(max_length=32)),
                ('placed_at', models.DateTimeField(verbose_name='Placed at')),
                ('pay_by', models.DateTimeField(verbose_name='Pay by')),
                ('paid_at', models.DateTimeField(null=True, verbose_name='Paid at')),
                ('recipient', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='', verbose_name='Recipient')),
                ('recipient_phone', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='', verbose_name="Recipient's phone")),
                ('address', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='', verbose_name='Address')),
                ('buyer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to=settings.AUTH_USER_MODEL, verbose_name='Buyer')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='streams.livesession', verbose_name='Live session')),
            ],
            options={
                'verbose_name': 'Order',
                'verbose_name_plural': 'Orders',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='OrderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('placed', 'Waiting for payment'), ('paid', 'Paid'), ('packed', 'Packed'), ('shipped', 'Shipped'), ('received', 'Received'), ('completed', 'Completed'), ('cancelled', 'Cancelled'), ('expired', 'Expired'), ('refunded', 'Refunded'), ('refund', 'Refund')], max_length=9, verbose_name='Event')),
                ('amount_fen', models.PositiveBigIntegerField(default=0, verbose_name='Amount (fen)')),
                ('occurred_at', models.DateTimeField(verbose_name='Happened at')),
                ('posted', models.BooleanField(default=False)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='orders.order', verbose_name='Order')),
            ],
            options={
                'verbose_name': 'Order event',
                'verbose_name_plural': 'Order events',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField(verbose_name='Quantity')),
                ('price_fen', models.PositiveIntegerField(verbose_name='Price (fen)')),
                ('weight_g', models.PositiveIntegerField(verbose_name='Weight (g)')),
                ('total_fen', models.PositiveBigIntegerField(verbose_name='Total (fen)')),
                ('holds_stock', models.BooleanField(default=True, verbose_name='Holds stock')),
                ('buyer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Buyer')),
                ('offer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='streams.offer', verbose_name='Offer')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='orders.order', verbose_name='Order')),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.producer', verbose_name='Producer')),
                ('sku', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='SKU')),
            ],
            options={
                'verbose_name': 'Order line',
                'verbose_name_plural': 'Order lines',
            },
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('status', 'placed')), fields=['pay_by'], name='order_due_to_expire'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('status', 'shipped')), fields=['status_at'], name='order_due_receipt'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['buyer', '-id'], name='order_of_buyer'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(fields=('buyer', 'idempotency_key'), name='order_idempotency_key'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('total_fen__gt', 0)), name='order_total_positive'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('refunded_fen__gte', 0), ('refunded_fen__lte', models.F('total_fen'))), name='order_refund_within_total'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['placed', 'cancelled', 'expired']), ('paid_at__isnull', False), _connector='OR'), name='order_paid_when_moving'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'refunded'), _negated=True), ('refunded_fen', models.F('total_fen')), _connector='OR'), name='order_refunded_whole'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['placed', 'cancelled', 'expired', 'refunded']), models.Q(('address', ''), _negated=True), _connector='OR'), name='order_address_when_paid'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['>placed', 'placed>paid', 'placed>cancelled', 'placed>expired', 'expired>paid', 'paid>packed', 'packed>shipped', 'shipped>received', 'received>completed', 'paid>refunded', 'packed>refunded', 'shipped>refunded', 'received>refunded', 'completed>refunded'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='57587e5baf9a27a5768523d5472d734cc19b2f98', operation='INSERT OR UPDATE', pgid='pgtrigger_order_edges_33a4f', table='orders_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.number IS DISTINCT FROM OLD.number OR NEW.buyer_id IS DISTINCT FROM OLD.buyer_id OR NEW.session_id IS DISTINCT FROM OLD.session_id OR NEW.channel IS DISTINCT FROM OLD.channel OR NEW.total_fen IS DISTINCT FROM OLD.total_fen OR NEW.idempotency_key IS DISTINCT FROM OLD.idempotency_key OR NEW.body_hash IS DISTINCT FROM OLD.body_hash OR NEW.placed_at IS DISTINCT FROM OLD.placed_at THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'order_terms_kept: number, buyer_id, session_id, channel, total_fen, idempotency_key, body_hash, placed_at never change'; END IF; RETURN NEW;", hash='52d987a687de25daa2146041d811b3dc5871476e', operation='UPDATE', pgid='pgtrigger_order_terms_kept_bfeef', table='orders_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_history_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IS DISTINCT FROM (NEW."status"))', func="\n                    INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)\n                    VALUES (NEW.id, NEW.status, 0, NEW.status_at,\n                            NEW.status NOT IN ('paid', 'received'));\n                    RETURN NULL;\n                ", hash='2720bb3ebf9850e7636d77421f99949388b83a4f', operation='UPDATE OF "status"', pgid='pgtrigger_order_history_kept_d4d5c', table='orders_order', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='orderevent',
            index=models.Index(condition=models.Q(('posted', False)), fields=['id'], name='order_event_to_post'),
        ),
        migrations.AddConstraint(
            model_name='orderevent',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'refund'), _negated=True), fields=('order', 'kind'), name='order_event_once'),
        ),
        migrations.AddConstraint(
            model_name='orderevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_fen__gt', 0), ('kind', 'refund')), models.Q(models.Q(('kind', 'refund'), _negated=True), ('amount_fen', 0)), _connector='OR'), name='order_event_amount'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderevent',
            trigger=pgtrigger.compiler.Trigger(name='order_event_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.amount_fen IS DISTINCT FROM OLD.amount_fen OR NEW.occurred_at IS DISTINCT FROM OLD.occurred_at THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_event_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'order_event_kept: order_id, kind, amount_fen, occurred_at never change'; END IF; RETURN NEW;", hash='9bc261b7cab43c31451fbdcc2c8e5b25aa4fb786', operation='UPDATE', pgid='pgtrigger_order_event_kept_72c01', table='orders_orderevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderevent',
            trigger=pgtrigger.compiler.Trigger(name='order_event_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_event_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'order_event_stays: what is written stays';", hash='0fd26a7dd291d257f0b21fc77a8a5579092e3813', operation='DELETE', pgid='pgtrigger_order_event_stays_d0416', table='orders_orderevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderevent',
            trigger=pgtrigger.compiler.Trigger(name='order_event_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_event_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'order_event_stays: what is written stays';", hash='131d0dbcfc9636be0e21deadcfb7fcf3243df404', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_order_event_stays_truncate_e43e0', table='orders_orderevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='orderline',
            index=models.Index(condition=models.Q(('holds_stock', True)), fields=['offer', 'buyer'], include=('quantity',), name='order_line_buyer_limit'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='order_line_quantity_positive'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('weight_g__gt', 0)), name='order_line_weight_positive'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('price_fen__gt', 0), ('total_fen', django.db.models.expressions.CombinedExpression(models.F('price_fen'), '*', models.F('quantity')))), name='order_line_total'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='order_line_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.offer_id IS DISTINCT FROM OLD.offer_id OR NEW.buyer_id IS DISTINCT FROM OLD.buyer_id OR NEW.sku_id IS DISTINCT FROM OLD.sku_id OR NEW.producer_id IS DISTINCT FROM OLD.producer_id OR NEW.quantity IS DISTINCT FROM OLD.quantity OR NEW.price_fen IS DISTINCT FROM OLD.price_fen OR NEW.weight_g IS DISTINCT FROM OLD.weight_g OR NEW.total_fen IS DISTINCT FROM OLD.total_fen THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'order_line_terms_kept: order_id, offer_id, buyer_id, sku_id, producer_id, quantity, price_fen, weight_g, total_fen never change'; END IF; RETURN NEW;", hash='66e3b92fef335a3a91b1ac4901b6bbcfde279694', operation='UPDATE', pgid='pgtrigger_order_line_terms_kept_d2654', table='orders_orderline', when='BEFORE')),
        ),
    ]
