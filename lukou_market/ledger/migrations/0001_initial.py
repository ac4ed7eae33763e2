import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Journal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='Month')),
                ('label', models.CharField(max_length=16, verbose_name='Label')),
                ('posted_at', models.DateTimeField(verbose_name='Posted at')),
            ],
            options={
                'verbose_name': 'Journal',
                'verbose_name_plural': 'Journals',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('amount_fen', models.BigIntegerField(verbose_name='Amount (fen)')),
                ('code', models.CharField(max_length=24, verbose_name='Code')),
                ('source_kind', models.CharField(max_length=16, verbose_name='Source')),
                ('source_id', models.BigIntegerField(verbose_name='Source ID')),
                ('leg', models.CharField(max_length=48, verbose_name='Leg')),
                ('effective_at', models.DateTimeField(verbose_name='Effective at')),
            ],
            options={
                'verbose_name': 'Transfer',
                'verbose_name_plural': 'Transfers',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=24, verbose_name='Kind')),
                ('owner', models.BigIntegerField(default=0, verbose_name='Owner')),
                ('part', models.CharField(blank=True, default='', max_length=16, verbose_name='Part')),
            ],
            options={
                'verbose_name': 'Account',
                'verbose_name_plural': 'Accounts',
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'owner', 'part'), name='account_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='account_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'account_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'account_kept: what is written stays';", hash='b91142f0aba0bd5b9b561043430c6712581f3f74', operation='UPDATE OR DELETE', pgid='pgtrigger_account_kept_b9d33', table='ledger_account', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='account',
            trigger=pgtrigger.compiler.Trigger(name='account_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'account_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'account_kept: what is written stays';", hash='0e75e36c823b0cd8d67e61caaa17e11e4bdc0a7c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_account_kept_truncate_a1257', table='ledger_account', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='journal',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='journal_month_first_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='journal',
            trigger=pgtrigger.compiler.Trigger(name='journal_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'journal_kept: what is written stays';", hash='995ab133ffd2406a997aba2969bafdcca6fbc030', operation='UPDATE OR DELETE', pgid='pgtrigger_journal_kept_f3949', table='ledger_journal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='journal',
            trigger=pgtrigger.compiler.Trigger(name='journal_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'journal_kept: what is written stays';", hash='76ae17eb1399626a65f6e282454dbb1d1a6865b4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_journal_kept_truncate_bf4f4', table='ledger_journal', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='transfer',
            name='credit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account', verbose_name='Credit'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='debit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account', verbose_name='Debit'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='journal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transfers', to='ledger.journal', verbose_name='Journal'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='reverses',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversals', to='ledger.transfer', verbose_name='Reverses'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('amount_fen__gt', 0)), name='transfer_amount_positive'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='transfer_two_accounts'),
        ),
        migrations.AddConstraint(
            model_name='transfer',
            constraint=models.UniqueConstraint(fields=('source_kind', 'source_id', 'leg'), name='transfer_source_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='transfer_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'transfer_kept: what is written stays';", hash='d9f7ba16e461dd53cff4642497d837aad38ef71c', operation='UPDATE OR DELETE', pgid='pgtrigger_transfer_kept_74059', table='ledger_transfer', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transfer',
            trigger=pgtrigger.compiler.Trigger(name='transfer_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'transfer_kept: what is written stays';", hash='464c1818cf3759b927f7bae8a852c8792b315e70', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_transfer_kept_truncate_601b6', table='ledger_transfer', when='BEFORE')),
        ),
    ]
