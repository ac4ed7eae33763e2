import django.db.models.deletion
import lukou_market.kernel.encryption
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('households', '0001_initial'),
        ('orders', '0001_initial'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SaleFlag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('shared_payer', 'One payer for many buyers'), ('shared_device', 'One phone or computer for many buyers'), ('shared_address', 'One address for many buyers'), ('related', 'Buyer is related to the sale'), ('burst', 'Burst before a deadline'), ('late_refund', 'Refunds after the cut-off'), ('no_scan', 'No scan by the carrier'), ('price', 'Price far above the market'), ('few_viewers', 'More buyers than viewers'), ('by_hand', 'Doubted by a cadre')], max_length=16, verbose_name='Rule')),
                ('status', models.CharField(choices=[('open', 'To be decided'), ('cleared', 'Cleared'), ('upheld', 'Upheld')], default='open', max_length=7, verbose_name='Status')),
                ('figures', models.JSONField(default=dict, verbose_name='Figures')),
                ('reason', models.CharField(max_length=400, verbose_name='Reason')),
                ('raised_at', models.DateTimeField(verbose_name='Raised at')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sale_flags', to='orders.order', verbose_name='Order')),
                ('raised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Raised by')),
                ('raised_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Raised in')),
                ('village', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Village')),
            ],
            options={
                'verbose_name': 'Flag on a sale',
                'verbose_name_plural': 'Flags on sales',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='FlagDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outcome', models.CharField(choices=[('cleared', 'Cleared: the sale counts'), ('upheld', 'Upheld: the sale stays out')], max_length=7, verbose_name='Decision')),
                ('reason', models.CharField(max_length=400, verbose_name='Reason')),
                ('decided_at', models.DateTimeField(verbose_name='Decided at')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Decided by')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Unit')),
                ('flag', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='screening.saleflag', verbose_name='Flag')),
            ],
            options={
                'verbose_name': 'Decision on a flag',
                'verbose_name_plural': 'Decisions on flags',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SaleTrait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('payer', 'Payer'), ('device', 'Phone or computer'), ('address', 'Address'), ('recipient', "Recipient's phone"), ('village', 'Village'), ('session', 'Live session')], max_length=9)),
                ('digest', models.CharField(max_length=64)),
                ('buyer_id', models.BigIntegerField()),
                ('paid_at', models.DateTimeField()),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='traits', to='orders.order')),
            ],
        ),
        migrations.CreateModel(
            name='ScreeningDue',
            fields=[
                ('order', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='orders.order')),
                ('look', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('due_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['due_at'], name='screening_due')],
            },
        ),
        migrations.CreateModel(
            name='ScreeningRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('shared_payer', 'One payer for many buyers'), ('shared_device', 'One phone or computer for many buyers'), ('shared_address', 'One address for many buyers'), ('related', 'Buyer is related to the sale'), ('burst', 'Burst before a deadline'), ('late_refund', 'Refunds after the cut-off'), ('no_scan', 'No scan by the carrier'), ('price', 'Price far above the market'), ('few_viewers', 'More buyers than viewers'), ('by_hand', 'Doubted by a cadre')], max_length=16, verbose_name='Rule')),
                ('version', models.PositiveIntegerField(verbose_name='Version')),
                ('parameters', models.JSONField(verbose_name='Parameters')),
                ('valid_from', models.DateTimeField(verbose_name='Valid from')),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('district', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='District')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Made by')),
            ],
            options={
                'verbose_name': 'Screening rule',
                'verbose_name_plural': 'Screening rules',
                'ordering': ['rule', 'district', '-version'],
            },
        ),
        migrations.AddField(
            model_name='saleflag',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='screening.screeningrule', verbose_name='Version of the rule'),
        ),
        migrations.CreateModel(
            name='DeclaredRelation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Phone')),
                ('phone_digest', models.CharField(editable=False, max_length=64)),
                ('kind', models.CharField(choices=[('family', 'Family'), ('employee', 'Employee'), ('supplier', 'Supplier'), ('owner', 'Owner or shareholder'), ('cadre', 'Cadre of the place')], max_length=8, verbose_name='Relation')),
                ('declared_at', models.DateTimeField(verbose_name='Declared at')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='Ended at')),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Declared by')),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household', verbose_name='Household')),
                ('producer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.producer', verbose_name='Producer')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Host or cadre')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Declared in')),
            ],
            options={
                'verbose_name': 'Declared relation',
                'verbose_name_plural': 'Declared relations',
                'ordering': ['-id'],
                'indexes': [models.Index(fields=['phone_digest'], name='declared_relation_of_phone')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('household', None), ('producer', None), ('user__isnull', False)), models.Q(('household', None), ('producer__isnull', False), ('user', None)), models.Q(('household__isnull', False), ('producer', None), ('user', None)), _connector='OR'), name='declared_relation_to_one'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('declared_at')), _connector='OR'), name='declared_relation_ends_later')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaredrelation',
            trigger=pgtrigger.compiler.Trigger(name='declared_relation_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.phone_digest IS DISTINCT FROM OLD.phone_digest OR NEW.user_id IS DISTINCT FROM OLD.user_id OR NEW.producer_id IS DISTINCT FROM OLD.producer_id OR NEW.household_id IS DISTINCT FROM OLD.household_id OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.village_id IS DISTINCT FROM OLD.village_id OR NEW.declared_by_id IS DISTINCT FROM OLD.declared_by_id OR NEW.declared_at IS DISTINCT FROM OLD.declared_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'declared_relation_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'declared_relation_kept: phone_digest, user_id, producer_id, household_id, kind, village_id, declared_by_id, declared_at never change';", hash='d725b6c44f46d0e7a65e22e9e1a82eaa43fbc80e', operation='UPDATE', pgid='pgtrigger_declared_relation_kept_7c4de', table='screening_declaredrelation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaredrelation',
            trigger=pgtrigger.compiler.Trigger(name='declared_relation_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'declared_relation_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'declared_relation_stays: what is written stays';", hash='89a1b983c69a76228e8d6bdda60b7ef7d7bf7f4e', operation='DELETE', pgid='pgtrigger_declared_relation_stays_eb7f5', table='screening_declaredrelation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaredrelation',
            trigger=pgtrigger.compiler.Trigger(name='declared_relation_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'declared_relation_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'declared_relation_stays: what is written stays';", hash='927f8bc995cb70e7322dab0c0667d43460d64e53', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_declared_relation_stays_truncate_0d104', table='screening_declaredrelation', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='flagdecision',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='flag_decision_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flagdecision',
            trigger=pgtrigger.compiler.Trigger(name='flag_decision_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'flag_decision_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'flag_decision_kept: what is written stays';", hash='e8985e792bc45ee25b3080402b651b14c393d1d5', operation='UPDATE OR DELETE', pgid='pgtrigger_flag_decision_kept_a9d71', table='screening_flagdecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flagdecision',
            trigger=pgtrigger.compiler.Trigger(name='flag_decision_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'flag_decision_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'flag_decision_kept: what is written stays';", hash='57f24afb0ac9203b8ad364ba7b49d7db63f1e556', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_flag_decision_kept_truncate_2dae0', table='screening_flagdecision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flagdecision',
            trigger=pgtrigger.compiler.Trigger(name='flag_decided_elsewhere', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE flag screening_saleflag%ROWTYPE;', func="\n    SELECT * INTO flag FROM screening_saleflag WHERE id = NEW.flag_id;\n    PERFORM FROM orders_order WHERE id = flag.order_id FOR NO KEY UPDATE;\n    IF NEW.unit_id NOT LIKE '%000' OR NEW.unit_id = flag.raised_in_id OR EXISTS (\n        SELECT FROM orders_orderline line\n        JOIN households_producer producer ON producer.id = line.producer_id\n        WHERE line.order_id = flag.order_id AND producer.village_id = NEW.unit_id\n    ) OR EXISTS (\n        SELECT FROM orders_order bought\n        JOIN streams_livesession session ON session.id = bought.session_id\n        JOIN streams_host host ON host.id = session.host_id\n        WHERE bought.id = flag.order_id AND host.village_id = NEW.unit_id\n    ) OR NOT EXISTS (\n        SELECT FROM accounts_rolegrant\n        WHERE user_id = NEW.decided_by_id AND role = 'cadre' AND region_id = NEW.unit_id\n    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'flag_decided_elsewhere', TABLE = TG_TABLE_NAME, MESSAGE = 'flag_decided_elsewhere: not by another unit'; END IF;\n    IF NEW.decided_by_id IS NOT DISTINCT FROM flag.raised_by_id THEN\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'flag_decided_by_another', TABLE = TG_TABLE_NAME, MESSAGE = 'flag_decided_by_another: who raises it does not decide';\n    END IF;\n    UPDATE screening_saleflag SET status = NEW.outcome WHERE id = NEW.flag_id;\n    IF NOT EXISTS (SELECT FROM screening_saleflag\n                   WHERE order_id = flag.order_id AND status <> 'cleared')\n       AND \n    (SELECT kind FROM orders_orderevent WHERE order_id = flag.order_id AND kind IN ('held', 'released')\n     ORDER BY id DESC LIMIT 1)\n = 'held' THEN\n        \n    INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)\n    VALUES (flag.order_id, 'released', 0, NEW.decided_at, false);\n\n    END IF;\n    RETURN NULL;\n", hash='2d76e1b04533bf327f326bdae6d6c49d054c4fc8', operation='INSERT', pgid='pgtrigger_flag_decided_elsewhere_fc486', table='screening_flagdecision', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='saletrait',
            index=models.Index(fields=['kind', 'digest', 'paid_at'], name='sale_trait_shared'),
        ),
        migrations.AddConstraint(
            model_name='saletrait',
            constraint=models.UniqueConstraint(fields=('order', 'kind'), name='sale_trait_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saletrait',
            trigger=pgtrigger.compiler.Trigger(name='sale_trait_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sale_trait_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sale_trait_kept: what is written stays';", hash='4d51b5b0638ad64e34de7dbb116144b2d0c1f0c8', operation='UPDATE OR DELETE', pgid='pgtrigger_sale_trait_kept_193fa', table='screening_saletrait', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saletrait',
            trigger=pgtrigger.compiler.Trigger(name='sale_trait_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sale_trait_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sale_trait_kept: what is written stays';", hash='351d14dedd7736e865791c58455e595a96df2c0c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_sale_trait_kept_truncate_e27e1', table='screening_saletrait', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='screeningrule',
            constraint=models.UniqueConstraint(fields=('rule', 'district', 'version'), name='screening_rule_version', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='screeningrule',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='screening_rule_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='screeningrule',
            trigger=pgtrigger.compiler.Trigger(name='screening_rule_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_rule_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'screening_rule_kept: what is written stays';", hash='3601247346ede133dfa240bde390a171b68b08eb', operation='UPDATE OR DELETE', pgid='pgtrigger_screening_rule_kept_f0068', table='screening_screeningrule', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='screeningrule',
            trigger=pgtrigger.compiler.Trigger(name='screening_rule_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'screening_rule_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'screening_rule_kept: what is written stays';", hash='630b052f80bdf96765b8b1886c0ba4e3485c0a18', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_screening_rule_kept_truncate_f4a1b', table='screening_screeningrule', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='saleflag',
            index=models.Index(fields=['village', 'status', '-id'], name='sale_flag_of_village'),
        ),
        migrations.AddIndex(
            model_name='saleflag',
            index=models.Index(condition=models.Q(('status', 'cleared'), _negated=True), fields=['order'], name='sale_flag_holds'),
        ),
        migrations.AddConstraint(
            model_name='saleflag',
            constraint=models.UniqueConstraint(fields=('order', 'rule'), name='sale_flag_once'),
        ),
        migrations.AddConstraint(
            model_name='saleflag',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='sale_flag_reason'),
        ),
        migrations.AddConstraint(
            model_name='saleflag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('raised_by__isnull', False), ('raised_in__isnull', False), ('rule', 'by_hand')), models.Q(models.Q(('rule', 'by_hand'), _negated=True), ('raised_by', None), ('raised_in', None)), _connector='OR'), name='sale_flag_by_hand'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleflag',
            trigger=pgtrigger.compiler.Trigger(name='sale_flag_starts_open', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.status IS DISTINCT FROM 'open')", func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sale_flag_starts_open', TABLE = TG_TABLE_NAME, MESSAGE = 'sale_flag_starts_open: status starts as open';", hash='f8988ea6baf5c5aeb095a6b725371739b2e67152', operation='INSERT', pgid='pgtrigger_sale_flag_starts_open_1897e', table='screening_saleflag', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleflag',
            trigger=pgtrigger.compiler.Trigger(name='sale_flag_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.rule IS DISTINCT FROM OLD.rule OR NEW.version_id IS DISTINCT FROM OLD.version_id OR NEW.village_id IS DISTINCT FROM OLD.village_id OR NEW.figures IS DISTINCT FROM OLD.figures OR NEW.reason IS DISTINCT FROM OLD.reason OR NEW.raised_at IS DISTINCT FROM OLD.raised_at OR NEW.raised_by_id IS DISTINCT FROM OLD.raised_by_id OR NEW.raised_in_id IS DISTINCT FROM OLD.raised_in_id)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sale_flag_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sale_flag_kept: order_id, rule, version_id, village_id, figures, reason, raised_at, raised_by_id, raised_in_id never change';", hash='44be520937c9f0b4a39fc7858af62463e14d8bf1', operation='UPDATE', pgid='pgtrigger_sale_flag_kept_64ad3', table='screening_saleflag', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleflag',
            trigger=pgtrigger.compiler.Trigger(name='sale_flag_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sale_flag_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'sale_flag_stays: what is written stays';", hash='f27f9cef296a5d6eed2865515bad8a5b58966537', operation='DELETE', pgid='pgtrigger_sale_flag_stays_98ba9', table='screening_saleflag', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleflag',
            trigger=pgtrigger.compiler.Trigger(name='sale_flag_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sale_flag_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'sale_flag_stays: what is written stays';", hash='7d71452beefb09042cb050d766bfc6b858dbffcc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_sale_flag_stays_truncate_abf6a', table='screening_saleflag', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleflag',
            trigger=pgtrigger.compiler.Trigger(name='sale_flag_as_decided', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IS DISTINCT FROM (NEW."status"))', func="\n                    IF NOT EXISTS (SELECT FROM screening_flagdecision\n                                   WHERE flag_id = NEW.id AND outcome = NEW.status) THEN\n                        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sale_flag_as_decided', TABLE = TG_TABLE_NAME, MESSAGE = 'sale_flag_as_decided: nobody decided so';\n                    END IF;\n                    RETURN NEW;\n                ", hash='064df6760075c45fdbb4002baaf81b451d606889', operation='UPDATE OF "status"', pgid='pgtrigger_sale_flag_as_decided_eca32', table='screening_saleflag', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='saleflag',
            trigger=pgtrigger.compiler.Trigger(name='sale_flag_holds_its_sale', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    PERFORM FROM orders_order WHERE id = NEW.order_id AND paid_at IS NOT NULL FOR NO KEY UPDATE;\n    IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sale_flag_on_a_sale', TABLE = TG_TABLE_NAME, MESSAGE = 'sale_flag_on_a_sale: nothing was paid'; END IF;\n    IF \n    (SELECT kind FROM orders_orderevent WHERE order_id = NEW.order_id AND kind IN ('held', 'released')\n     ORDER BY id DESC LIMIT 1)\n IS DISTINCT FROM 'held' THEN\n        \n    INSERT INTO orders_orderevent (order_id, kind, amount_fen, occurred_at, posted)\n    VALUES (NEW.order_id, 'held', 0, NEW.raised_at, false);\n\n    END IF;\n    RETURN NULL;\n", hash='291630236b0b1f63dcb81efed8c2fc50930bae41', operation='INSERT', pgid='pgtrigger_sale_flag_holds_its_sale_02b4d', table='screening_saleflag', when='AFTER')),
        ),
    ]
