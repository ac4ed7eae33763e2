import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
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
            name='VillageReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='Month')),
                ('version', models.PositiveSmallIntegerField(verbose_name='Version')),
                ('status', models.CharField(choices=[('prepared', 'Prepared by the village'), ('reviewed', 'Reviewed by the town'), ('approved', 'Approved by the district'), ('published', 'Published'), ('returned', 'Returned')], default='prepared', max_length=9, verbose_name='Status')),
                ('remark', models.CharField(blank=True, max_length=500, verbose_name='Remark of the village')),
                ('content', models.BinaryField(verbose_name='Content')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='SHA-256')),
                ('prepared_at', models.DateTimeField(verbose_name='Prepared at')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Prepared by')),
                ('prepared_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Acting for')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Village')),
            ],
            options={
                'verbose_name': 'Village report',
                'verbose_name_plural': 'Village reports',
                'ordering': ['-month', 'village', '-version'],
            },
        ),
        migrations.CreateModel(
            name='ReportArchive',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='archive', serialize=False, to='village_reports.villagereport')),
                ('pdf', models.BinaryField()),
                ('pdf_sha256', models.CharField(max_length=64)),
                ('xlsx', models.BinaryField()),
                ('xlsx_sha256', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'Archive of a report',
                'verbose_name_plural': 'Archives of reports',
            },
        ),
        migrations.CreateModel(
            name='ReportStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('prepared', 'Prepared by the village'), ('reviewed', 'Reviewed by the town'), ('approved', 'Approved by the district'), ('published', 'Published'), ('returned', 'Returned')], max_length=9, verbose_name='Step')),
                ('at', models.DateTimeField(verbose_name='Done at')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='Reason')),
                ('acting_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Acting for')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Done by')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='village_reports.villagereport', verbose_name='Village report')),
            ],
            options={
                'verbose_name': 'Step of a report',
                'verbose_name_plural': 'Steps of reports',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Deputy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='First day')),
                ('last_day', models.DateField(verbose_name='Last day')),
                ('set_at', models.DateTimeField(verbose_name='Set at')),
                ('withdrawn', models.BooleanField(default=False, verbose_name='Withdrawn')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Deputy')),
                ('principal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Principal')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='As cadre of')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Set by')),
            ],
            options={
                'verbose_name': 'Deputy',
                'verbose_name_plural': 'Deputies',
                'ordering': ['-first_day', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('principal', models.F('deputy')), _negated=True), name='deputy_is_another'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='deputy_days')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deputy',
            trigger=pgtrigger.compiler.Trigger(name='deputy_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.principal_id IS DISTINCT FROM OLD.principal_id OR NEW.region_id IS DISTINCT FROM OLD.region_id OR NEW.deputy_id IS DISTINCT FROM OLD.deputy_id OR NEW.first_day IS DISTINCT FROM OLD.first_day OR NEW.last_day IS DISTINCT FROM OLD.last_day OR NEW.set_by_id IS DISTINCT FROM OLD.set_by_id OR NEW.set_at IS DISTINCT FROM OLD.set_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'deputy_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'deputy_kept: principal_id, region_id, deputy_id, first_day, last_day, set_by_id, set_at never change';", hash='47f87620d9f50935e5a8b7f8ebf2c4daa5ce61dd', operation='UPDATE', pgid='pgtrigger_deputy_kept_576f1', table='village_reports_deputy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deputy',
            trigger=pgtrigger.compiler.Trigger(name='deputy_withdrawn_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NOT OLD.withdrawn) AND (NEW.withdrawn IS DISTINCT FROM OLD.withdrawn))', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'deputy_withdrawn_once', TABLE = TG_TABLE_NAME, MESSAGE = 'deputy_withdrawn_once: withdrawn never change';", hash='b37d6d89d3e812114564490831b36c737f3d53f2', operation='UPDATE', pgid='pgtrigger_deputy_withdrawn_once_97deb', table='village_reports_deputy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deputy',
            trigger=pgtrigger.compiler.Trigger(name='deputy_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'deputy_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'deputy_stays: what is written stays';", hash='abe76488a8ce52073f532e7010bf1795549681ba', operation='DELETE', pgid='pgtrigger_deputy_stays_e8bf0', table='village_reports_deputy', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='deputy',
            trigger=pgtrigger.compiler.Trigger(name='deputy_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'deputy_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'deputy_stays: what is written stays';", hash='5334422561dc322632d8ab0596996f5388ab677d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_deputy_stays_truncate_9192b', table='village_reports_deputy', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reportarchive',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.F('pdf_sha256'), models.Func(models.Func(models.F('pdf'), function='sha256'), models.Value('hex'), function='encode')), django.db.models.lookups.Exact(models.F('xlsx_sha256'), models.Func(models.Func(models.F('xlsx'), function='sha256'), models.Value('hex'), function='encode'))), name='report_archive_hashes'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportarchive',
            trigger=pgtrigger.compiler.Trigger(name='report_archived_when_approved', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT EXISTS (\n            SELECT FROM village_reports_villagereport\n            WHERE id = NEW.report_id AND status = 'approved'\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_archived_when_approved', TABLE = TG_TABLE_NAME, MESSAGE = 'report_archived_when_approved'; END IF;\n        RETURN NEW;\n    ", hash='cd932ae48adaa1369242879ed2e9b5f1630902ce', operation='INSERT', pgid='pgtrigger_report_archived_when_approved_800a0', table='village_reports_reportarchive', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportarchive',
            trigger=pgtrigger.compiler.Trigger(name='report_archive_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_archive_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'report_archive_kept: what is written stays';", hash='80d98f26f94617720cc062e1449feb72017c4ae3', operation='UPDATE OR DELETE', pgid='pgtrigger_report_archive_kept_c2385', table='village_reports_reportarchive', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportarchive',
            trigger=pgtrigger.compiler.Trigger(name='report_archive_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_archive_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'report_archive_kept: what is written stays';", hash='9ad7fede42edfa8b55a371458fd1d2300382e77c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_report_archive_kept_truncate_187d6', table='village_reports_reportarchive', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='villagereport',
            index=models.Index(fields=['status', 'village'], name='village_report_waiting'),
        ),
        migrations.AddConstraint(
            model_name='villagereport',
            constraint=models.UniqueConstraint(fields=('village', 'month', 'version'), name='village_report_version_once'),
        ),
        migrations.AddConstraint(
            model_name='villagereport',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='village_report_month'),
        ),
        migrations.AddConstraint(
            model_name='villagereport',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Right('village', 3), models.Value('000')), _negated=True), name='village_report_of_village'),
        ),
        migrations.AddConstraint(
            model_name='villagereport',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.F('sha256'), models.Func(models.Func(models.F('content'), function='sha256'), models.Value('hex'), function='encode'))), name='village_report_hash'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagereport',
            trigger=pgtrigger.compiler.Trigger(name='village_report_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['>prepared', 'prepared>reviewed', 'reviewed>approved', 'approved>published', 'prepared>returned', 'reviewed>returned', 'approved>returned'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'village_report_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='b30a3c9eb2b0869b0b11a8bf125e506d94101172', operation='INSERT OR UPDATE', pgid='pgtrigger_village_report_edges_301e0', table='village_reports_villagereport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagereport',
            trigger=pgtrigger.compiler.Trigger(name='village_report_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.id IS DISTINCT FROM OLD.id OR NEW.village_id IS DISTINCT FROM OLD.village_id OR NEW.month IS DISTINCT FROM OLD.month OR NEW.version IS DISTINCT FROM OLD.version OR NEW.remark IS DISTINCT FROM OLD.remark OR NEW.content IS DISTINCT FROM OLD.content OR NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.prepared_by_id IS DISTINCT FROM OLD.prepared_by_id OR NEW.prepared_for_id IS DISTINCT FROM OLD.prepared_for_id OR NEW.prepared_at IS DISTINCT FROM OLD.prepared_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'village_report_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'village_report_kept: id, village_id, month, version, remark, content, sha256, prepared_by_id, prepared_for_id, prepared_at never change';", hash='879e45dc7fd6cb633893a1c8222a6c3a53b41034', operation='UPDATE', pgid='pgtrigger_village_report_kept_eac05', table='village_reports_villagereport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagereport',
            trigger=pgtrigger.compiler.Trigger(name='village_report_follows', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.version <> 1 + coalesce(\n            (SELECT CASE status WHEN 'returned' THEN version END\n             FROM village_reports_villagereport\n             WHERE village_id = NEW.village_id AND month = NEW.month\n             ORDER BY version DESC LIMIT 1),\n            CASE WHEN EXISTS (\n                SELECT FROM village_reports_villagereport\n                WHERE village_id = NEW.village_id AND month = NEW.month\n            ) THEN -1 ELSE 0 END\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'village_report_follows', TABLE = TG_TABLE_NAME, MESSAGE = 'village_report_follows'; END IF;\n        RETURN NEW;\n    ", hash='5e0272b760b7d7f074a94c6baacec76756bf791a', operation='INSERT', pgid='pgtrigger_village_report_follows_5a1a8', table='village_reports_villagereport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagereport',
            trigger=pgtrigger.compiler.Trigger(name='village_report_prepared', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        INSERT INTO village_reports_reportstep\n            (report_id, action, by_id, acting_for_id, at, sha256, reason)\n        VALUES (NEW.id, 'prepared', NEW.prepared_by_id, NEW.prepared_for_id, NEW.prepared_at,\n                NEW.sha256, '');\n        RETURN NULL;\n    ", hash='0fb2af43c05944f5d2917d56f51719358e8e50df', operation='INSERT', pgid='pgtrigger_village_report_prepared_f7a45', table='village_reports_villagereport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagereport',
            trigger=pgtrigger.compiler.Trigger(name='village_report_moved_by_steps', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.status IS DISTINCT FROM OLD.status)', func="\n        IF pg_trigger_depth() < 2 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'village_report_moved_by_steps', TABLE = TG_TABLE_NAME, MESSAGE = 'village_report_moved_by_steps'; END IF;\n        RETURN NEW;\n    ", hash='0b377af6588aba93a1122e91c62ce57884911e33', operation='UPDATE', pgid='pgtrigger_village_report_moved_by_steps_1668c', table='village_reports_villagereport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagereport',
            trigger=pgtrigger.compiler.Trigger(name='village_report_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'village_report_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'village_report_stays: what is written stays';", hash='053e7d28845fade8bcacc6fcd45ebabcec1a5a48', operation='DELETE', pgid='pgtrigger_village_report_stays_a4f6c', table='village_reports_villagereport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='villagereport',
            trigger=pgtrigger.compiler.Trigger(name='village_report_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'village_report_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'village_report_stays: what is written stays';", hash='0021cf44b3157cee63f3d2481d4c436bc574d338', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_village_report_stays_truncate_59887', table='village_reports_villagereport', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.UniqueConstraint(fields=('report', 'action'), name='report_step_once'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action', 'returned'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('action', 'returned'), _negated=True), ('reason', '')), _connector='OR'), name='report_returned_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='reportstep',
            constraint=models.CheckConstraint(condition=models.Q(('acting_for', None), models.Q(('acting_for', models.F('by')), _negated=True), _connector='OR'), name='report_step_two_people'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportstep',
            trigger=pgtrigger.compiler.Trigger(name='report_step_signed', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE report village_reports_villagereport%ROWTYPE; people bigint[]; regions text[]; town text; district text;', func="\n        SELECT * INTO report FROM village_reports_villagereport\n        WHERE id = NEW.report_id FOR UPDATE;\n        people := ARRAY[NEW.by_id, coalesce(NEW.acting_for_id, NEW.by_id)]::bigint[];\n        town := left(report.village_id, 9) || '000';\n        district := left(report.village_id, 6) || '000000';\n        regions := CASE NEW.action\n            WHEN 'prepared' THEN ARRAY[report.village_id]\n            WHEN 'reviewed' THEN ARRAY[town]\n            WHEN 'returned' THEN ARRAY[town, district]\n            ELSE ARRAY[district] END;\n        IF NEW.sha256 <> report.sha256 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_step_of_hash', TABLE = TG_TABLE_NAME, MESSAGE = 'report_step_of_hash'; END IF;\n        IF EXISTS (\n    SELECT FROM accounts_user person WHERE person.id = NEW.by_id AND (\n        person.is_superuser OR EXISTS (\n            SELECT FROM accounts_rolegrant\n            WHERE user_id = person.id AND role = 'auditor'))\n) OR NOT EXISTS (\n    SELECT FROM accounts_rolegrant seat JOIN accounts_user person ON person.id = seat.user_id\n    WHERE seat.role = 'cadre' AND seat.user_id = people[2] AND NOT person.is_superuser\n      AND seat.region_id = ANY (regions)\n      AND (NEW.acting_for_id IS NULL OR EXISTS (\n          SELECT FROM village_reports_deputy deputy\n          WHERE deputy.principal_id = NEW.acting_for_id AND deputy.deputy_id = NEW.by_id\n            AND deputy.region_id = seat.region_id AND NOT deputy.withdrawn\n            AND (NEW.at AT TIME ZONE 'Asia/Shanghai')::date\n                BETWEEN deputy.first_day AND deputy.last_day))\n)\n            THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_step_by_level', TABLE = TG_TABLE_NAME, MESSAGE = 'report_step_by_level'; END IF;\n        IF NEW.action IN ('reviewed', 'approved') AND people && ARRAY[\n            report.prepared_by_id, coalesce(report.prepared_for_id, report.prepared_by_id)\n        ]::bigint[] THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_preparer_never_signs', TABLE = TG_TABLE_NAME, MESSAGE = 'report_preparer_never_signs'; END IF;\n        IF NEW.action = 'approved' AND EXISTS (\n            SELECT FROM village_reports_reportstep step\n            WHERE step.report_id = report.id AND step.action = 'reviewed'\n              AND people && ARRAY[step.by_id, coalesce(step.acting_for_id, step.by_id)]::bigint[]\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_reviewer_never_approves', TABLE = TG_TABLE_NAME, MESSAGE = 'report_reviewer_never_approves'; END IF;\n        IF NEW.action = 'published' AND NOT EXISTS (\n            SELECT FROM village_reports_reportarchive WHERE report_id = report.id\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_published_with_archive', TABLE = TG_TABLE_NAME, MESSAGE = 'report_published_with_archive'; END IF;\n        IF NEW.action <> 'prepared' THEN\n            UPDATE village_reports_villagereport SET status = NEW.action WHERE id = report.id;\n        ELSIF pg_trigger_depth() < 2 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_step_prepared_once', TABLE = TG_TABLE_NAME, MESSAGE = 'report_step_prepared_once'; END IF;\n        RETURN NEW;\n    ", hash='9470577be526791544d68dd2e9eff82c3f4d7428', operation='INSERT', pgid='pgtrigger_report_step_signed_7c549', table='village_reports_reportstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportstep',
            trigger=pgtrigger.compiler.Trigger(name='report_step_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_step_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'report_step_kept: what is written stays';", hash='2749cb7d2f55bca31f6fa97a509a5298f8165e27', operation='UPDATE OR DELETE', pgid='pgtrigger_report_step_kept_3f615', table='village_reports_reportstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportstep',
            trigger=pgtrigger.compiler.Trigger(name='report_step_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'report_step_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'report_step_kept: what is written stays';", hash='30d3b48a5ee8b6df852a7134ec52ad5c6bbe6fef', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_report_step_kept_truncate_a4892', table='village_reports_reportstep', when='BEFORE')),
        ),
    ]
