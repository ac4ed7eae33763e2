from pathlib import Path

import django.db.models.deletion
import django.db.models.expressions
import lukou_market.kernel.encryption
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).parents[1] / "sql"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0001_initial'),
        ('households', '0001_initial'),
        ('streams', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VoucherUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('off_fen', models.PositiveIntegerField(verbose_name='Off (fen)')),
                ('holds', models.BooleanField(default=True, verbose_name='Counts')),
            ],
            options={
                'verbose_name': 'Use of a voucher',
                'verbose_name_plural': 'Uses of vouchers',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='OrderedOffer',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('streams.offer',),
        ),
        migrations.CreateModel(
            name='OrderedProducer',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('households.producer',),
        ),
        migrations.CreateModel(
            name='OrderedSession',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('streams.livesession',),
        ),
        migrations.CreateModel(
            name='OrderedSku',
            fields=[
            ],
            options={
                'proxy': True,
                'default_permissions': (),
                'indexes': [],
                'constraints': [],
            },
            bases=('catalog.sku',),
        ),
        migrations.CreateModel(
            name='DirectSale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt_number', models.CharField(max_length=40, verbose_name='Receipt number')),
                ('sold_on', models.DateField(verbose_name='Sold on')),
                ('buyer_name', models.CharField(max_length=60, verbose_name='Buyer')),
                ('proof', models.CharField(max_length=60, verbose_name='Invoice or contract')),
                ('recorded_at', models.DateTimeField(verbose_name='Recorded at')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
            ],
            options={
                'verbose_name': 'Direct sale',
                'verbose_name_plural': 'Direct sales',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='DirectReversal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receipt_number', models.CharField(max_length=40, verbose_name='Receipt number')),
                ('reversed_on', models.DateField(verbose_name='Reversed on')),
                ('proof', models.CharField(max_length=60, verbose_name='Invoice or contract')),
                ('recorded_at', models.DateTimeField(verbose_name='Recorded at')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
                ('sale', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='orders.directsale', verbose_name='Direct sale')),
            ],
            options={
                'verbose_name': 'Reversal of a direct sale',
                'verbose_name_plural': 'Reversals of direct sales',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='NoTexts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField()),
                ('buyer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='no_texts', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='OfferTaps',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minute', models.DateTimeField(verbose_name='Minute')),
                ('taps', models.PositiveIntegerField(verbose_name='Taps')),
                ('offer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='taps', to='streams.offer')),
            ],
            options={
                'ordering': ['minute'],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(db_collation='C', editable=False, max_length=20, verbose_name='Order number')),
                ('channel', models.CharField(choices=[('livestream', 'Livestream'), ('trade_union', 'Trade union purchase'), ('budget_unit', 'Budget unit purchase'), ('platform_832', '832 platform'), ('offline', 'Offline')], default='livestream', max_length=12, verbose_name='Channel')),
                ('status', models.CharField(choices=[('placed', 'Waiting for payment'), ('paid', 'Paid'), ('packed', 'Packed'), ('shipped', 'Shipped'), ('received', 'Received'), ('completed', 'Completed'), ('cancelled', 'Cancelled'), ('expired', 'Expired'), ('refunded', 'Refunded')], default='placed', max_length=9, verbose_name='Status')),
                ('status_at', models.DateTimeField(verbose_name='In this status since')),
                ('total_fen', models.PositiveBigIntegerField(verbose_name='Total (fen)')),
                ('shipping_fen', models.PositiveBigIntegerField(db_default=0, default=0, verbose_name='Shipping (fen)')),
                ('discount_fen', models.PositiveBigIntegerField(db_default=0, default=0, verbose_name='Discount (fen)')),
                ('refunded_fen', models.PositiveBigIntegerField(default=0, verbose_name='Refunded (fen)')),
                ('idempotency_key', models.CharField(editable=False, max_length=80)),
                ('body_hash', models.BinaryField(max_length=32)),
                ('placed_at', models.DateTimeField(verbose_name='Placed at')),
                ('pay_by', models.DateTimeField(verbose_name='Pay by')),
                ('paid_at', models.DateTimeField(null=True, verbose_name='Paid at')),
                ('ship_by', models.DateTimeField(null=True, verbose_name='Promised to leave by')),
                ('recipient', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='', verbose_name='Recipient')),
                ('recipient_phone', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='', verbose_name="Recipient's phone")),
                ('address', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='', verbose_name='Address')),
                ('buyer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to=settings.AUTH_USER_MODEL, verbose_name='Buyer')),
                ('session', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='streams.livesession', verbose_name='Live session')),
            ],
            options={
                'verbose_name': 'Order',
                'verbose_name_plural': 'Orders',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='Invoice title')),
                ('tax_number', models.CharField(max_length=20, verbose_name='Tax number')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='invoice', to='orders.order', verbose_name='Order')),
            ],
            options={
                'verbose_name': 'Invoice title',
                'verbose_name_plural': 'Invoice titles',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='directsale',
            name='order',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='direct_sale', to='orders.order', verbose_name='Order'),
        ),
        migrations.CreateModel(
            name='OrderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('placed', 'Waiting for payment'), ('paid', 'Paid'), ('packed', 'Packed'), ('shipped', 'Shipped'), ('received', 'Received'), ('completed', 'Completed'), ('cancelled', 'Cancelled'), ('expired', 'Expired'), ('refunded', 'Refunded'), ('refund', 'Refund'), ('held', 'Held by screening'), ('released', 'Released by screening')], max_length=9, verbose_name='Event')),
                ('amount_fen', models.PositiveBigIntegerField(default=0, verbose_name='Amount (fen)')),
                ('shipping_fen', models.PositiveBigIntegerField(db_default=0, default=0, verbose_name='Shipping (fen)')),
                ('discount_fen', models.PositiveBigIntegerField(db_default=0, default=0, verbose_name='Discount (fen)')),
                ('by_transfer', models.BooleanField(db_default=False, default=False, verbose_name='By bank transfer')),
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
            name='BuyerNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('shipped', 'Shipped'), ('parcel', 'Parcel'), ('refund', 'Refunded'), ('late', 'Late')], max_length=7, verbose_name='About')),
                ('amount_fen', models.PositiveBigIntegerField(default=0, verbose_name='Amount (fen)')),
                ('first_box', models.PositiveIntegerField(null=True, verbose_name='First box')),
                ('last_box', models.PositiveIntegerField(null=True, verbose_name='Last box')),
                ('made_at', models.DateTimeField(verbose_name='Made at')),
                ('text_due_at', models.DateTimeField(null=True)),
                ('texted_at', models.DateTimeField(null=True, verbose_name='Texted at')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='Seen at')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='orders.order')),
                ('event', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='orders.orderevent')),
            ],
            options={
                'ordering': ['-id'],
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
                ('shipped_quantity', models.PositiveIntegerField(db_default=0, default=0, verbose_name='Units shipped')),
                ('buyer', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Buyer')),
                ('offer', models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='streams.offer', verbose_name='Offer')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='orders.order', verbose_name='Order')),
                ('producer', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.producer', verbose_name='Producer')),
                ('sku', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.sku', verbose_name='SKU')),
            ],
            options={
                'verbose_name': 'Order line',
                'verbose_name_plural': 'Order lines',
            },
        ),
        migrations.CreateModel(
            name='ReceiptLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='')),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='Made at')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='Ended at')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipt_links', to='orders.order')),
            ],
        ),
        migrations.CreateModel(
            name='ShippingRate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('prefix', models.CharField(blank=True, help_text='For example 43 for Hunan, 4302 for Zhuzhou. Empty: everywhere else.', max_length=6, unique=True, verbose_name='Division code begins with')),
                ('name', models.CharField(max_length=40, verbose_name='Name')),
                ('delivered', models.BooleanField(default=True, verbose_name='We send there')),
                ('first_g', models.PositiveIntegerField(default=1000, verbose_name='First weight (g)')),
                ('first_fen', models.PositiveIntegerField(default=0, verbose_name='Price of the first weight (fen)')),
                ('step_g', models.PositiveIntegerField(default=1000, verbose_name='Further weight (g)')),
                ('step_fen', models.PositiveIntegerField(default=0, verbose_name='Price of each further weight (fen)')),
                ('free_from_fen', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='Free from goods worth (fen)')),
            ],
            options={
                'verbose_name': 'Shipping rate',
                'verbose_name_plural': 'Shipping rates',
                'ordering': ['prefix'],
                'constraints': [models.CheckConstraint(condition=models.Q(('prefix__regex', '^([0-9]{2}){0,3}$')), name='shipping_rate_prefix'), models.CheckConstraint(condition=models.Q(('first_g__gt', 0), ('step_g__gt', 0)), name='shipping_rate_steps')],
            },
        ),
        migrations.CreateModel(
            name='Voucher',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='Voucher code')),
                ('name', models.CharField(max_length=40, verbose_name='Name')),
                ('issued_by', models.CharField(help_text='The trade union.', max_length=60, verbose_name='Paid by')),
                ('off_fen', models.PositiveIntegerField(verbose_name='Off (fen)')),
                ('min_goods_fen', models.PositiveBigIntegerField(verbose_name='From goods worth (fen)')),
                ('per_member', models.PositiveIntegerField(default=1, verbose_name='Uses by each member')),
                ('budget_fen', models.PositiveBigIntegerField(verbose_name='Money of the union (fen)')),
                ('used_fen', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='Of it used (fen)')),
                ('valid_from', models.DateTimeField(verbose_name='Valid from')),
                ('valid_until', models.DateTimeField(verbose_name='Valid until')),
            ],
            options={
                'verbose_name': 'Voucher',
                'verbose_name_plural': 'Vouchers',
                'ordering': ['-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('min_goods_fen__gt', models.F('off_fen')), ('off_fen__gt', 0)), name='voucher_off'), models.CheckConstraint(condition=models.Q(('used_fen__gte', 0), ('used_fen__lte', models.F('budget_fen'))), name='voucher_within_budget'), models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('valid_from'))), name='voucher_window')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voucher',
            trigger=pgtrigger.compiler.Trigger(name='voucher_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.code IS DISTINCT FROM OLD.code OR NEW.off_fen IS DISTINCT FROM OLD.off_fen)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'voucher_terms_kept: code, off_fen never change';", hash='ee9efaf590b0aefac1210e565815f996553dbbe4', operation='UPDATE', pgid='pgtrigger_voucher_terms_kept_f19f0', table='orders_voucher', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voucher',
            trigger=pgtrigger.compiler.Trigger(name='voucher_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'voucher_stays: what is written stays';", hash='11d351686330409d761301ff1f52fdfd57a27e0d', operation='DELETE', pgid='pgtrigger_voucher_stays_3b13d', table='orders_voucher', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voucher',
            trigger=pgtrigger.compiler.Trigger(name='voucher_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'voucher_stays: what is written stays';", hash='325ca2aaf7c9ecfa0ade7199f8d494a38079ef99', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_voucher_stays_truncate_c7e81', table='orders_voucher', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='voucheruse',
            name='buyer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Buyer'),
        ),
        migrations.AddField(
            model_name='voucheruse',
            name='order',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='voucher_use', to='orders.order', verbose_name='Order'),
        ),
        migrations.AddField(
            model_name='voucheruse',
            name='voucher',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='orders.voucher', verbose_name='Voucher'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderedoffer',
            trigger=pgtrigger.compiler.Trigger(name='offer_of_lines_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.id = OLD.id THEN RETURN NULL; END IF;\n            END IF;\n            IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'offer_of_lines_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'offer_of_lines_kept: in READ COMMITTED only'; END IF;\n            IF EXISTS (SELECT FROM orders_orderline WHERE offer_id = OLD.id) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'offer_of_lines_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'offer_of_lines_kept: orders_orderline refers to it'; END IF;\n            RETURN NULL;\n        ", hash='4af367c9b71cecd477ed5a3883305d1c549c8286', operation='DELETE OR UPDATE OF "id"', pgid='pgtrigger_offer_of_lines_kept_6fcce', table='streams_offer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderedoffer',
            trigger=pgtrigger.compiler.Trigger(name='offer_of_lines_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT FROM orders_orderline) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'offer_of_lines_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'offer_of_lines_kept: orders_orderline refers to it'; END IF; RETURN NULL;", hash='4205828857c856110cbab9e3e9b351857bbb9b60', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_offer_of_lines_kept_truncate_9afc7', table='streams_offer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderedproducer',
            trigger=pgtrigger.compiler.Trigger(name='producer_of_lines_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.id = OLD.id THEN RETURN NULL; END IF;\n            END IF;\n            IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'producer_of_lines_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'producer_of_lines_kept: in READ COMMITTED only'; END IF;\n            IF EXISTS (SELECT FROM orders_orderline WHERE producer_id = OLD.id) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'producer_of_lines_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'producer_of_lines_kept: orders_orderline refers to it'; END IF;\n            RETURN NULL;\n        ", hash='725caad22304dc0e837fe7cb9c889d99b70a6dbc', operation='DELETE OR UPDATE OF "id"', pgid='pgtrigger_producer_of_lines_kept_dd497', table='households_producer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderedproducer',
            trigger=pgtrigger.compiler.Trigger(name='producer_of_lines_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT FROM orders_orderline) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'producer_of_lines_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'producer_of_lines_kept: orders_orderline refers to it'; END IF; RETURN NULL;", hash='a1338e801d338a84375ded29d54036b5691e4963', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_producer_of_lines_kept_truncate_665b0', table='households_producer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderedsession',
            trigger=pgtrigger.compiler.Trigger(name='session_of_orders_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.id = OLD.id THEN RETURN NULL; END IF;\n            END IF;\n            IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'session_of_orders_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'session_of_orders_kept: in READ COMMITTED only'; END IF;\n            IF EXISTS (SELECT FROM orders_order WHERE session_id = OLD.id) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'session_of_orders_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'session_of_orders_kept: orders_order refers to it'; END IF;\n            RETURN NULL;\n        ", hash='0332522853ef0b44929c3d2f82aa36bc9b2e71c1', operation='DELETE OR UPDATE OF "id"', pgid='pgtrigger_session_of_orders_kept_c70c3', table='streams_livesession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderedsession',
            trigger=pgtrigger.compiler.Trigger(name='session_of_orders_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT FROM orders_order) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'session_of_orders_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'session_of_orders_kept: orders_order refers to it'; END IF; RETURN NULL;", hash='8bb66ef47ac223c8ed9dfc2faede069f3932b37c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_session_of_orders_kept_truncate_98bee', table='streams_livesession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderedsku',
            trigger=pgtrigger.compiler.Trigger(name='sku_of_lines_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF TG_OP = 'UPDATE' THEN\n                IF NEW.id = OLD.id THEN RETURN NULL; END IF;\n            END IF;\n            IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'sku_of_lines_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sku_of_lines_kept: in READ COMMITTED only'; END IF;\n            IF EXISTS (SELECT FROM orders_orderline WHERE sku_id = OLD.id) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'sku_of_lines_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sku_of_lines_kept: orders_orderline refers to it'; END IF;\n            RETURN NULL;\n        ", hash='220174d9954d0d3ec9e04007d8ad22d52338ae7b', operation='DELETE OR UPDATE OF "id"', pgid='pgtrigger_sku_of_lines_kept_f5e8d', table='catalog_sku', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderedsku',
            trigger=pgtrigger.compiler.Trigger(name='sku_of_lines_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT FROM orders_orderline) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'sku_of_lines_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sku_of_lines_kept: orders_orderline refers to it'; END IF; RETURN NULL;", hash='33aedce78e04d93f785af2a912f282b8da021e8f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_sku_of_lines_kept_truncate_e3774', table='catalog_sku', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='directreversal',
            constraint=models.UniqueConstraint(fields=('receipt_number',), name='direct_reversal_once'),
        ),
        migrations.AddConstraint(
            model_name='directreversal',
            constraint=models.CheckConstraint(condition=models.Q(('receipt_number__regex', '^[0-9A-Z/_.-]{3,40}$')), name='direct_reversal_receipt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='directreversal',
            trigger=pgtrigger.compiler.Trigger(name='direct_reversal_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'direct_reversal_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'direct_reversal_kept: what is written stays';", hash='ee5fb716a56fd1a5a026c6993f60d7a21ba7d178', operation='UPDATE OR DELETE', pgid='pgtrigger_direct_reversal_kept_4a4b9', table='orders_directreversal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='directreversal',
            trigger=pgtrigger.compiler.Trigger(name='direct_reversal_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'direct_reversal_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'direct_reversal_kept: what is written stays';", hash='905fec09ff02359f2ed48c374f65655878d4a5dd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_direct_reversal_kept_truncate_1e652', table='orders_directreversal', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='offertaps',
            constraint=models.UniqueConstraint(fields=('offer', 'minute'), name='offer_taps_once'),
        ),
        migrations.AddConstraint(
            model_name='offertaps',
            constraint=models.CheckConstraint(condition=models.Q(('minute__second', 0)), name='offer_taps_whole_minute'),
        ),
        migrations.AddConstraint(
            model_name='offertaps',
            constraint=models.CheckConstraint(condition=models.Q(('taps__gt', 0)), name='offer_taps_positive'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offertaps',
            trigger=pgtrigger.compiler.Trigger(name='offer_taps_count_up', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.taps < OLD.taps OR (NEW.offer_id, NEW.minute) <> (OLD.offer_id, OLD.minute) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_taps_count_up', TABLE = TG_TABLE_NAME, MESSAGE = 'offer_taps_count_up: taps only grow';\n        END IF;\n        RETURN NEW;\n    ", hash='8d449d7b10f114fe5208475d076fe7d837aa8c95', operation='UPDATE', pgid='pgtrigger_offer_taps_count_up_777b4', table='orders_offertaps', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offertaps',
            trigger=pgtrigger.compiler.Trigger(name='offer_taps_stay', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_taps_stay', TABLE = TG_TABLE_NAME, MESSAGE = 'offer_taps_stay: what is written stays';", hash='d87d650d284b63f532520457c89f6a9bd01b27c0', operation='DELETE', pgid='pgtrigger_offer_taps_stay_cf44e', table='orders_offertaps', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offertaps',
            trigger=pgtrigger.compiler.Trigger(name='offer_taps_stay_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_taps_stay', TABLE = TG_TABLE_NAME, MESSAGE = 'offer_taps_stay: what is written stays';", hash='6e1303595201f5a9afaa0bef17c67bf9bc648234', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_offer_taps_stay_truncate_8ae14', table='orders_offertaps', when='BEFORE')),
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
            index=models.Index(condition=models.Q(('status__in', ['paid', 'packed'])), fields=['ship_by'], name='order_due_to_leave'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['buyer', '-id'], name='order_of_buyer'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['session', '-id'], name='order_of_session'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.UniqueConstraint(fields=('number',), name='order_number'),
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
            constraint=models.CheckConstraint(condition=models.Q(('refunded_fen__gte', 0), ('refunded_fen__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('total_fen'), '+', models.F('shipping_fen')), '-', models.F('discount_fen')))), name='order_refund_within_total'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['placed', 'cancelled', 'expired']), ('paid_at__isnull', False), _connector='OR'), name='order_paid_when_moving'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'refunded'), _negated=True), ('refunded_fen', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('total_fen'), '+', models.F('shipping_fen')), '-', models.F('discount_fen'))), _connector='OR'), name='order_refunded_whole'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('discount_fen__gte', 0), ('discount_fen__lt', models.F('total_fen')), ('shipping_fen__gte', 0)), name='order_charges'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['placed', 'cancelled', 'expired', 'refunded']), models.Q(('address', ''), _negated=True), ('session', None), _connector='OR'), name='order_address_when_paid'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('session__isnull', False), models.Q(('discount_fen', 0), ('shipping_fen', 0), models.Q(('channel', 'livestream'), _negated=True)), _connector='OR'), name='order_direct_or_through_the_shop'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_session_exists', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found_rows bigint;', func="\n            PERFORM FROM (SELECT DISTINCT session_id FROM new_rows WHERE session_id IS NOT NULL) new_row JOIN streams_livesession parent_0 ON parent_0.id = new_row.session_id FOR KEY SHARE OF parent_0;\n            GET DIAGNOSTICS found_rows = ROW_COUNT;\n            IF found_rows <> (SELECT count(*) FROM (SELECT DISTINCT session_id FROM new_rows WHERE session_id IS NOT NULL) new_row) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'order_session_exists', TABLE = TG_TABLE_NAME, MESSAGE = 'order_session_exists: a row in session_id is missing'; END IF;\n            RETURN NULL;\n        ", hash='3ac6335ce59a23c42b756a7f8d30b42cc4edc1d5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_order_session_exists_9fb6d', referencing='REFERENCING NEW TABLE AS new_rows ', table='orders_order', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_starts_placed', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.status IS DISTINCT FROM 'placed')", func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_starts_placed', TABLE = TG_TABLE_NAME, MESSAGE = 'order_starts_placed: status starts as placed';", hash='aeb7ce1292aba63970c706ec4c340732670cb05b', operation='INSERT', pgid='pgtrigger_order_starts_placed_9249d', table='orders_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['placed>paid', 'placed>cancelled', 'placed>expired', 'expired>paid', 'paid>packed', 'packed>shipped', 'shipped>received', 'received>completed', 'paid>refunded', 'packed>refunded', 'shipped>refunded', 'received>refunded', 'completed>refunded', 'paid>received'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='23a7dea81c677b7fe42e0e0699d6ef320ebda139', operation='UPDATE', pgid='pgtrigger_order_edges_33a4f', table='orders_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_edges_of_direct_sales', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.status = 'paid' AND NEW.status = 'received' AND NEW.session_id IS NOT NULL)", func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_edges_of_direct_sales', TABLE = TG_TABLE_NAME, MESSAGE = 'order_edges_of_direct_sales: only a direct sale is handed over at once';", hash='28ea10fab7630188a5f09a59311b1f9c13e04173', operation='UPDATE', pgid='pgtrigger_order_edges_of_direct_sales_46738', table='orders_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.number IS DISTINCT FROM OLD.number OR NEW.buyer_id IS DISTINCT FROM OLD.buyer_id OR NEW.session_id IS DISTINCT FROM OLD.session_id OR NEW.channel IS DISTINCT FROM OLD.channel OR NEW.total_fen IS DISTINCT FROM OLD.total_fen OR NEW.idempotency_key IS DISTINCT FROM OLD.idempotency_key OR NEW.body_hash IS DISTINCT FROM OLD.body_hash OR NEW.placed_at IS DISTINCT FROM OLD.placed_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'order_terms_kept: number, buyer_id, session_id, channel, total_fen, idempotency_key, body_hash, placed_at never change';", hash='d8ef9e6be78b3a09c3087e630bdfe363d70cc57f', operation='UPDATE', pgid='pgtrigger_order_terms_kept_bfeef', table='orders_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_charges_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NOT (OLD.status = 'placed') AND (NEW.shipping_fen IS DISTINCT FROM OLD.shipping_fen OR NEW.discount_fen IS DISTINCT FROM OLD.discount_fen))", func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_charges_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'order_charges_kept: shipping_fen, discount_fen never change';", hash='4ad018125fe4a1cd60ec1222d0fe44c48e87ff85', operation='UPDATE', pgid='pgtrigger_order_charges_kept_80c86', table='orders_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_discount_is_a_vouchers', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.status = 'paid' AND NEW.discount_fen <> 0)", func="\n                    IF NOT EXISTS (SELECT FROM orders_voucheruse WHERE order_id = NEW.id\n                                   AND holds AND off_fen = NEW.discount_fen) THEN\n                        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_discount_is_a_vouchers', TABLE = TG_TABLE_NAME, MESSAGE = 'order_discount_is_a_vouchers: no voucher pays for it';\n                    END IF;\n                    RETURN NEW;\n                ", hash='c116752ab58706c5d064268f019256c1a54a5238', operation='UPDATE OF "status"', pgid='pgtrigger_order_discount_is_a_vouchers_94674', table='orders_order', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='order',
            trigger=pgtrigger.compiler.Trigger(name='order_history_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IS DISTINCT FROM (NEW."status"))', func="\n                    INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)\n                    VALUES (NEW.id, NEW.status, 0, NEW.status_at,\n                            NEW.status NOT IN ('paid', 'received'));\n                    RETURN NULL;\n                ", hash='2720bb3ebf9850e7636d77421f99949388b83a4f', operation='UPDATE OF "status"', pgid='pgtrigger_order_history_kept_d4d5c', table='orders_order', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('tax_number__regex', '^[0-9A-Z]{15,20}$')), name='invoice_tax_number'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'invoice_stays: what is written stays';", hash='3c0c3716693975276407a41ba9a13dd258ee41a9', operation='DELETE', pgid='pgtrigger_invoice_stays_8124b', table='orders_invoice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='invoice_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invoice_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'invoice_stays: what is written stays';", hash='9c283806b705c4630fab4714048020919ed2441d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_invoice_stays_truncate_58db5', table='orders_invoice', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='directsale',
            constraint=models.UniqueConstraint(fields=('receipt_number',), name='direct_sale_once'),
        ),
        migrations.AddConstraint(
            model_name='directsale',
            constraint=models.CheckConstraint(condition=models.Q(('receipt_number__regex', '^[0-9A-Z/_.-]{3,40}$')), name='direct_sale_receipt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='directsale',
            trigger=pgtrigger.compiler.Trigger(name='direct_sale_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'direct_sale_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'direct_sale_kept: what is written stays';", hash='a62d65b687648b6b98afedb0150b705f45f4d7ae', operation='UPDATE OR DELETE', pgid='pgtrigger_direct_sale_kept_21783', table='orders_directsale', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='directsale',
            trigger=pgtrigger.compiler.Trigger(name='direct_sale_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'direct_sale_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'direct_sale_kept: what is written stays';", hash='a6bfce914b092ad6771681b04b19d0874abe96af', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_direct_sale_kept_truncate_1d489', table='orders_directsale', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='orderevent',
            index=models.Index(condition=models.Q(('posted', False)), fields=['id'], name='order_event_to_post'),
        ),
        migrations.AddIndex(
            model_name='orderevent',
            index=models.Index(condition=models.Q(('kind', 'refund')), fields=['occurred_at'], name='order_event_refunds'),
        ),
        migrations.AddIndex(
            model_name='orderevent',
            index=models.Index(condition=models.Q(('kind__in', ['held', 'released'])), fields=['order', '-id'], name='order_event_holds'),
        ),
        migrations.AddConstraint(
            model_name='orderevent',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['refund', 'held', 'released']), _negated=True), fields=('order', 'kind'), name='order_event_once'),
        ),
        migrations.AddConstraint(
            model_name='orderevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount_fen__gt', 0), ('kind', 'refund')), models.Q(models.Q(('kind', 'refund'), _negated=True), ('amount_fen', 0)), _connector='OR'), name='order_event_amount'),
        ),
        migrations.AddConstraint(
            model_name='orderevent',
            constraint=models.CheckConstraint(condition=models.Q(('discount_fen__gte', 0), ('shipping_fen__gte', 0), ('shipping_fen__lte', django.db.models.expressions.CombinedExpression(models.F('amount_fen'), '+', models.F('discount_fen'))), models.Q(('kind', 'refund'), models.Q(('discount_fen', 0), ('shipping_fen', 0)), _connector='OR')), name='order_event_parts'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderevent',
            trigger=pgtrigger.compiler.Trigger(name='order_event_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.amount_fen IS DISTINCT FROM OLD.amount_fen OR NEW.shipping_fen IS DISTINCT FROM OLD.shipping_fen OR NEW.discount_fen IS DISTINCT FROM OLD.discount_fen OR NEW.by_transfer IS DISTINCT FROM OLD.by_transfer OR NEW.occurred_at IS DISTINCT FROM OLD.occurred_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_event_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'order_event_kept: order_id, kind, amount_fen, shipping_fen, discount_fen, by_transfer, occurred_at never change';", hash='914207a62b272a3b2cd1175af6e6148473b12057', operation='UPDATE', pgid='pgtrigger_order_event_kept_72c01', table='orders_orderevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderevent',
            trigger=pgtrigger.compiler.Trigger(name='order_event_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_event_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'order_event_stays: what is written stays';", hash='0fd26a7dd291d257f0b21fc77a8a5579092e3813', operation='DELETE', pgid='pgtrigger_order_event_stays_d0416', table='orders_orderevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderevent',
            trigger=pgtrigger.compiler.Trigger(name='order_event_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_event_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'order_event_stays: what is written stays';", hash='131d0dbcfc9636be0e21deadcfb7fcf3243df404', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_order_event_stays_truncate_e43e0', table='orders_orderevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderevent',
            trigger=pgtrigger.compiler.Trigger(name='order_event_told', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.kind IN ('shipped', 'refund'))", func='\n                    INSERT INTO orders_buyernotice\n                        (order_id, event_id, kind, amount_fen, made_at, text_due_at)\n                    SELECT o.id, NEW.id, NEW.kind, NEW.amount_fen, NEW.occurred_at, NEW.occurred_at\n                    FROM orders_order o WHERE o.id = NEW.order_id AND o.session_id IS NOT NULL;\n                    RETURN NULL;\n                ', hash='a418ac2e87d8bbe3b5d2b53818d795b8198c1b74', operation='INSERT', pgid='pgtrigger_order_event_told_51d84', table='orders_orderevent', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='buyernotice',
            index=models.Index(fields=['order', '-id'], name='notice_of_order'),
        ),
        migrations.AddIndex(
            model_name='buyernotice',
            index=models.Index(condition=models.Q(('text_due_at', None), _negated=True), fields=['text_due_at'], name='notice_to_text'),
        ),
        migrations.AddConstraint(
            model_name='buyernotice',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'late')), fields=('order',), name='notice_late_once'),
        ),
        migrations.AddConstraint(
            model_name='buyernotice',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'parcel')), fields=('order', 'first_box'), name='notice_parcel_once'),
        ),
        migrations.AddConstraint(
            model_name='buyernotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_box__gt', 0), ('first_box__isnull', False), ('kind', 'parcel'), ('last_box__gte', models.F('first_box')), ('last_box__isnull', False)), models.Q(models.Q(('kind', 'parcel'), _negated=True), ('first_box', None), ('last_box', None)), _connector='OR'), name='notice_boxes_of_a_parcel'),
        ),
        migrations.AddConstraint(
            model_name='buyernotice',
            constraint=models.CheckConstraint(condition=models.Q(('texted_at', None), ('text_due_at', None), _connector='OR'), name='notice_texted_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='buyernotice',
            trigger=pgtrigger.compiler.Trigger(name='notice_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.event_id IS DISTINCT FROM OLD.event_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.amount_fen IS DISTINCT FROM OLD.amount_fen OR NEW.first_box IS DISTINCT FROM OLD.first_box OR NEW.last_box IS DISTINCT FROM OLD.last_box OR NEW.made_at IS DISTINCT FROM OLD.made_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'notice_kept: order_id, event_id, kind, amount_fen, first_box, last_box, made_at never change';", hash='d0071af4ff889f3fa8186c5712896984ef0e1f28', operation='UPDATE', pgid='pgtrigger_notice_kept_fdf6d', table='orders_buyernotice', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='orderline',
            index=models.Index(condition=models.Q(('holds_stock', True)), fields=['offer', 'buyer'], include=('quantity',), name='order_line_buyer_limit'),
        ),
        migrations.AddIndex(
            model_name='orderline',
            index=models.Index(fields=['producer', 'order'], name='order_line_of_producer'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='order_line_quantity_positive'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('shipped_quantity__gte', 0), ('shipped_quantity__lte', models.F('quantity'))), name='order_line_shipped_within_quantity'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('weight_g__gt', 0)), name='order_line_weight_positive'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('price_fen__gt', 0), ('total_fen', django.db.models.expressions.CombinedExpression(models.F('price_fen'), '*', models.F('quantity')))), name='order_line_total'),
        ),
        migrations.AddConstraint(
            model_name='orderline',
            constraint=models.CheckConstraint(condition=models.Q(('offer__isnull', False), ('holds_stock', False), _connector='OR'), name='order_line_direct_or_of_an_offer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='order_line_parents_exist', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found_rows bigint;', func="\n            PERFORM FROM (SELECT DISTINCT offer_id, sku_id, producer_id FROM new_rows WHERE offer_id IS NOT NULL) new_row JOIN streams_offer parent_0 ON parent_0.id = new_row.offer_id JOIN catalog_sku parent_1 ON parent_1.id = new_row.sku_id JOIN households_producer parent_2 ON parent_2.id = new_row.producer_id FOR KEY SHARE OF parent_0, parent_1, parent_2;\n            GET DIAGNOSTICS found_rows = ROW_COUNT;\n            IF found_rows <> (SELECT count(*) FROM (SELECT DISTINCT offer_id, sku_id, producer_id FROM new_rows WHERE offer_id IS NOT NULL) new_row) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'order_line_parents_exist', TABLE = TG_TABLE_NAME, MESSAGE = 'order_line_parents_exist: a row in offer_id, sku_id, producer_id is missing'; END IF;\n            RETURN NULL;\n        ", hash='610e2f1cfa80ba37e17eed6d6d88fbade184d2ea', level='STATEMENT', operation='INSERT', pgid='pgtrigger_order_line_parents_exist_21286', referencing='REFERENCING NEW TABLE AS new_rows ', table='orders_orderline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='order_line_direct_parents_exist', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE found_rows bigint;', func="\n            PERFORM FROM (SELECT DISTINCT sku_id, producer_id FROM new_rows WHERE offer_id IS NULL) new_row JOIN catalog_sku parent_0 ON parent_0.id = new_row.sku_id JOIN households_producer parent_1 ON parent_1.id = new_row.producer_id FOR KEY SHARE OF parent_0, parent_1;\n            GET DIAGNOSTICS found_rows = ROW_COUNT;\n            IF found_rows <> (SELECT count(*) FROM (SELECT DISTINCT sku_id, producer_id FROM new_rows WHERE offer_id IS NULL) new_row) THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'order_line_direct_parents_exist', TABLE = TG_TABLE_NAME, MESSAGE = 'order_line_direct_parents_exist: a row in sku_id, producer_id is missing'; END IF;\n            RETURN NULL;\n        ", hash='96fc1e5d7c6d82ca0995f7520a40a902a3e25836', level='STATEMENT', operation='INSERT', pgid='pgtrigger_order_line_direct_parents_exist_46303', referencing='REFERENCING NEW TABLE AS new_rows ', table='orders_orderline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='order_line_of_its_buyer', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF EXISTS (SELECT FROM new_rows JOIN orders_order bought ON bought.id = order_id\n                               WHERE bought.buyer_id <> new_rows.buyer_id) THEN\n                        RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'order_line_of_its_buyer', TABLE = TG_TABLE_NAME, MESSAGE = 'order_line_of_its_buyer: not their order';\n                    END IF;\n                    RETURN NULL;\n                ", hash='2e2c010510df164ee176a5933546b01f02307882', level='STATEMENT', operation='INSERT', pgid='pgtrigger_order_line_of_its_buyer_41ddb', referencing='REFERENCING NEW TABLE AS new_rows ', table='orders_orderline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='orderline',
            trigger=pgtrigger.compiler.Trigger(name='order_line_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.offer_id IS DISTINCT FROM OLD.offer_id OR NEW.buyer_id IS DISTINCT FROM OLD.buyer_id OR NEW.sku_id IS DISTINCT FROM OLD.sku_id OR NEW.producer_id IS DISTINCT FROM OLD.producer_id OR NEW.quantity IS DISTINCT FROM OLD.quantity OR NEW.price_fen IS DISTINCT FROM OLD.price_fen OR NEW.weight_g IS DISTINCT FROM OLD.weight_g OR NEW.total_fen IS DISTINCT FROM OLD.total_fen)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'order_line_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'order_line_terms_kept: order_id, offer_id, buyer_id, sku_id, producer_id, quantity, price_fen, weight_g, total_fen never change';", hash='5fee4d8cb8e62d1bfb37d0ea106c6198383d6461', operation='UPDATE', pgid='pgtrigger_order_line_terms_kept_d2654', table='orders_orderline', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='receiptlink',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('order',), name='receipt_link_one_open'),
        ),
        migrations.AddConstraint(
            model_name='receiptlink',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('made_at')), _connector='OR'), name='receipt_link_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='receiptlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), models.Q(('token', ''), _negated=True)), models.Q(('ended_at__isnull', False), ('token', '')), _connector='OR'), name='receipt_link_forgotten_when_ended'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='receiptlink',
            trigger=pgtrigger.compiler.Trigger(name='receipt_link_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.token_digest IS DISTINCT FROM OLD.token_digest OR NEW.made_at IS DISTINCT FROM OLD.made_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_link_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'receipt_link_kept: order_id, token_digest, made_at never change';", hash='fb7a5c96611dba5b4d463626dc6c77b741ad9a3d', operation='UPDATE', pgid='pgtrigger_receipt_link_kept_a2fe7', table='orders_receiptlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='receiptlink',
            trigger=pgtrigger.compiler.Trigger(name='receipt_link_ended_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."ended_at" IS NOT NULL)', func="\n                    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'receipt_link_ended_once', TABLE = TG_TABLE_NAME, MESSAGE = 'receipt_link_ended_once: a link that has ended stays ended';\n                ", hash='5c369d3469babc1acc8302ec8602ded015e1fbfe', operation='UPDATE', pgid='pgtrigger_receipt_link_ended_once_4b20f', table='orders_receiptlink', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='voucheruse',
            index=models.Index(fields=['voucher', 'buyer'], name='voucher_use_of_member'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voucheruse',
            trigger=pgtrigger.compiler.Trigger(name='voucher_member_cap', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.holds THEN\n        PERFORM FROM orders_voucher WHERE id = NEW.voucher_id FOR NO KEY UPDATE;\n        IF (SELECT count(*) FROM orders_voucheruse\n            WHERE voucher_id = NEW.voucher_id AND buyer_id = NEW.buyer_id AND holds\n                AND id <> NEW.id)\n           >= (SELECT per_member FROM orders_voucher WHERE id = NEW.voucher_id)\n        THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_member_cap', TABLE = TG_TABLE_NAME, MESSAGE = 'voucher_member_cap: a member uses a voucher no more often than it allows';\n        END IF;\n    END IF;\n    RETURN NEW;\n", hash='a4b6e5b368770bdfa6845ef7677c499d3bd80069', operation='INSERT OR UPDATE', pgid='pgtrigger_voucher_member_cap_5c42e', table='orders_voucheruse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voucheruse',
            trigger=pgtrigger.compiler.Trigger(name='voucher_use_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_use_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'voucher_use_stays: what is written stays';", hash='165b0dd545920f35b723763a6e6202cb4fb6a27d', operation='DELETE', pgid='pgtrigger_voucher_use_stays_2a37f', table='orders_voucheruse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='voucheruse',
            trigger=pgtrigger.compiler.Trigger(name='voucher_use_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'voucher_use_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'voucher_use_stays: what is written stays';", hash='7bccc5765bcef0e8d583a086442694dc96e14f39', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_voucher_use_stays_truncate_29cb6', table='orders_voucheruse', when='BEFORE')),
        ),
        # The function that grants orders, and how orders are numbered.
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
