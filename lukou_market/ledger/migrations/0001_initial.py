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
            name='ClosedMonth',
            fields=[
                ('month', models.DateField(primary_key=True, serialize=False, verbose_name='Month')),
            ],
            options={
                'verbose_name': 'Closed month',
                'verbose_name_plural': 'Closed months',
            },
        ),
        migrations.CreateModel(
            name='Journal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='Month')),
                ('label', models.CharField(max_length=16, verbose_name='Label')),
                ('posted_at', models.DateTimeField(verbose_name='Posted at')),
                ('late_for', models.DateField(blank=True, null=True, verbose_name='Late for')),
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
                ('leg', models.CharField(max_length=64, verbose_name='Leg')),
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
            model_name='closedmonth',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='closed_month_first_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedmonth',
            trigger=pgtrigger.compiler.Trigger(name='closed_months_in_order', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE closed date;', func="\n        PERFORM pg_advisory_xact_lock(hashtext('ledger_closedmonth')::bigint);\n        SELECT max(month) INTO closed FROM ledger_closedmonth;\n        IF NEW.month <> coalesce(\n            (closed + interval '1 month')::date,\n            (SELECT least(NEW.month, min(month)) FROM ledger_journal)\n        ) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_months_in_order', TABLE = TG_TABLE_NAME, MESSAGE = 'closed_months_in_order: months are closed in order, without a gap';\n        END IF;\n        RETURN NEW;\n        ", hash='579135cac884b9235028e6c9112453434c5eb766', operation='INSERT', pgid='pgtrigger_closed_months_in_order_bc4d0', table='ledger_closedmonth', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedmonth',
            trigger=pgtrigger.compiler.Trigger(name='closed_month_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_month_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'closed_month_kept: what is written stays';", hash='b6bb3b223c60c69f2456f8e61f02ab2943b1c814', operation='UPDATE OR DELETE', pgid='pgtrigger_closed_month_kept_7059f', table='ledger_closedmonth', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='closedmonth',
            trigger=pgtrigger.compiler.Trigger(name='closed_month_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'closed_month_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'closed_month_kept: what is written stays';", hash='75c8b7173d903ec1e43127904d885f0f081f9419', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_closed_month_kept_truncate_a46ef', table='ledger_closedmonth', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='journal',
            index=models.Index(fields=['month', 'id'], name='journal_of_month'),
        ),
        migrations.AddIndex(
            model_name='journal',
            index=models.Index(condition=models.Q(('late_for__isnull', False)), fields=['late_for'], name='journal_late'),
        ),
        migrations.AddConstraint(
            model_name='journal',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='journal_month_first_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='journal',
            trigger=pgtrigger.compiler.Trigger(name='journal_in_open_month', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE closed date;', func="\n    PERFORM pg_advisory_xact_lock_shared(hashtext('ledger_closedmonth')::bigint);\n    SELECT max(month) INTO closed FROM ledger_closedmonth;\n    IF NEW.month <= closed THEN\n        NEW.late_for := NEW.month;\n        NEW.month := greatest(\n            date_trunc('month', NEW.posted_at AT TIME ZONE 'Asia/Shanghai')::date,\n            (closed + interval '1 month')::date\n        );\n    ELSE\n        NEW.late_for := NULL;\n    END IF;\n    RETURN NEW;\n", hash='16d57d3d1d6cd5ce1452297329babea21d3ae5b4', operation='INSERT', pgid='pgtrigger_journal_in_open_month_8f12c', table='ledger_journal', when='BEFORE')),
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
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account', verbose_name='Credit'),
        ),
        migrations.AddField(
            model_name='transfer',
            name='debit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account', verbose_name='Debit'),
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
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['debit', 'journal'], name='transfer_of_debit'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['credit', 'journal'], name='transfer_of_credit'),
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
