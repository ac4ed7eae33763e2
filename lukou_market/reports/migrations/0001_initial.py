import django.db.models.deletion
import django.db.models.fields.json
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AidTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('version', models.PositiveIntegerField(verbose_name='Version')),
                ('target_fen', models.BigIntegerField(verbose_name='Target (fen)')),
                ('proposed_at', models.DateTimeField(verbose_name='Proposed at')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='Approved at')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Approved by')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Proposed by')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='targets', to='regions.region', verbose_name='Region')),
            ],
            options={
                'verbose_name': 'Sales target',
                'verbose_name_plural': 'Sales targets',
                'ordering': ['-year', 'region', '-version'],
            },
        ),
        migrations.CreateModel(
            name='TrackedAidTarget',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('reports.aidtarget',),
        ),
        migrations.CreateModel(
            name='AidTargetChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('year', models.PositiveSmallIntegerField(verbose_name='Year')),
                ('version', models.PositiveIntegerField(verbose_name='Version')),
                ('target_fen', models.BigIntegerField(verbose_name='Target (fen)')),
                ('proposed_at', models.DateTimeField(verbose_name='Proposed at')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='Approved at')),
                ('approved_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Approved by')),
                ('proposed_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Proposed by')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('channel', 'Sales by channel'), ('target', 'Targets and completion'), ('stream', 'Stream report'), ('household', 'Household income'), ('coverage', 'Coverage by projects'), ('lines', 'Order lines of the period'), ('statements', 'Statement cards')], max_length=10, verbose_name='Report')),
                ('file_format', models.CharField(choices=[('xlsx', 'Excel'), ('csv', 'CSV'), ('pdf', 'PDF')], max_length=4, verbose_name='File')),
                ('first_month', models.DateField(verbose_name='First month')),
                ('last_month', models.DateField(verbose_name='Last month')),
                ('channel', models.CharField(blank=True, choices=[('livestream', 'Livestream'), ('trade_union', 'Trade union purchase'), ('budget_unit', 'Budget unit purchase'), ('platform_832', '832 platform'), ('offline', 'Offline')], max_length=12, verbose_name='Channel')),
                ('money', models.CharField(choices=[('yuan', 'yuan'), ('wan', '10,000 yuan')], default='yuan', max_length=4)),
                ('weight', models.CharField(choices=[('kg', 'kg'), ('jin', 'jin')], default='kg', max_length=3)),
                ('asked_at', models.DateTimeField(verbose_name='Asked for at')),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Being written'), ('ready', 'Ready'), ('failed', 'Failed')], default='waiting', max_length=7, verbose_name='Status')),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('claimed_until', models.DateTimeField(null=True)),
                ('done_rows', models.PositiveIntegerField(default=0)),
                ('of_rows', models.PositiveIntegerField(default=0)),
                ('as_of', models.DateTimeField(null=True, verbose_name='Figures as of')),
                ('content_sha256', models.CharField(blank=True, max_length=64)),
                ('file_sha256', models.CharField(blank=True, max_length=64)),
                ('path', models.CharField(blank=True, max_length=80)),
                ('refusal', models.CharField(blank=True, max_length=40)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Asked for by')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Region')),
            ],
            options={
                'verbose_name': 'Export',
                'verbose_name_plural': 'Exports',
                'ordering': ['-id'],
            },
        ),
        migrations.AddIndex(
            model_name='aidtarget',
            index=models.Index(fields=['year', 'region', '-version'], name='target_of_year'),
        ),
        migrations.AddConstraint(
            model_name='aidtarget',
            constraint=models.UniqueConstraint(fields=('region', 'year', 'version'), name='target_version_once'),
        ),
        migrations.AddConstraint(
            model_name='aidtarget',
            constraint=models.CheckConstraint(condition=models.Q(('target_fen__gt', 0)), name='target_positive'),
        ),
        migrations.AddConstraint(
            model_name='aidtarget',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2000), ('year__lte', 2099)), name='target_year'),
        ),
        migrations.AddConstraint(
            model_name='aidtarget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('approved_by', None)), models.Q(('approved_at__isnull', False), ('approved_by__isnull', False)), _connector='OR'), name='target_approved_dated'),
        ),
        migrations.AddConstraint(
            model_name='aidtarget',
            constraint=models.CheckConstraint(condition=models.Q(('approved_by', None), models.Q(('approved_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='target_two_people'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidtarget',
            trigger=pgtrigger.compiler.Trigger(name='target_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.region_id IS DISTINCT FROM OLD.region_id OR NEW.year IS DISTINCT FROM OLD.year OR NEW.version IS DISTINCT FROM OLD.version OR NEW.target_fen IS DISTINCT FROM OLD.target_fen OR NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id OR NEW.proposed_at IS DISTINCT FROM OLD.proposed_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'target_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'target_terms_kept: region_id, year, version, target_fen, proposed_by_id, proposed_at never change';", hash='93273fe621671a900e18057e17e70369c342c5f4', operation='UPDATE', pgid='pgtrigger_target_terms_kept_6e661', table='reports_aidtarget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidtarget',
            trigger=pgtrigger.compiler.Trigger(name='target_approved_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD.approved_at IS NULL) AND (NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id OR NEW.approved_at IS DISTINCT FROM OLD.approved_at))', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'target_approved_once', TABLE = TG_TABLE_NAME, MESSAGE = 'target_approved_once: approved_by_id, approved_at never change';", hash='9f42c4a4b52ce6a07b363027ded0bdc365b3867a', operation='UPDATE', pgid='pgtrigger_target_approved_once_7b18d', table='reports_aidtarget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidtarget',
            trigger=pgtrigger.compiler.Trigger(name='target_newest_is_approved', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    IF OLD.approved_at IS NULL AND NEW.approved_at IS NOT NULL AND EXISTS (\n                        SELECT FROM reports_aidtarget later WHERE later.region_id = OLD.region_id\n                        AND later.year = OLD.year AND later.version > OLD.version\n                    ) THEN\n                        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'target_newest_is_approved', TABLE = TG_TABLE_NAME, MESSAGE = 'target_newest_is_approved: a newer one is there';\n                    END IF;\n                    RETURN NEW;\n                ", hash='d552da499c9637ab486b9a3512acafa04d1eb58d', operation='UPDATE', pgid='pgtrigger_target_newest_is_approved_9a9ab', table='reports_aidtarget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidtarget',
            trigger=pgtrigger.compiler.Trigger(name='target_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'target_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'target_stays: what is written stays';", hash='ccd2223563203ce4c9612e8c66abb8be44d2ef5f', operation='DELETE', pgid='pgtrigger_target_stays_ab849', table='reports_aidtarget', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidtarget',
            trigger=pgtrigger.compiler.Trigger(name='target_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'target_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'target_stays: what is written stays';", hash='f351d7438c294c687aae9e8334e93df9c1b5846b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_target_stays_truncate_b21b0', table='reports_aidtarget', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='aidtargetchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='reports.trackedaidtarget'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidtarget',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_aidtargetchange" ("approved_at", "approved_by_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "region_id", "target_fen", "version", "year") SELECT new_values."approved_at", new_values."approved_by_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."region_id", new_values."target_fen", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b2cdf74909229574a67c5694b6a5b714231f4ab4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f0169', referencing='REFERENCING NEW TABLE AS new_values ', table='reports_aidtarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidtarget',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_aidtargetchange" ("approved_at", "approved_by_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "region_id", "target_fen", "version", "year") SELECT new_values."approved_at", new_values."approved_by_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."proposed_at", new_values."proposed_by_id", new_values."region_id", new_values."target_fen", new_values."version", new_values."year" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3965db2d7b3617af87fba3355fa266de95e7c505', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1c284', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reports_aidtarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidtarget',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reports_aidtargetchange" ("approved_at", "approved_by_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "proposed_at", "proposed_by_id", "region_id", "target_fen", "version", "year") SELECT old_values."approved_at", old_values."approved_by_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."proposed_at", old_values."proposed_by_id", old_values."region_id", old_values."target_fen", old_values."version", old_values."year" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2af33a223e2309734dec5785f0ad68b80770a00c', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_410b8', referencing='REFERENCING OLD TABLE AS old_values ', table='reports_aidtarget', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(condition=models.Q(('status__in', ['waiting', 'running'])), fields=['id'], name='export_due'),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(fields=['asked_by', '-id'], name='export_of_person'),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(condition=models.Q(('content_sha256', ''), _negated=True), fields=['content_sha256'], name='export_on_paper'),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(condition=models.Q(('path', ''), _negated=True), fields=['asked_at'], name='export_kept'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(('first_month__day', 1), ('last_month__day', 1), ('last_month__gte', models.F('first_month'))), name='export_months'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'ready'), _negated=True), models.Q(('as_of__isnull', False), ('content_sha256__regex', '^[0-9a-f]{64}$'), ('file_sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='export_ready_is_known'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'running'), _negated=True), ('claimed_until__isnull', False), _connector='OR'), name='export_running_is_claimed'),
        ),
        migrations.AddConstraint(
            model_name='export',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'failed'), _negated=True), models.Q(('refusal', ''), _negated=True), _connector='OR'), name='export_failed_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='export',
            trigger=pgtrigger.compiler.Trigger(name='export_question_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.kind IS DISTINCT FROM OLD.kind OR NEW.file_format IS DISTINCT FROM OLD.file_format OR NEW.region_id IS DISTINCT FROM OLD.region_id OR NEW.first_month IS DISTINCT FROM OLD.first_month OR NEW.last_month IS DISTINCT FROM OLD.last_month OR NEW.channel IS DISTINCT FROM OLD.channel OR NEW.money IS DISTINCT FROM OLD.money OR NEW.weight IS DISTINCT FROM OLD.weight OR NEW.asked_by_id IS DISTINCT FROM OLD.asked_by_id OR NEW.asked_at IS DISTINCT FROM OLD.asked_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'export_question_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'export_question_kept: kind, file_format, region_id, first_month, last_month, channel, money, weight, asked_by_id, asked_at never change';", hash='c635ddc95c3127841d8a880b9ee353711bd539b2', operation='UPDATE', pgid='pgtrigger_export_question_kept_0ab71', table='reports_export', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='export',
            trigger=pgtrigger.compiler.Trigger(name='export_ready_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NOT (OLD.status <> 'ready') AND (NEW.status IS DISTINCT FROM OLD.status OR NEW.as_of IS DISTINCT FROM OLD.as_of OR NEW.content_sha256 IS DISTINCT FROM OLD.content_sha256 OR NEW.file_sha256 IS DISTINCT FROM OLD.file_sha256))", func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'export_ready_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'export_ready_kept: status, as_of, content_sha256, file_sha256 never change';", hash='9b97f2429466d302986696820126cb1db208fccf', operation='UPDATE', pgid='pgtrigger_export_ready_kept_bfe8d', table='reports_export', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='export',
            trigger=pgtrigger.compiler.Trigger(name='export_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'export_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'export_stays: what is written stays';", hash='d545e7aeaf10d9719fa27b40264c3aa64ed7bd78', operation='DELETE', pgid='pgtrigger_export_stays_57041', table='reports_export', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='export',
            trigger=pgtrigger.compiler.Trigger(name='export_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'export_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'export_stays: what is written stays';", hash='817bfe35633b654eaa39c4bf7b8c2d97291c5e16', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_export_stays_truncate_45307', table='reports_export', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='aidtargetchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='aidtarget_change_at'),
        ),
        migrations.AddIndex(
            model_name='aidtargetchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='aidtarget_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidtargetchange',
            trigger=pgtrigger.compiler.Trigger(name='aidtarget_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'aidtarget_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'aidtarget_changes_kept: what is written stays';", hash='7f7febcf165a39b84e2292a952f3833f50a8b2cf', operation='UPDATE OR DELETE', pgid='pgtrigger_aidtarget_changes_kept_57f4b', table='reports_aidtargetchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidtargetchange',
            trigger=pgtrigger.compiler.Trigger(name='aidtarget_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'aidtarget_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'aidtarget_changes_kept: what is written stays';", hash='69cebd5e7cc155fcb1f6cb40fd10f66858a466e5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_aidtarget_changes_kept_truncate_c3b50', table='reports_aidtargetchange', when='BEFORE')),
        ),
    ]
