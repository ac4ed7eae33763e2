import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Payout',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stripe_id', models.CharField(max_length=120, unique=True, verbose_name="Stripe's ID")),
                ('status', models.CharField(choices=[('pending', 'Announced'), ('in_transit', 'On its way'), ('paid', 'Arrived'), ('failed', 'Came back'), ('canceled', 'Called off')], max_length=10, verbose_name='Status')),
                ('amount_fen', models.BigIntegerField(verbose_name='Amount (fen)')),
                ('automatic', models.BooleanField(verbose_name='Automatic')),
                ('created_at', models.DateTimeField(verbose_name='Created at')),
                ('arrives_at', models.DateTimeField(verbose_name='Arrives at')),
                ('itemized', models.BooleanField(default=False, verbose_name='Its movements are known')),
            ],
            options={
                'verbose_name': 'Payout',
                'verbose_name_plural': 'Payouts',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('requested', 'Requested'), ('approved', 'Approved'), ('sent', 'Sent'), ('succeeded', 'Succeeded'), ('failed', 'Failed'), ('rejected', 'Rejected')], max_length=9, verbose_name='Status')),
                ('reason', models.CharField(choices=[('buyer', 'Asked for by the buyer'), ('paid_late', 'Paid after the reservation ended'), ('paid_twice', 'Paid twice'), ('wrong_amount', 'Paid another amount'), ('lighter', 'Packed lighter than ordered')], max_length=12, verbose_name='Reason')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='Note')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='Amount (fen)')),
                ('stripe_id', models.CharField(max_length=120, null=True, unique=True, verbose_name="Stripe's ID")),
                ('requested_at', models.DateTimeField(verbose_name='Requested at')),
                ('next_attempt_at', models.DateTimeField(verbose_name='Next attempt')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='Attempts')),
                ('refusals', models.PositiveIntegerField(db_default=0, default=0, verbose_name='Refused for now')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='Settled at')),
            ],
            options={
                'verbose_name': 'Refund',
                'verbose_name_plural': 'Refunds',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SettlementRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(verbose_name='Started at')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='Finished at')),
                ('movements', models.PositiveIntegerField(default=0, verbose_name='New movements')),
                ('healed', models.PositiveIntegerField(default=0, verbose_name='Put right')),
            ],
            options={
                'verbose_name': 'Matching with Stripe',
                'verbose_name_plural': 'Matchings with Stripe',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='WebhookEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stripe_id', models.CharField(max_length=120, unique=True, verbose_name="Stripe's ID")),
                ('type', models.CharField(max_length=80, verbose_name='Type')),
                ('payload', models.JSONField(verbose_name='Payload')),
                ('received_at', models.DateTimeField(verbose_name='Received at')),
                ('next_attempt_at', models.DateTimeField(verbose_name='Next attempt')),
                ('processed_at', models.DateTimeField(null=True, verbose_name='Processed at')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='Attempts')),
                ('last_error', models.TextField(blank=True, default='', verbose_name='Last error')),
            ],
            options={
                'verbose_name': 'Stripe event',
                'verbose_name_plural': 'Stripe events',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='BankTransfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=40, verbose_name='Bank reference number')),
                ('amount_fen', models.BigIntegerField(verbose_name='Amount (fen)')),
                ('on', models.DateField(verbose_name='Date at the bank')),
                ('recorded_at', models.DateTimeField(verbose_name='Recorded at')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Recorded by')),
            ],
            options={
                'verbose_name': 'Bank transfer',
                'verbose_name_plural': 'Bank transfers',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Discrepancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=40, verbose_name='What')),
                ('reference', models.CharField(max_length=120, verbose_name='Reference')),
                ('stripe_fen', models.BigIntegerField(verbose_name='At Stripe (fen)')),
                ('ours_fen', models.BigIntegerField(verbose_name='Ours (fen)')),
                ('difference_fen', models.BigIntegerField(verbose_name='Difference (fen)')),
                ('first_seen_at', models.DateTimeField(verbose_name='First seen')),
                ('last_seen_at', models.DateTimeField(verbose_name='Last seen')),
                ('resolved_at', models.DateTimeField(null=True, verbose_name='Matches since')),
                ('explained_at', models.DateTimeField(null=True, verbose_name='Explained at')),
                ('explanation', models.CharField(blank=True, default='', max_length=500, verbose_name='Explanation')),
                ('explained_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Explained by')),
            ],
            options={
                'verbose_name': 'Discrepancy with Stripe',
                'verbose_name_plural': 'Discrepancies with Stripe',
                'ordering': ['first_seen_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('creating', 'Being created'), ('open', 'Open'), ('succeeded', 'Paid'), ('closed', 'Closed')], default='creating', max_length=9, verbose_name='Status')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='Amount (fen)')),
                ('refunding_fen', models.PositiveBigIntegerField(default=0, verbose_name='Refunded or being refunded (fen)')),
                ('disputed_fen', models.PositiveBigIntegerField(db_default=0, default=0, verbose_name='Disputed (fen)')),
                ('applied', models.BooleanField(default=False, verbose_name='Pays the order')),
                ('checkout_session_id', models.CharField(max_length=120, null=True, unique=True)),
                ('payment_intent_id', models.CharField(max_length=120, null=True, unique=True)),
                ('checkout_url', models.TextField(blank=True, default='')),
                ('created_at', models.DateTimeField(verbose_name='Created at')),
                ('checked_at', models.DateTimeField(verbose_name='Last looked up at Stripe')),
                ('paid_at', models.DateTimeField(null=True, verbose_name='Paid at')),
                ('bank_transfer', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment', to='payments.banktransfer', verbose_name='Bank transfer')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='orders.order', verbose_name='Order')),
            ],
            options={
                'verbose_name': 'Payment',
                'verbose_name_plural': 'Payments',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stripe_id', models.CharField(max_length=120, unique=True, verbose_name="Stripe's ID")),
                ('status', models.CharField(choices=[('inquiry', 'The bank asks'), ('ended', 'Asked and answered'), ('open', 'Evidence wanted'), ('review', 'Under review'), ('won', 'Won'), ('lost', 'Lost')], max_length=7, verbose_name='Status')),
                ('reason', models.CharField(max_length=40, verbose_name='Reason')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='Amount (fen)')),
                ('held_fen', models.PositiveBigIntegerField(default=0, verbose_name='Of the payment (fen)')),
                ('opened_at', models.DateTimeField(verbose_name='Opened at')),
                ('due_by', models.DateTimeField(null=True, verbose_name='Answer by')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='Money taken at')),
                ('reinstated_at', models.DateTimeField(null=True, verbose_name='Money back at')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='Closed at')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='payments.payment', verbose_name='Payment')),
            ],
            options={
                'verbose_name': 'Dispute',
                'verbose_name_plural': 'Disputes',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='PaymentNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='Amount (fen)')),
                ('issued_at', models.DateTimeField(verbose_name='Issued at')),
                ('due_on', models.DateField(verbose_name='Due on')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='payment_notice', to='orders.order', verbose_name='Order')),
            ],
            options={
                'verbose_name': 'Payment notice',
                'verbose_name_plural': 'Payment notices',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='BalanceMovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stripe_id', models.CharField(max_length=120, unique=True, verbose_name="Stripe's ID")),
                ('kind', models.CharField(max_length=40, verbose_name='Kind')),
                ('reference', models.CharField(max_length=120, verbose_name='Reference')),
                ('amount_fen', models.BigIntegerField(verbose_name='Amount (fen)')),
                ('fee_fen', models.BigIntegerField(verbose_name='Fee (fen)')),
                ('net_fen', models.BigIntegerField(verbose_name='Net (fen)')),
                ('created_at', models.DateTimeField(verbose_name='Created at')),
                ('available_at', models.DateTimeField(verbose_name='Available at')),
                ('booked', models.BooleanField(default=False, verbose_name='In the book')),
                ('payer_digest', models.CharField(blank=True, default='', editable=False, max_length=64)),
                ('payout', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='payments.payout', verbose_name='Payout')),
            ],
            options={
                'verbose_name': 'Movement at Stripe',
                'verbose_name_plural': 'Movements at Stripe',
                'ordering': ['-created_at', '-id'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payout',
            trigger=pgtrigger.compiler.Trigger(name='payout_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.stripe_id IS DISTINCT FROM OLD.stripe_id OR NEW.amount_fen IS DISTINCT FROM OLD.amount_fen OR NEW.automatic IS DISTINCT FROM OLD.automatic OR NEW.created_at IS DISTINCT FROM OLD.created_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_terms_kept: stripe_id, amount_fen, automatic, created_at never change';", hash='ad36f0dfeebf22ccb3ec8c5f8e662d96035089b5', operation='UPDATE', pgid='pgtrigger_payout_terms_kept_d7013', table='payments_payout', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payout',
            trigger=pgtrigger.compiler.Trigger(name='payout_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_stays: what is written stays';", hash='904580212627c2e3adae971dc293f19e5c8ef463', operation='DELETE', pgid='pgtrigger_payout_stays_34e58', table='payments_payout', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payout',
            trigger=pgtrigger.compiler.Trigger(name='payout_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_stays: what is written stays';", hash='a0d797d0087b61aa858534cf36910c24dcfb89f3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_payout_stays_truncate_9698b', table='payments_payout', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='refund',
            name='bank_transfer',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refund', to='payments.banktransfer', verbose_name='Bank transfer'),
        ),
        migrations.AddField(
            model_name='refund',
            name='payment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.payment', verbose_name='Payment'),
        ),
        migrations.AddIndex(
            model_name='webhookevent',
            index=models.Index(condition=models.Q(('processed_at__isnull', True)), fields=['next_attempt_at'], name='webhook_event_due'),
        ),
        migrations.AddConstraint(
            model_name='banktransfer',
            constraint=models.UniqueConstraint(fields=('reference',), name='bank_transfer_once'),
        ),
        migrations.AddConstraint(
            model_name='banktransfer',
            constraint=models.CheckConstraint(condition=models.Q(('reference__regex', '^[0-9A-Z-]{4,40}$')), name='bank_transfer_reference', violation_error_message='A bank reference number has 4 to 40 digits and letters.'),
        ),
        migrations.AddConstraint(
            model_name='banktransfer',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen', 0), _negated=True), name='bank_transfer_amount'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='banktransfer',
            trigger=pgtrigger.compiler.Trigger(name='bank_transfer_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'bank_transfer_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'bank_transfer_kept: what is written stays';", hash='6021b4030b5a0e05add21147780868f31df954e8', operation='UPDATE OR DELETE', pgid='pgtrigger_bank_transfer_kept_37905', table='payments_banktransfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='banktransfer',
            trigger=pgtrigger.compiler.Trigger(name='bank_transfer_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'bank_transfer_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'bank_transfer_kept: what is written stays';", hash='74f7ed9f64144911f4538feaa059726fb832226f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_bank_transfer_kept_truncate_f19fb', table='payments_banktransfer', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='discrepancy',
            constraint=models.UniqueConstraint(condition=models.Q(('resolved_at__isnull', True)), fields=('what', 'reference'), name='discrepancy_once'),
        ),
        migrations.AddConstraint(
            model_name='discrepancy',
            constraint=models.CheckConstraint(condition=models.Q(('difference_fen', django.db.models.expressions.CombinedExpression(models.F('stripe_fen'), '-', models.F('ours_fen'))), models.Q(('difference_fen', 0), _negated=True)), name='discrepancy_differs'),
        ),
        migrations.AddConstraint(
            model_name='discrepancy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('explained_at__isnull', True), ('explained_by__isnull', True), ('explanation', '')), models.Q(('explained_at__isnull', False), ('explained_by__isnull', False), models.Q(('explanation', ''), _negated=True)), _connector='OR'), name='discrepancy_explained_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='discrepancy',
            trigger=pgtrigger.compiler.Trigger(name='discrepancy_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.what IS DISTINCT FROM OLD.what OR NEW.reference IS DISTINCT FROM OLD.reference OR NEW.stripe_fen IS DISTINCT FROM OLD.stripe_fen OR NEW.ours_fen IS DISTINCT FROM OLD.ours_fen OR NEW.difference_fen IS DISTINCT FROM OLD.difference_fen OR NEW.first_seen_at IS DISTINCT FROM OLD.first_seen_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'discrepancy_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'discrepancy_kept: what, reference, stripe_fen, ours_fen, difference_fen, first_seen_at never change';", hash='c014afa27f559513f93b2577d017bb42792f6529', operation='UPDATE', pgid='pgtrigger_discrepancy_kept_dd05c', table='payments_discrepancy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='discrepancy',
            trigger=pgtrigger.compiler.Trigger(name='discrepancy_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'discrepancy_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'discrepancy_stays: what is written stays';", hash='c27fd94bd6b236ec939a855e916edc41f322252f', operation='DELETE', pgid='pgtrigger_discrepancy_stays_a387e', table='payments_discrepancy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='discrepancy',
            trigger=pgtrigger.compiler.Trigger(name='discrepancy_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'discrepancy_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'discrepancy_stays: what is written stays';", hash='0194fd44bebc8395023502b140723c3f6da88950', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_discrepancy_stays_truncate_f305b', table='payments_discrepancy', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(condition=models.Q(('status__in', ['creating', 'open'])), fields=['checked_at'], name='payment_to_check'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='payment_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('disputed_fen__gte', 0), ('refunding_fen__gte', 0), ('refunding_fen__lte', django.db.models.expressions.CombinedExpression(models.F('amount_fen'), '-', models.F('disputed_fen')))), name='payment_refunds_within_amount'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', False), ('status', 'succeeded'), models.Q(('payment_intent_id__isnull', False), ('bank_transfer__isnull', False), _connector='OR')), models.Q(models.Q(('status', 'succeeded'), _negated=True), ('applied', False), ('paid_at__isnull', True)), _connector='OR'), name='payment_succeeded_dated'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('bank_transfer', None), models.Q(('checkout_session_id', None), ('payment_intent_id', None)), _connector='OR'), name='payment_one_way'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.UniqueConstraint(condition=models.Q(('applied', True)), fields=('order',), name='payment_one_applied_per_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='payment_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['>creating', 'creating>open', 'creating>succeeded', 'creating>closed', 'open>succeeded', 'open>closed', 'closed>succeeded'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='380b6416da2188fe2ba66023620dcfb3a25350bd', operation='INSERT OR UPDATE', pgid='pgtrigger_payment_edges_7cd95', table='payments_payment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='payment_order_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.bank_transfer_id IS DISTINCT FROM OLD.bank_transfer_id)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_order_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payment_order_kept: order_id, bank_transfer_id never change';", hash='ea1fd0a5db5724072ea726d5dce9834e471357e6', operation='UPDATE', pgid='pgtrigger_payment_order_kept_9500f', table='payments_payment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='payment_amount_as_stated', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.bank_transfer_id IS NOT NULL)', func="\n            IF (SELECT amount_fen FROM payments_banktransfer WHERE id = NEW.bank_transfer_id)\n               <> +NEW.amount_fen THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_amount_as_stated', TABLE = TG_TABLE_NAME, MESSAGE = 'payment_amount_as_stated: the statement says another amount';\n            END IF;\n            RETURN NEW;\n        ", hash='ccaf06c50d08c1b15e4f35f68ab7962d9620b0f1', operation='INSERT OR UPDATE', pgid='pgtrigger_payment_amount_as_stated_4f8a8', table='payments_payment', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='dispute_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('held_fen__gte', 0), ('held_fen__lte', models.F('amount_fen'))), name='dispute_held_within_amount'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['open', 'review', 'lost']), ('held_fen', 0), _connector='OR'), name='dispute_holds_while_open_or_lost'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status__in', ['ended', 'won', 'lost'])), models.Q(('closed_at__isnull', True), ('status__in', ['inquiry', 'open', 'review'])), _connector='OR'), name='dispute_closed_dated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispute',
            trigger=pgtrigger.compiler.Trigger(name='dispute_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['>inquiry', '>ended', '>open', '>review', '>won', '>lost', 'inquiry>ended', 'inquiry>open', 'inquiry>review', 'inquiry>won', 'inquiry>lost', 'ended>open', 'ended>review', 'ended>won', 'ended>lost', 'open>review', 'open>won', 'open>lost', 'review>won', 'review>lost'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'dispute_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='dec8b8b767e4ed4e6603ab5c71f3e98cdfab35df', operation='INSERT OR UPDATE', pgid='pgtrigger_dispute_edges_b785d', table='payments_dispute', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispute',
            trigger=pgtrigger.compiler.Trigger(name='dispute_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.payment_id IS DISTINCT FROM OLD.payment_id OR NEW.stripe_id IS DISTINCT FROM OLD.stripe_id OR NEW.amount_fen IS DISTINCT FROM OLD.amount_fen OR NEW.opened_at IS DISTINCT FROM OLD.opened_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'dispute_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'dispute_terms_kept: payment_id, stripe_id, amount_fen, opened_at never change';", hash='02501e6cd569b686f2f7b37a18838ba1e8214b4b', operation='UPDATE', pgid='pgtrigger_dispute_terms_kept_fed5a', table='payments_dispute', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispute',
            trigger=pgtrigger.compiler.Trigger(name='dispute_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'dispute_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'dispute_stays: what is written stays';", hash='69028aa22bf368cf03d559f4e0b55c673112b846', operation='DELETE', pgid='pgtrigger_dispute_stays_e39a9', table='payments_dispute', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dispute',
            trigger=pgtrigger.compiler.Trigger(name='dispute_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'dispute_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'dispute_stays: what is written stays';", hash='8a9886cb7d85386e749cc20ef99925aa0f4c2dc6', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_dispute_stays_truncate_f8327', table='payments_dispute', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='paymentnotice',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='payment_notice_amount'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentnotice',
            trigger=pgtrigger.compiler.Trigger(name='payment_notice_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_notice_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payment_notice_kept: what is written stays';", hash='50ab1373dccdc123c2f052616a32a3e8174619cd', operation='UPDATE OR DELETE', pgid='pgtrigger_payment_notice_kept_56ad1', table='payments_paymentnotice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paymentnotice',
            trigger=pgtrigger.compiler.Trigger(name='payment_notice_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_notice_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payment_notice_kept: what is written stays';", hash='c2673549c47a085a12b9b2fc6d6b5c4f2229d2ee', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_payment_notice_kept_truncate_9375d', table='payments_paymentnotice', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='balancemovement',
            index=models.Index(fields=['reference', 'kind'], name='movement_of_source'),
        ),
        migrations.AddIndex(
            model_name='balancemovement',
            index=models.Index(fields=['-created_at', '-id'], name='movement_newest'),
        ),
        migrations.AddIndex(
            model_name='balancemovement',
            index=models.Index(condition=models.Q(('booked', False)), fields=['id'], name='movement_to_book'),
        ),
        migrations.AddConstraint(
            model_name='balancemovement',
            constraint=models.CheckConstraint(condition=models.Q(('net_fen', django.db.models.expressions.CombinedExpression(models.F('amount_fen'), '-', models.F('fee_fen')))), name='movement_net'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='balancemovement',
            trigger=pgtrigger.compiler.Trigger(name='movement_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.stripe_id IS DISTINCT FROM OLD.stripe_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.reference IS DISTINCT FROM OLD.reference OR NEW.amount_fen IS DISTINCT FROM OLD.amount_fen OR NEW.fee_fen IS DISTINCT FROM OLD.fee_fen OR NEW.net_fen IS DISTINCT FROM OLD.net_fen OR NEW.created_at IS DISTINCT FROM OLD.created_at OR NEW.available_at IS DISTINCT FROM OLD.available_at OR NEW.payer_digest IS DISTINCT FROM OLD.payer_digest)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'movement_kept: stripe_id, kind, reference, amount_fen, fee_fen, net_fen, created_at, available_at, payer_digest never change';", hash='727a4cef76a44917456919ad8b8f50bbbb853c41', operation='UPDATE', pgid='pgtrigger_movement_kept_aed08', table='payments_balancemovement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='balancemovement',
            trigger=pgtrigger.compiler.Trigger(name='movement_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'movement_stays: what is written stays';", hash='8e5e5e5be0039aab2bde39b5e88e055ed7984ed0', operation='DELETE', pgid='pgtrigger_movement_stays_3e00c', table='payments_balancemovement', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='balancemovement',
            trigger=pgtrigger.compiler.Trigger(name='movement_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'movement_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'movement_stays: what is written stays';", hash='778bd35cdd2b19230914a4d204d7bc9e5d46a249', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_movement_stays_truncate_8f3fa', table='payments_balancemovement', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('status__in', ['approved', 'sent'])), fields=['next_attempt_at'], name='refund_to_send'),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('status', 'requested')), fields=['requested_at'], name='refund_to_decide'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='refund_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='refund',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', False), ('status__in', ['succeeded', 'failed', 'rejected'])), models.Q(('settled_at__isnull', True), ('status__in', ['requested', 'approved', 'sent'])), _connector='OR'), name='refund_settled_dated'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='refund_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['>requested', '>approved', 'requested>approved', 'requested>rejected', 'approved>sent', 'approved>succeeded', 'approved>failed', 'sent>succeeded', 'sent>failed'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='ae69749b743bce0973fe7f61e10ee2142eb2eb4a', operation='INSERT OR UPDATE', pgid='pgtrigger_refund_edges_bc12a', table='payments_refund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='refund_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.payment_id IS DISTINCT FROM OLD.payment_id OR NEW.amount_fen IS DISTINCT FROM OLD.amount_fen OR NEW.reason IS DISTINCT FROM OLD.reason)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'refund_terms_kept: payment_id, amount_fen, reason never change';", hash='4a71be7a84134c6a5668d0662537791a8e7be3a2', operation='UPDATE', pgid='pgtrigger_refund_terms_kept_529ca', table='payments_refund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='refund_goes_back_as_it_came', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.status IN ('sent', 'succeeded'))", func="\n            IF (SELECT bank_transfer_id IS NULL FROM payments_payment WHERE id = NEW.payment_id)\n               <> (NEW.bank_transfer_id IS NULL) THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_goes_back_as_it_came', TABLE = TG_TABLE_NAME, MESSAGE = 'refund_goes_back_as_it_came: not the way the payment came';\n            END IF;\n            RETURN NEW;\n        ", hash='a4912d0d533a026b7d31df606bf7134355f0b112', operation='UPDATE', pgid='pgtrigger_refund_goes_back_as_it_came_a854c', table='payments_refund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='refund_amount_as_stated', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.bank_transfer_id IS NOT NULL)', func="\n            IF (SELECT amount_fen FROM payments_banktransfer WHERE id = NEW.bank_transfer_id)\n               <> -NEW.amount_fen THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_amount_as_stated', TABLE = TG_TABLE_NAME, MESSAGE = 'refund_amount_as_stated: the statement says another amount';\n            END IF;\n            RETURN NEW;\n        ", hash='c17c6f03297f02a183fe8f66b293f02021fd509e', operation='UPDATE', pgid='pgtrigger_refund_amount_as_stated_2457a', table='payments_refund', when='BEFORE')),
        ),
    ]
