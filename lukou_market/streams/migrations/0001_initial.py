import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalog', '0001_initial'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('certificate_number', models.CharField(max_length=30, unique=True, verbose_name='Certificate number')),
                ('certified_during', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='Certified during')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='User')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Village')),
            ],
            options={
                'verbose_name': 'Host',
                'verbose_name_plural': 'Hosts',
            },
        ),
        migrations.CreateModel(
            name='LiveSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60, verbose_name='Title')),
                ('status', models.CharField(choices=[('scheduled', 'Scheduled'), ('live', 'Live'), ('interrupted', 'Interrupted'), ('ended', 'Ended'), ('cancelled', 'Cancelled')], default='scheduled', editable=False, max_length=11, verbose_name='Status')),
                ('scheduled_at', models.DateTimeField(verbose_name='Scheduled for')),
                ('started_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Started at')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Ended at')),
                ('viewers', models.PositiveIntegerField(default=0, editable=False, verbose_name='Viewers')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='streams.host', verbose_name='Host')),
            ],
            options={
                'verbose_name': 'Live session',
                'verbose_name_plural': 'Live sessions',
                'ordering': ['-scheduled_at'],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price_fen', models.PositiveIntegerField(verbose_name='Price (fen)')),
                ('quota', models.PositiveIntegerField(verbose_name='Quota')),
                ('taken', models.PositiveIntegerField(default=0, editable=False, verbose_name='Taken')),
                ('limit_per_buyer', models.PositiveIntegerField(verbose_name='Limit per buyer')),
                ('opens_at', models.DateTimeField(blank=True, null=True, verbose_name='Opens')),
                ('closes_at', models.DateTimeField(blank=True, null=True, verbose_name='Closes')),
                ('paused', models.BooleanField(default=False, verbose_name='Paused')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='streams.livesession', verbose_name='Live session')),
                ('sku', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalog.sku', verbose_name='SKU')),
            ],
            options={
                'verbose_name': 'Offer',
                'verbose_name_plural': 'Offers',
                'ordering': ['id'],
            },
        ),
        migrations.AddField(
            model_name='livesession',
            name='pinned_offer',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='streams.offer', verbose_name='Pinned offer'),
        ),
        migrations.AddConstraint(
            model_name='host',
            constraint=models.CheckConstraint(condition=models.Q(('certified_during__isempty', False)), name='host_certificate_dated'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.UniqueConstraint(fields=('session', 'sku'), name='offer_sku_once'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('price_fen__gt', 0)), name='offer_price_positive'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('quota__gt', 0)), name='offer_quota_positive'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('limit_per_buyer__gt', 0)), name='offer_limit_positive'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('taken__gte', 0), ('taken__lte', models.F('quota'))), name='offer_taken_within_quota'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.CheckConstraint(condition=models.Q(('opens_at__isnull', True), ('closes_at__isnull', True), ('closes_at__gt', models.F('opens_at')), _connector='OR'), name='offer_window'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='offer_identity_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.session_id IS DISTINCT FROM OLD.session_id OR NEW.sku_id IS DISTINCT FROM OLD.sku_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_identity_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'offer_identity_kept: session_id, sku_id never change'; END IF; RETURN NEW;", hash='8cfca66e5d27a6f23318f432ad224f30d09df0c6', operation='UPDATE', pgid='pgtrigger_offer_identity_kept_d7101', table='streams_offer', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='livesession',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['scheduled', 'cancelled']), models.Q(('started_at__isnull', False), ('status__in', ['live', 'interrupted'])), models.Q(('ended_at__gte', models.F('started_at')), ('started_at__isnull', False), ('status', 'ended')), _connector='OR'), name='live_session_times'),
        ),
        migrations.AddConstraint(
            model_name='livesession',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['live', 'interrupted'])), fields=('host',), name='host_one_live_session'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='livesession',
            trigger=pgtrigger.compiler.Trigger(name='live_session_edges', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n            IF (TG_OP = 'INSERT' OR NEW.status <> OLD.status)\n               AND NOT ((CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status = ANY (ARRAY['>scheduled', 'scheduled>live', 'scheduled>cancelled', 'live>interrupted', 'interrupted>live', 'live>ended', 'interrupted>ended'])) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'live_session_edges', TABLE = TG_TABLE_NAME, MESSAGE = 'status can not move ' || (CASE TG_OP WHEN 'INSERT' THEN '' ELSE OLD.status END) || '>' || NEW.status; END IF;\n            RETURN NEW;\n        ", hash='e221ea4b84eaa84e6f5003ee3bb7b90be0f3e638', operation='INSERT OR UPDATE', pgid='pgtrigger_live_session_edges_38ae4', table='streams_livesession', when='BEFORE')),
        ),
    ]
