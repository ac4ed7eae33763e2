import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import lukou_market.kernel.encryption
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('households', '0001_initial'),
        ('regions', '0001_initial'),
        ('village_reports', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HouseholdPhone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Phone')),
                ('given_at', models.DateTimeField(verbose_name='Entered at')),
                ('no_texts_since', models.DateTimeField(blank=True, null=True, verbose_name='No texts since')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Entered by')),
                ('household', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='statement_phone', to='households.household', verbose_name='Household')),
            ],
            options={
                'verbose_name': 'Phone of a household',
                'verbose_name_plural': 'Phones of households',
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=16, unique=True, verbose_name='Number of the objection')),
                ('month', models.DateField(verbose_name='Month')),
                ('order_number', models.CharField(blank=True, max_length=24, verbose_name='Order')),
                ('text', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='What seems wrong')),
                ('phone', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='', verbose_name='Phone')),
                ('household_number', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='', verbose_name='Household number')),
                ('received_at', models.DateTimeField(verbose_name='Received at')),
                ('answer_by', models.DateField(verbose_name='Answer by')),
                ('status', models.CharField(choices=[('received', 'Objection received'), ('accepted', 'Being looked into'), ('upheld', 'Agreed with'), ('rejected', 'Not agreed with')], default='received', max_length=8, verbose_name='Status')),
                ('household', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household', verbose_name='Household')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Village')),
            ],
            options={
                'verbose_name': 'Objection',
                'verbose_name_plural': 'Objections',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ObjectionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('received', 'Objection received'), ('accepted', 'Being looked into'), ('upheld', 'Agreed with'), ('rejected', 'Not agreed with')], max_length=8, verbose_name='Step')),
                ('at', models.DateTimeField(verbose_name='Done at')),
                ('words', models.CharField(blank=True, max_length=500, verbose_name='Answer')),
                ('follow_up', models.CharField(blank=True, choices=[('new_version', 'The report is corrected and a new notice replaces this one'), ('next_month', 'The book of the next month corrects it')], default='', max_length=12, verbose_name='What follows')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Done by')),
                ('objection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='public_notices.objection', verbose_name='Objection')),
            ],
            options={
                'verbose_name': 'Step of an objection',
                'verbose_name_plural': 'Steps of objections',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PublicNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, verbose_name='Number')),
                ('month', models.DateField(verbose_name='Month')),
                ('version', models.PositiveSmallIntegerField(verbose_name='Version')),
                ('content', models.BinaryField(verbose_name='Content')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('pdf', models.BinaryField(verbose_name='PDF')),
                ('pdf_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the PDF')),
                ('posted_at', models.DateTimeField(verbose_name='Hanging since')),
                ('open_until', models.DateField(verbose_name='Objections until')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='Ended at')),
                ('posted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Posted by')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='public_notices.publicnotice', verbose_name='Replaces')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='village_reports.villagereport', verbose_name='Village report')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Village')),
            ],
            options={
                'verbose_name': 'Public notice',
                'verbose_name_plural': 'Public notices',
                'ordering': ['-month', 'village', '-version'],
            },
        ),
        migrations.CreateModel(
            name='PostingPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('jpeg', models.BinaryField()),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('width', models.PositiveIntegerField(verbose_name='Width (pixels)')),
                ('height', models.PositiveIntegerField(verbose_name='Height (pixels)')),
                ('caption', models.CharField(blank=True, max_length=80, verbose_name='Caption')),
                ('taken_on', models.DateField(verbose_name='Taken on')),
                ('added_at', models.DateTimeField(verbose_name='Added at')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Added by')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='public_notices.publicnotice', verbose_name='Public notice')),
            ],
            options={
                'verbose_name': 'Photo of a notice',
                'verbose_name_plural': 'Photos of notices',
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='objection',
            name='notice',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='public_notices.publicnotice', verbose_name='Public notice'),
        ),
        migrations.CreateModel(
            name='StatementCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_month', models.DateField(verbose_name='From month')),
                ('last_month', models.DateField(verbose_name='To month')),
                ('number', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Number')),
                ('number_digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='Made at')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household', verbose_name='Household')),
            ],
            options={
                'verbose_name': 'Statement card',
                'verbose_name_plural': 'Statement cards',
            },
        ),
        migrations.CreateModel(
            name='StatementText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField(verbose_name='Asked at')),
                ('due_at', models.DateTimeField(null=True)),
                ('texted_at', models.DateTimeField(null=True, verbose_name='Texted at')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Asked by')),
                ('card', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='text', to='public_notices.statementcard', verbose_name='Statement card')),
            ],
            options={
                'verbose_name': 'Text about a statement',
                'verbose_name_plural': 'Texts about statements',
            },
        ),
        migrations.CreateModel(
            name='NoticeTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(unique=True, verbose_name='In force since')),
                ('least_households', models.PositiveSmallIntegerField(verbose_name='Fewest households shown')),
                ('open_days', models.PositiveSmallIntegerField(verbose_name='Days open')),
                ('answer_days', models.PositiveSmallIntegerField(verbose_name='Days until an answer')),
                ('reason', models.CharField(max_length=200, verbose_name='Reason')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Set by')),
            ],
            options={
                'verbose_name': 'Terms of notices',
                'verbose_name_plural': 'Terms of notices',
                'ordering': ['-since'],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer_days__gte', 1), ('least_households__gte', 2), ('open_days__gte', 10)), name='notice_terms_within'), models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='notice_terms_reason')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticeterms',
            trigger=pgtrigger.compiler.Trigger(name='notice_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'notice_terms_kept: what is written stays';", hash='bee0e082dffc143992a960023ac17818b6d1faa2', operation='UPDATE OR DELETE', pgid='pgtrigger_notice_terms_kept_443dd', table='public_notices_noticeterms', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='noticeterms',
            trigger=pgtrigger.compiler.Trigger(name='notice_terms_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'notice_terms_kept: what is written stays';", hash='1d455170d62873b68770e5ddd324c8cc3a3f6c90', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_notice_terms_kept_truncate_f4ad1', table='public_notices_noticeterms', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='objectionstep',
            constraint=models.UniqueConstraint(fields=('objection', 'action'), name='objection_step_once'),
        ),
        migrations.AddConstraint(
            model_name='objectionstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action', 'accepted'), ('follow_up', '')), models.Q(('action', 'upheld'), ('words__regex', '\\S'), models.Q(('follow_up', ''), _negated=True)), models.Q(('action', 'rejected'), ('follow_up', ''), ('words__regex', '\\S')), _connector='OR'), name='objection_step_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objectionstep',
            trigger=pgtrigger.compiler.Trigger(name='objection_handler_is_another', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF EXISTS (\n            SELECT FROM public_notices_objection objection\n            LEFT JOIN public_notices_publicnotice posted ON posted.id = objection.notice_id\n            LEFT JOIN village_reports_villagereport report\n                ON report.village_id = objection.village_id AND report.month = objection.month\n            WHERE objection.id = NEW.objection_id\n              AND NEW.by_id IN (posted.posted_by_id, report.prepared_by_id, report.prepared_for_id)\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_handler_is_another', TABLE = TG_TABLE_NAME, MESSAGE = 'objection_handler_is_another'; END IF;\n        RETURN NEW;\n    ", hash='00fa09227bba801024cfddf16b6699bcd1714649', operation='INSERT', pgid='pgtrigger_objection_handler_is_another_d0537', table='public_notices_objectionstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objectionstep',
            trigger=pgtrigger.compiler.Trigger(name='objection_step_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_step_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'objection_step_kept: what is written stays';", hash='33b3b672371d18d6c721b347e3dc929757d0bf75', operation='UPDATE OR DELETE', pgid='pgtrigger_objection_step_kept_87c06', table='public_notices_objectionstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objectionstep',
            trigger=pgtrigger.compiler.Trigger(name='objection_step_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_step_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'objection_step_kept: what is written stays';", hash='055023572a991f2781e348a713dc30b12372431e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_objection_step_kept_truncate_46996', table='public_notices_objectionstep', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='publicnotice',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['open_until'], name='notice_under_way'),
        ),
        migrations.AddConstraint(
            model_name='publicnotice',
            constraint=models.UniqueConstraint(fields=('number',), name='notice_number_once'),
        ),
        migrations.AddConstraint(
            model_name='publicnotice',
            constraint=models.UniqueConstraint(fields=('village', 'month', 'version'), name='notice_version_once'),
        ),
        migrations.AddConstraint(
            model_name='publicnotice',
            constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='notice_month_first_day'),
        ),
        migrations.AddConstraint(
            model_name='publicnotice',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Right('village', 3), models.Value('000')), _negated=True), name='notice_of_village'),
        ),
        migrations.AddConstraint(
            model_name='publicnotice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replaces', None), ('version', 1)), models.Q(('replaces__isnull', False), ('version__gt', 1)), _connector='OR'), name='notice_replaces_when_later'),
        ),
        migrations.AddConstraint(
            model_name='publicnotice',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.F('sha256'), models.Func(models.Func(models.F('content'), function='sha256'), models.Value('hex'), function='encode')), django.db.models.lookups.Exact(models.F('pdf_sha256'), models.Func(models.Func(models.F('pdf'), function='sha256'), models.Value('hex'), function='encode'))), name='notice_hashes'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicnotice',
            trigger=pgtrigger.compiler.Trigger(name='public_notice_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.number IS DISTINCT FROM OLD.number OR NEW.village_id IS DISTINCT FROM OLD.village_id OR NEW.month IS DISTINCT FROM OLD.month OR NEW.version IS DISTINCT FROM OLD.version OR NEW.replaces_id IS DISTINCT FROM OLD.replaces_id OR NEW.report_id IS DISTINCT FROM OLD.report_id OR NEW.content IS DISTINCT FROM OLD.content OR NEW.sha256 IS DISTINCT FROM OLD.sha256 OR NEW.pdf IS DISTINCT FROM OLD.pdf OR NEW.pdf_sha256 IS DISTINCT FROM OLD.pdf_sha256 OR NEW.posted_by_id IS DISTINCT FROM OLD.posted_by_id OR NEW.posted_at IS DISTINCT FROM OLD.posted_at OR NEW.open_until IS DISTINCT FROM OLD.open_until)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'public_notice_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'public_notice_kept: number, village_id, month, version, replaces_id, report_id, content, sha256, pdf, pdf_sha256, posted_by_id, posted_at, open_until never change';", hash='de6d8ce56eaceda72dd4a049c999559f6a77877a', operation='UPDATE', pgid='pgtrigger_public_notice_kept_40d6b', table='public_notices_publicnotice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicnotice',
            trigger=pgtrigger.compiler.Trigger(name='notice_ended_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD.ended_at IS NULL) AND (NEW.ended_at IS DISTINCT FROM OLD.ended_at))', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_ended_once', TABLE = TG_TABLE_NAME, MESSAGE = 'notice_ended_once: ended_at never change';", hash='e95620f2b988d71151772dde60a33b07dfbf2304', operation='UPDATE', pgid='pgtrigger_notice_ended_once_b8a7b', table='public_notices_publicnotice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicnotice',
            trigger=pgtrigger.compiler.Trigger(name='notice_of_an_approved_report', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT EXISTS (\n            SELECT FROM village_reports_villagereport report\n            WHERE report.id = NEW.report_id AND report.village_id = NEW.village_id\n              AND report.month = NEW.month AND report.status IN ('approved', 'published')\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_of_an_approved_report', TABLE = TG_TABLE_NAME, MESSAGE = 'notice_of_an_approved_report'; END IF;\n        RETURN NEW;\n    ", hash='6b885695967d4e796a8f78dde2fc37e6539d97c5', operation='INSERT', pgid='pgtrigger_notice_of_an_approved_report_5b589', table='public_notices_publicnotice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicnotice',
            trigger=pgtrigger.compiler.Trigger(name='notice_follows', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.version > 1 AND NOT EXISTS (\n            SELECT FROM public_notices_publicnotice earlier\n            WHERE earlier.id = NEW.replaces_id AND earlier.village_id = NEW.village_id\n              AND earlier.month = NEW.month AND earlier.version = NEW.version - 1\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_follows', TABLE = TG_TABLE_NAME, MESSAGE = 'notice_follows'; END IF;\n        RETURN NEW;\n    ", hash='bd03b4b27bcafc135bbf576f59192b3b0eb6688e', operation='INSERT', pgid='pgtrigger_notice_follows_c1e9a', table='public_notices_publicnotice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicnotice',
            trigger=pgtrigger.compiler.Trigger(name='notice_open_ten_days', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.open_until < (NEW.posted_at AT TIME ZONE 'Asia/Shanghai')::date + 10\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_open_ten_days', TABLE = TG_TABLE_NAME, MESSAGE = 'notice_open_ten_days'; END IF;\n        RETURN NEW;\n    ", hash='4059487426e433abb1f716236bf435f0d00c427b', operation='INSERT', pgid='pgtrigger_notice_open_ten_days_715af', table='public_notices_publicnotice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicnotice',
            trigger=pgtrigger.compiler.Trigger(name='notice_ends_after_its_days', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.ended_at IS NOT NULL AND (NEW.ended_at AT TIME ZONE 'Asia/Shanghai')::date <= NEW.open_until\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_ends_after_its_days', TABLE = TG_TABLE_NAME, MESSAGE = 'notice_ends_after_its_days'; END IF;\n        IF NEW.ended_at IS NOT NULL AND EXISTS (\n            SELECT FROM public_notices_objection\n            WHERE notice_id = NEW.id AND status IN ('received', 'accepted')\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'notice_waits_for_objections', TABLE = TG_TABLE_NAME, MESSAGE = 'notice_waits_for_objections'; END IF;\n        RETURN NEW;\n    ", hash='ba316fe1702350d83b6e3e874d3c7190e3f817b7', operation='INSERT OR UPDATE', pgid='pgtrigger_notice_ends_after_its_days_363f4', table='public_notices_publicnotice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicnotice',
            trigger=pgtrigger.compiler.Trigger(name='public_notice_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'public_notice_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'public_notice_stays: what is written stays';", hash='ced1822bdc436b8769d50b0f19f523c60dc61a23', operation='DELETE', pgid='pgtrigger_public_notice_stays_bfeb4', table='public_notices_publicnotice', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publicnotice',
            trigger=pgtrigger.compiler.Trigger(name='public_notice_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'public_notice_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'public_notice_stays: what is written stays';", hash='a2563b71193c6bb5f1408753c2271ab683b6ffe1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_public_notice_stays_truncate_b580c', table='public_notices_publicnotice', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='postingphoto',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(models.F('sha256'), models.Func(models.Func(models.F('jpeg'), function='sha256'), models.Value('hex'), function='encode'))), name='posting_photo_hash'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postingphoto',
            trigger=pgtrigger.compiler.Trigger(name='posting_photo_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_photo_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'posting_photo_kept: what is written stays';", hash='c0fccbb7c107c725dcef6246326637404de5dd21', operation='UPDATE OR DELETE', pgid='pgtrigger_posting_photo_kept_38ad2', table='public_notices_postingphoto', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='postingphoto',
            trigger=pgtrigger.compiler.Trigger(name='posting_photo_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_photo_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'posting_photo_kept: what is written stays';", hash='a988474d2792da1820c9312f2f0aa5f9781f9473', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_posting_photo_kept_truncate_ab61d', table='public_notices_postingphoto', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='objection',
            index=models.Index(condition=models.Q(('status__in', ['received', 'accepted'])), fields=['village', 'answer_by'], name='objection_open'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('notice__isnull', False), ('household__isnull', False), _connector='OR'), name='objection_to_something'),
        ),
        migrations.AddConstraint(
            model_name='objection',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='objection_says_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['>received', 'received>accepted', 'accepted>upheld', 'accepted>rejected'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='802ee01cb429bc9cb83ca7ad272294d4048c924e', operation='INSERT OR UPDATE', pgid='pgtrigger_objection_edges_b5f34', table='public_notices_objection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.number IS DISTINCT FROM OLD.number OR NEW.village_id IS DISTINCT FROM OLD.village_id OR NEW.month IS DISTINCT FROM OLD.month OR NEW.notice_id IS DISTINCT FROM OLD.notice_id OR NEW.household_id IS DISTINCT FROM OLD.household_id OR NEW.order_number IS DISTINCT FROM OLD.order_number OR NEW.text IS DISTINCT FROM OLD.text OR NEW.phone IS DISTINCT FROM OLD.phone OR NEW.household_number IS DISTINCT FROM OLD.household_number OR NEW.received_at IS DISTINCT FROM OLD.received_at OR NEW.answer_by IS DISTINCT FROM OLD.answer_by)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'objection_kept: number, village_id, month, notice_id, household_id, order_number, text, phone, household_number, received_at, answer_by never change';", hash='d0898ae459c4f89a1d4c8e4435773915f2995466', operation='UPDATE', pgid='pgtrigger_objection_kept_1c35a', table='public_notices_objection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_in_time', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE posted public_notices_publicnotice%ROWTYPE;', func="\n        IF NEW.notice_id IS NULL THEN RETURN NEW; END IF;\n        SELECT * INTO posted FROM public_notices_publicnotice\n        WHERE id = NEW.notice_id FOR NO KEY UPDATE;\n        IF posted.village_id <> NEW.village_id OR posted.month <> NEW.month\n           OR posted.ended_at IS NOT NULL\n           OR (NEW.received_at AT TIME ZONE 'Asia/Shanghai')::date > posted.open_until\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_in_time', TABLE = TG_TABLE_NAME, MESSAGE = 'objection_in_time'; END IF;\n        RETURN NEW;\n    ", hash='23e754eaf89b39c0cbeb00440a8ba637955a3569', operation='INSERT', pgid='pgtrigger_objection_in_time_ec7ae', table='public_notices_objection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_moved_by_step', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.status <> OLD.status AND NOT EXISTS (\n            SELECT FROM public_notices_objectionstep\n            WHERE objection_id = NEW.id AND action = NEW.status\n        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_moved_by_step', TABLE = TG_TABLE_NAME, MESSAGE = 'objection_moved_by_step'; END IF;\n        RETURN NEW;\n    ", hash='9ed1e2fafeed7c2b119cd5e080d9d1e497d6b290', operation='UPDATE', pgid='pgtrigger_objection_moved_by_step_6af73', table='public_notices_objection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'objection_stays: what is written stays';", hash='8de1b05f7d3c7075df3850f2e41456b383faddb6', operation='DELETE', pgid='pgtrigger_objection_stays_814a7', table='public_notices_objection', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='objection',
            trigger=pgtrigger.compiler.Trigger(name='objection_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'objection_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'objection_stays: what is written stays';", hash='c1204892eba33d628386f9c005d790a27d040018', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_objection_stays_truncate_5b72b', table='public_notices_objection', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='statementcard',
            constraint=models.UniqueConstraint(fields=('household', 'first_month', 'last_month'), name='statement_card_once'),
        ),
        migrations.AddConstraint(
            model_name='statementcard',
            constraint=models.CheckConstraint(condition=models.Q(('first_month__day', 1), ('last_month__day', 1), ('last_month__gte', models.F('first_month'))), name='statement_card_months'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementcard',
            trigger=pgtrigger.compiler.Trigger(name='statement_card_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_card_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'statement_card_kept: what is written stays';", hash='04c9b670382b1cc6bede6ff4663ef865d648e29b', operation='UPDATE OR DELETE', pgid='pgtrigger_statement_card_kept_56b31', table='public_notices_statementcard', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementcard',
            trigger=pgtrigger.compiler.Trigger(name='statement_card_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_card_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'statement_card_kept: what is written stays';", hash='e92f76f13012d1afd0b745c421aa29488d6fd9ac', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_statement_card_kept_truncate_f0d2e', table='public_notices_statementcard', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='statementtext',
            index=models.Index(condition=models.Q(('due_at', None), _negated=True), fields=['due_at'], name='statement_text_due'),
        ),
        migrations.AddConstraint(
            model_name='statementtext',
            constraint=models.CheckConstraint(condition=models.Q(('texted_at', None), ('due_at', None), _connector='OR'), name='statement_text_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementtext',
            trigger=pgtrigger.compiler.Trigger(name='statement_text_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.card_id IS DISTINCT FROM OLD.card_id OR NEW.asked_by_id IS DISTINCT FROM OLD.asked_by_id OR NEW.asked_at IS DISTINCT FROM OLD.asked_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_text_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'statement_text_kept: card_id, asked_by_id, asked_at never change';", hash='5204919945e1bae12e5f704c1f6de1dc2f9b18aa', operation='UPDATE', pgid='pgtrigger_statement_text_kept_40fbc', table='public_notices_statementtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementtext',
            trigger=pgtrigger.compiler.Trigger(name='statement_texted_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD.texted_at IS NULL) AND (NEW.texted_at IS DISTINCT FROM OLD.texted_at))', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_texted_once', TABLE = TG_TABLE_NAME, MESSAGE = 'statement_texted_once: texted_at never change';", hash='afd537f95194c77ec8aaf00a569f718f6cdc6bdf', operation='UPDATE', pgid='pgtrigger_statement_texted_once_432e9', table='public_notices_statementtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementtext',
            trigger=pgtrigger.compiler.Trigger(name='statement_text_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_text_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'statement_text_stays: what is written stays';", hash='8594638e28dc551797610ea16826592f39ab6045', operation='DELETE', pgid='pgtrigger_statement_text_stays_2962a', table='public_notices_statementtext', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statementtext',
            trigger=pgtrigger.compiler.Trigger(name='statement_text_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'statement_text_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'statement_text_stays: what is written stays';", hash='9a772683289662edf5bb9506164044c0cdcf4f0e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_statement_text_stays_truncate_34bfb', table='public_notices_statementtext', when='BEFORE')),
        ),
    ]
