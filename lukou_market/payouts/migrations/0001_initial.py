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
        ('households', '0001_initial'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PayoutBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='Month')),
                ('label', models.CharField(blank=True, max_length=40, verbose_name='Label')),
                ('created_at', models.DateTimeField(verbose_name='Prepared at')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Prepared by')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Region')),
            ],
            options={
                'verbose_name': 'Pay-out batch',
                'verbose_name_plural': 'Pay-out batches',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='PayoutFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(verbose_name='Created at')),
                ('reason', models.CharField(max_length=120, verbose_name='Reason')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('lines', models.PositiveIntegerField(verbose_name='Lines')),
                ('total_fen', models.BigIntegerField(verbose_name='Total (fen)')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='payouts.payoutbatch', verbose_name='Pay-out batch')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Created by')),
            ],
            options={
                'verbose_name': 'Bank file',
                'verbose_name_plural': 'Bank files',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='PayoutLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wage_fen', models.BigIntegerField(default=0, verbose_name='Wage income (fen)')),
                ('business_fen', models.BigIntegerField(default=0, verbose_name='Business income (fen)')),
                ('property_fen', models.BigIntegerField(default=0, verbose_name='Property income (fen)')),
                ('transfer_fen', models.BigIntegerField(default=0, verbose_name='Transfer income (fen)')),
                ('amount_fen', models.GeneratedField(db_persist=True, expression=django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('wage_fen'), '+', models.F('business_fen')), '+', models.F('property_fen')), '+', models.F('transfer_fen')), output_field=models.BigIntegerField(verbose_name='Amount (fen)'), verbose_name='Amount (fen)')),
                ('bank', models.CharField(max_length=60, verbose_name='Bank')),
                ('holder', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Account holder')),
                ('number', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Account number')),
                ('status', models.CharField(choices=[('prepared', 'Prepared'), ('confirmed', 'Confirmed'), ('bounced', 'Bounced')], default='prepared', max_length=9, verbose_name='Status')),
                ('reason', models.CharField(blank=True, default='', max_length=120, verbose_name='Reason')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='Confirmed or bounced at')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payouts.payoutbatch', verbose_name='Pay-out batch')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Confirmed or bounced by')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payouts', to='households.household', verbose_name='Household')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Prepared by')),
            ],
            options={
                'verbose_name': 'Pay-out line',
                'verbose_name_plural': 'Pay-out lines',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='BankAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank', models.CharField(max_length=60, verbose_name='Bank')),
                ('holder', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Account holder')),
                ('number', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Account number')),
                ('number_digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('household', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bank_account', to='households.household', verbose_name='Household')),
            ],
            options={
                'verbose_name': 'Bank account',
                'verbose_name_plural': 'Bank accounts',
                'constraints': [models.CheckConstraint(condition=models.Q(('bank', ''), _negated=True), name='bank_account_bank')],
            },
        ),
        migrations.AddConstraint(
            model_name='payoutbatch',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='payout_month_first_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payoutbatch',
            trigger=pgtrigger.compiler.Trigger(name='payout_batch_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_batch_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_batch_kept: what is written stays';", hash='b1205cae52c427f4dae726a90c4d864a6f25578a', operation='UPDATE OR DELETE', pgid='pgtrigger_payout_batch_kept_72307', table='payouts_payoutbatch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payoutbatch',
            trigger=pgtrigger.compiler.Trigger(name='payout_batch_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_batch_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_batch_kept: what is written stays';", hash='1720dbedc15f1b840214f96d4e1deb23bd155342', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_payout_batch_kept_truncate_c1ec1', table='payouts_payoutbatch', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='payoutfile',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='payout_file_reason'),
        ),
        migrations.AddConstraint(
            model_name='payoutfile',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='payout_file_sha256'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payoutfile',
            trigger=pgtrigger.compiler.Trigger(name='payout_file_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_file_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_file_kept: what is written stays';", hash='12d816ee1685c52c99d8763ad3afdf482c9e21ae', operation='UPDATE OR DELETE', pgid='pgtrigger_payout_file_kept_93892', table='payouts_payoutfile', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payoutfile',
            trigger=pgtrigger.compiler.Trigger(name='payout_file_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_file_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_file_kept: what is written stays';", hash='208a658c00d0d5d599bd52b1a26f942c1c84d750', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_payout_file_kept_truncate_68c23', table='payouts_payoutfile', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='payoutline',
            index=models.Index(condition=models.Q(('status', 'confirmed')), fields=['decided_at'], name='payout_confirmed'),
        ),
        migrations.AddConstraint(
            model_name='payoutline',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'prepared')), fields=('household',), name='payout_one_open_line'),
        ),
        migrations.AddConstraint(
            model_name='payoutline',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0), ('business_fen__gte', 0), ('property_fen__gte', 0), ('transfer_fen__gte', 0), ('wage_fen__gte', 0)), name='payout_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='payoutline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('reason', ''), ('status', 'prepared')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('status', 'confirmed'), ('reason', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('status', 'bounced'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='payout_decided'),
        ),
        migrations.AddConstraint(
            model_name='payoutline',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by', None), models.Q(('decided_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='payout_two_people'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payoutline',
            trigger=pgtrigger.compiler.Trigger(name='payout_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['>prepared', 'prepared>confirmed', 'prepared>bounced'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='8d3298418064cb885bf017e4c2672626baa2645b', operation='INSERT OR UPDATE', pgid='pgtrigger_payout_edges_e1f96', table='payouts_payoutline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payoutline',
            trigger=pgtrigger.compiler.Trigger(name='payout_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.batch_id IS DISTINCT FROM OLD.batch_id OR NEW.household_id IS DISTINCT FROM OLD.household_id OR NEW.wage_fen IS DISTINCT FROM OLD.wage_fen OR NEW.business_fen IS DISTINCT FROM OLD.business_fen OR NEW.property_fen IS DISTINCT FROM OLD.property_fen OR NEW.transfer_fen IS DISTINCT FROM OLD.transfer_fen OR NEW.bank IS DISTINCT FROM OLD.bank OR NEW.holder IS DISTINCT FROM OLD.holder OR NEW.number IS DISTINCT FROM OLD.number OR NEW.prepared_by_id IS DISTINCT FROM OLD.prepared_by_id)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_terms_kept: batch_id, household_id, wage_fen, business_fen, property_fen, transfer_fen, bank, holder, number, prepared_by_id never change';", hash='6005a59fdd6b82f7d0f01f81ec38b60a0898c134', operation='UPDATE', pgid='pgtrigger_payout_terms_kept_28bf5', table='payouts_payoutline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payoutline',
            trigger=pgtrigger.compiler.Trigger(name='payout_line_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_line_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_line_stays: what is written stays';", hash='56f699aa1abecf6358d4bc6ab2949c82db0fc0d0', operation='DELETE', pgid='pgtrigger_payout_line_stays_41104', table='payouts_payoutline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payoutline',
            trigger=pgtrigger.compiler.Trigger(name='payout_line_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'payout_line_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'payout_line_stays: what is written stays';", hash='2dc2b36240fd3848ac5376754cda90125980d24b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_payout_line_stays_truncate_67f9b', table='payouts_payoutline', when='BEFORE')),
        ),
    ]
