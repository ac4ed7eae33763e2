import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('creating', 'Being created'), ('open', 'Open'), ('succeeded', 'Paid'), ('closed', 'Closed')], default='creating', max_length=9, verbose_name='Status')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='Amount (fen)')),
                ('refunding_fen', models.PositiveBigIntegerField(default=0, verbose_name='Refunded or being refunded (fen)')),
                ('applied', models.BooleanField(default=False, verbose_name='Pays the order')),
                ('checkout_session_id', models.CharField(max_length=120, null=True, unique=True)),
                ('payment_intent_id', models.CharField(max_length=120, null=True, unique=True)),
                ('checkout_url', models.TextField(blank=True, default='')),
                ('created_at', models.DateTimeField(verbose_name='Created at')),
                ('checked_at', models.DateTimeField(verbose_name='Last looked up at Stripe')),
                ('paid_at', models.DateTimeField(null=True, verbose_name='Paid at')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='orders.order', verbose_name='Order')),
            ],
            options={
                'verbose_name': 'Payment',
                'verbose_name_plural': 'Payments',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('requested', 'Requested'), ('approved', 'Approved'), ('sent', 'Sent'), ('succeeded', 'Succeeded'), ('failed', 'Failed'), ('rejected', 'Rejected')], max_length=9, verbose_name='Status')),
                ('reason', models.CharField(choices=[('buyer', 'Asked for by the buyer'), ('paid_late', 'Paid after the reservation ended'), ('paid_twice', 'Paid twice'), ('wrong_amount', 'Paid another amount')], max_length=12, verbose_name='Reason')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='Note')),
                ('amount_fen', models.PositiveBigIntegerField(verbose_name='Amount (fen)')),
                ('stripe_id', models.CharField(max_length=120, null=True, unique=True, verbose_name="Stripe's ID")),
                ('requested_at', models.DateTimeField(verbose_name='Requested at')),
                ('next_attempt_at', models.DateTimeField(verbose_name='Next attempt')),
                ('attempts', models.PositiveIntegerField(default=0, verbose_name='Attempts')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='Settled at')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.payment', verbose_name='Payment')),
            ],
            options={
                'verbose_name': 'Refund',
                'verbose_name_plural': 'Refunds',
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
                'indexes': [models.Index(condition=models.Q(('processed_at__isnull', True)), fields=['next_attempt_at'], name='webhook_event_due')],
            },
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
            constraint=models.CheckConstraint(condition=models.Q(('refunding_fen__gte', 0), ('refunding_fen__lte', models.F('amount_fen'))), name='payment_refunds_within_amount'),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paid_at__isnull', False), ('payment_intent_id__isnull', False), ('status', 'succeeded')), models.Q(models.Q(('status', 'succeeded'), _negated=True), ('applied', False), ('paid_at__isnull', True)), _connector='OR'), name='payment_succeeded_dated'),
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
            trigger=pgtrigger.compiler.Trigger(name='payment_order_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.order_id IS DISTINCT FROM OLD.order_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_order_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payment_order_kept: order_id never change'; END IF; RETURN NEW;", hash='4822a7247de478c3d964a8b026a329ce5ac8bffb', operation='UPDATE', pgid='pgtrigger_payment_order_kept_9500f', table='payments_payment', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='refund',
            index=models.Index(condition=models.Q(('status__in', ['approved', 'sent'])), fields=['next_attempt_at'], name='refund_to_send'),
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
            trigger=pgtrigger.compiler.Trigger(name='refund_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.payment_id IS DISTINCT FROM OLD.payment_id OR NEW.amount_fen IS DISTINCT FROM OLD.amount_fen OR NEW.reason IS DISTINCT FROM OLD.reason THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'refund_terms_kept: payment_id, amount_fen, reason never change'; END IF; RETURN NEW;", hash='5ab07f25b3159de85ae9f26c4ef40be5828083e7', operation='UPDATE', pgid='pgtrigger_refund_terms_kept_529ca', table='payments_refund', when='BEFORE')),
        ),
    ]
