import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access_log', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='accessrecord',
            name='actor',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person'),
        ),
        migrations.AddIndex(
            model_name='accessrecord',
            index=models.Index(fields=['at'], name='access_record_at'),
        ),
        migrations.AddIndex(
            model_name='accessrecord',
            index=models.Index(fields=['actor', '-id'], name='access_record_actor'),
        ),
        migrations.AddIndex(
            model_name='accessrecord',
            index=models.Index(fields=['action', '-id'], name='access_record_action'),
        ),
        migrations.AddIndex(
            model_name='accessrecord',
            index=models.Index(fields=['region_code', '-id'], name='access_record_region'),
        ),
        migrations.AddIndex(
            model_name='accessrecord',
            index=models.Index(fields=['subject'], name='access_record_subject', opclasses=['text_pattern_ops']),
        ),
        migrations.AddConstraint(
            model_name='accessrecord',
            constraint=models.CheckConstraint(condition=models.Q(('subject__regex', '\\S')), name='access_record_named'),
        ),
        migrations.AddConstraint(
            model_name='accessrecord',
            constraint=models.CheckConstraint(condition=models.Q(('region_code', ''), ('region_code__regex', '^\\d{12}$'), _connector='OR'), name='access_record_region_code'),
        ),
        migrations.AddConstraint(
            model_name='accessrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('action', 'looked'), _negated=True), ('reason__regex', '\\S'), _connector='OR'), name='access_record_look_has_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessrecord',
            trigger=pgtrigger.compiler.Trigger(name='access_record_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'access_record_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'access_record_kept: what is written stays';", hash='8708c5638641602b77d25a36649a960e78f24646', operation='UPDATE OR DELETE', pgid='pgtrigger_access_record_kept_aa937', table='access_log_accessrecord', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessrecord',
            trigger=pgtrigger.compiler.Trigger(name='access_record_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'access_record_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'access_record_kept: what is written stays';", hash='27966f534cda141a76add0953159b551fccfcf5f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_access_record_kept_truncate_98a6f', table='access_log_accessrecord', when='BEFORE')),
        ),
    ]
