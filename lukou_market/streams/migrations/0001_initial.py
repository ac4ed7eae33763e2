import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import lukou_market.kernel.encryption
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
            name='BlockedWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=30, unique=True, verbose_name='Word')),
            ],
            options={
                'verbose_name': 'Blocked word',
                'verbose_name_plural': 'Blocked words',
                'ordering': ['word'],
            },
        ),
        migrations.CreateModel(
            name='LiveSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=60, verbose_name='Title')),
                ('status', models.CharField(choices=[('scheduled', 'Scheduled'), ('live', 'Live'), ('interrupted', 'Interrupted'), ('ended', 'Ended'), ('cancelled', 'Cancelled')], default='scheduled', editable=False, max_length=11, verbose_name='Status')),
                ('status_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='In this status since')),
                ('scheduled_at', models.DateTimeField(verbose_name='Scheduled for')),
                ('started_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Started at')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='Ended at')),
                ('notice', models.CharField(blank=True, editable=False, max_length=120, verbose_name="Host's notice")),
                ('viewers', models.PositiveIntegerField(default=0, editable=False, verbose_name='Viewers')),
            ],
            options={
                'verbose_name': 'Live session',
                'verbose_name_plural': 'Live sessions',
                'ordering': ['-scheduled_at'],
            },
        ),
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
            name='ChatRestriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField(blank=True, null=True, verbose_name='Until')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Made at')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Made by')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chat_restrictions', to='streams.host')),
            ],
            options={
                'verbose_name': 'Chat restriction',
                'verbose_name_plural': 'Chat restrictions',
            },
        ),
        migrations.CreateModel(
            name='Replay',
            fields=[
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='replay', serialize=False, to='streams.livesession')),
                ('length_ms', models.PositiveIntegerField(verbose_name='Length (ms)')),
                ('made_at', models.DateTimeField(verbose_name='Made at')),
            ],
        ),
        migrations.CreateModel(
            name='ReplayJob',
            fields=[
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='replay_job', serialize=False, to='streams.livesession')),
                ('due_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='StreamKey',
            fields=[
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='stream_key', serialize=False, to='streams.livesession')),
                ('secret', lukou_market.kernel.encryption.EncryptedTextField(editable=False)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('publisher', models.CharField(blank=True, default='', editable=False, max_length=40)),
                ('publishing_since', models.DateTimeField(editable=False, null=True)),
                ('seen_at', models.DateTimeField(editable=False, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='livesession',
            name='host',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='streams.host', verbose_name='Host'),
        ),
        migrations.CreateModel(
            name='ChatMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=120, verbose_name='Message')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Said at')),
                ('hidden_at', models.DateTimeField(blank=True, null=True, verbose_name='Hidden at')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Author')),
                ('hidden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Hidden by')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chat', to='streams.livesession', verbose_name='Live session')),
            ],
            options={
                'verbose_name': 'Chat message',
                'verbose_name_plural': 'Chat messages',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Moderator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moderators', to='streams.host')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Person')),
            ],
            options={
                'verbose_name': 'Moderator',
                'verbose_name_plural': 'Moderators',
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
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='Position')),
                ('organisations_until', models.DateTimeField(blank=True, null=True, verbose_name='For organisations until')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='streams.livesession', verbose_name='Live session')),
                ('sku', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='catalog.sku', verbose_name='SKU')),
            ],
            options={
                'verbose_name': 'Offer',
                'verbose_name_plural': 'Offers',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='livesession',
            name='pinned_offer',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='streams.offer', verbose_name='Pinned offer'),
        ),
        migrations.CreateModel(
            name='PinChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='streams.offer')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pin_changes', to='streams.livesession')),
            ],
            options={
                'ordering': ['at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(max_length=120, unique=True)),
                ('found_at', models.DateTimeField()),
                ('measure_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recordings', to='streams.livesession')),
            ],
        ),
        migrations.CreateModel(
            name='ReplayPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(max_length=120, unique=True)),
                ('started_at', models.DateTimeField()),
                ('length_ms', models.PositiveIntegerField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replay_parts', to='streams.livesession')),
            ],
            options={
                'ordering': ['started_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SessionMinute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minute', models.DateTimeField(verbose_name='Minute')),
                ('watching', models.PositiveIntegerField(default=0, verbose_name='Watching at once')),
                ('watched_s', models.PositiveBigIntegerField(default=0, verbose_name='Watched (s)')),
                ('arrived', models.PositiveIntegerField(default=0, verbose_name='New viewers')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minutes', to='streams.livesession')),
            ],
            options={
                'ordering': ['minute'],
            },
        ),
        migrations.CreateModel(
            name='SimulcastTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, verbose_name='Platform')),
                ('address', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='RTMP address')),
                ('active', models.BooleanField(default=True, verbose_name='Active')),
                ('state', models.CharField(blank=True, choices=[('', 'no picture to send'), ('trying', 'connecting'), ('sending', 'sending'), ('away', "can't be reached")], default='', editable=False, max_length=10)),
                ('host', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='simulcast_targets', to='streams.host')),
            ],
            options={
                'verbose_name': 'Simulcast',
                'verbose_name_plural': 'Simulcasts',
            },
        ),
        migrations.AddConstraint(
            model_name='host',
            constraint=models.CheckConstraint(condition=models.Q(('certified_during__isempty', False)), name='host_certificate_dated'),
        ),
        migrations.AddConstraint(
            model_name='chatrestriction',
            constraint=models.UniqueConstraint(fields=('host', 'person'), name='chat_restriction_once'),
        ),
        migrations.AddConstraint(
            model_name='chatrestriction',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('made_at')), _connector='OR'), name='chat_restriction_lasts'),
        ),
        migrations.AddConstraint(
            model_name='chatrestriction',
            constraint=models.CheckConstraint(condition=models.Q(('person', models.F('made_by')), _negated=True), name='chat_restriction_of_another'),
        ),
        migrations.AddConstraint(
            model_name='streamkey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('publisher', ''), ('publishing_since__isnull', True), ('seen_at__isnull', True)), models.Q(models.Q(('publisher', ''), _negated=True), ('publishing_since__isnull', False), ('seen_at__isnull', False), ('seen_at__gte', models.F('publishing_since'))), _connector='OR'), name='stream_key_publisher_dated'),
        ),
        migrations.AddIndex(
            model_name='chatmessage',
            index=models.Index(fields=['session', '-id'], name='chat_of_session'),
        ),
        migrations.AddIndex(
            model_name='chatmessage',
            index=models.Index(fields=['said_at'], name='chat_by_age'),
        ),
        migrations.AddIndex(
            model_name='chatmessage',
            index=models.Index(fields=['author', '-id'], name='chat_of_author'),
        ),
        migrations.AddConstraint(
            model_name='chatmessage',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='chat_says_something'),
        ),
        migrations.AddConstraint(
            model_name='chatmessage',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('hidden_at__isnull', True), ('hidden_by__isnull', True)), models.Q(('hidden_at__gte', models.F('said_at')), ('hidden_by__isnull', False)), _connector='OR'), name='chat_hidden_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='chatmessage',
            trigger=pgtrigger.compiler.Trigger(name='chat_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.session_id IS DISTINCT FROM OLD.session_id OR NEW.author_id IS DISTINCT FROM OLD.author_id OR NEW.text IS DISTINCT FROM OLD.text OR NEW.said_at IS DISTINCT FROM OLD.said_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'chat_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'chat_kept: session_id, author_id, text, said_at never change';", hash='6a9b5410d9e5a7f884ac0354f5f170f3be17da1e', operation='UPDATE', pgid='pgtrigger_chat_kept_dedfe', table='streams_chatmessage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='chatmessage',
            trigger=pgtrigger.compiler.Trigger(name='chat_kept_three_years', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF OLD.said_at > now() - interval '3 years' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'chat_kept_three_years', TABLE = TG_TABLE_NAME, MESSAGE = 'chat_kept_three_years: kept for 3 years'; END IF; RETURN OLD;", hash='85a31a140cc4c04ad2b1b06edf17853f5e3b3bae', operation='DELETE', pgid='pgtrigger_chat_kept_three_years_1a073', table='streams_chatmessage', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='chatmessage',
            trigger=pgtrigger.compiler.Trigger(name='chat_kept_three_years_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'chat_kept_three_years', TABLE = TG_TABLE_NAME, MESSAGE = 'chat_kept_three_years: kept for 3 years';", hash='4f4824fcbd3fdd1c2840eb2622343f39eab830b1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_chat_kept_three_years_truncate_dda78', table='streams_chatmessage', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='moderator',
            constraint=models.UniqueConstraint(fields=('host', 'person'), name='moderator_once'),
        ),
        migrations.AddConstraint(
            model_name='offer',
            constraint=models.UniqueConstraint(condition=models.Q(('closes_at__isnull', True)), fields=('session', 'sku'), name='offer_sku_once'),
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
            trigger=pgtrigger.compiler.Trigger(name='offer_identity_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.session_id IS DISTINCT FROM OLD.session_id OR NEW.sku_id IS DISTINCT FROM OLD.sku_id)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'offer_identity_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'offer_identity_kept: session_id, sku_id never change';", hash='8c6e8688ab519c8cf74060104482d8721a099eb9', operation='UPDATE', pgid='pgtrigger_offer_identity_kept_d7101', table='streams_offer', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='livesession',
            index=models.Index(fields=['-scheduled_at'], name='live_session_newest'),
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
        pgtrigger.migrations.AddTrigger(
            model_name='livesession',
            trigger=pgtrigger.compiler.Trigger(name='live_session_viewers_count_up', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."viewers" < (OLD."viewers"))', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'live_session_viewers_count_up', TABLE = TG_TABLE_NAME, MESSAGE = 'live_session_viewers_count_up';", hash='a8187eebb696a9bd48b97dd1c1786db805229900', operation='UPDATE', pgid='pgtrigger_live_session_viewers_count_up_a2d6f', table='streams_livesession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='livesession',
            trigger=pgtrigger.compiler.Trigger(name='live_session_pins_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."pinned_offer_id" IS DISTINCT FROM (NEW."pinned_offer_id"))', func='\n        INSERT INTO streams_pinchange (session_id, offer_id, at)\n        VALUES (NEW.id, NEW.pinned_offer_id, clock_timestamp());\n        RETURN NULL;\n    ', hash='74e14282aac0ac68a3aa1d9dbf7ca32361f2cd05', operation='UPDATE', pgid='pgtrigger_live_session_pins_kept_d5bad', table='streams_livesession', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='livesession',
            trigger=pgtrigger.compiler.Trigger(name='live_session_start_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."started_at" IS NOT NULL AND OLD."started_at" IS DISTINCT FROM (NEW."started_at"))', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'live_session_start_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'live_session_start_stays';", hash='29ca42e4ec1e4344984b5c3157ad08a178ca1d45', operation='UPDATE', pgid='pgtrigger_live_session_start_stays_32bdc', table='streams_livesession', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pinchange',
            trigger=pgtrigger.compiler.Trigger(name='pin_change_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pin_change_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'pin_change_kept: what is written stays';", hash='b0a8f031f215a66a1ee003dba5787e1fe2c3e2c1', operation='UPDATE OR DELETE', pgid='pgtrigger_pin_change_kept_104f8', table='streams_pinchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pinchange',
            trigger=pgtrigger.compiler.Trigger(name='pin_change_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pin_change_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'pin_change_kept: what is written stays';", hash='05f7465fc41291357fd4b78321dcfe643e3a3682', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_pin_change_kept_truncate_fbd45', table='streams_pinchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='recording',
            index=models.Index(condition=models.Q(('measure_at__isnull', False)), fields=['measure_at'], name='recording_to_measure'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='recording',
            trigger=pgtrigger.compiler.Trigger(name='recording_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.session_id IS DISTINCT FROM OLD.session_id OR NEW.file IS DISTINCT FROM OLD.file)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'recording_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'recording_kept: session_id, file never change';", hash='00409eaaff7ac3851f014d957ece581bd276ac47', operation='UPDATE', pgid='pgtrigger_recording_kept_008ab', table='streams_recording', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='replaypart',
            constraint=models.CheckConstraint(condition=models.Q(('length_ms__gt', 0)), name='replay_part_has_length'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replaypart',
            trigger=pgtrigger.compiler.Trigger(name='replay_part_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'replay_part_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'replay_part_kept: what is written stays';", hash='a1cd6452dc1b4c1fc4ab8ea417a1bf87f2a7e17f', operation='UPDATE OR DELETE', pgid='pgtrigger_replay_part_kept_1003a', table='streams_replaypart', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='replaypart',
            trigger=pgtrigger.compiler.Trigger(name='replay_part_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'replay_part_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'replay_part_kept: what is written stays';", hash='49e1656fc3f5400f6ff77cbdbbb1b04a840cff69', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_replay_part_kept_truncate_729e5', table='streams_replaypart', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sessionminute',
            constraint=models.UniqueConstraint(fields=('session', 'minute'), name='session_minute_once'),
        ),
        migrations.AddConstraint(
            model_name='sessionminute',
            constraint=models.CheckConstraint(condition=models.Q(('minute__second', 0)), name='session_minute_whole'),
        ),
        migrations.AddConstraint(
            model_name='sessionminute',
            constraint=models.CheckConstraint(condition=models.Q(('watched_s__lte', django.db.models.expressions.CombinedExpression(models.F('watching'), '*', models.Value(60)))), name='session_minute_watched_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionminute',
            trigger=pgtrigger.compiler.Trigger(name='session_minute_counts_up', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NEW.watching < OLD.watching OR NEW.watched_s < OLD.watched_s OR NEW.arrived < OLD.arrived\n           OR (NEW.session_id, NEW.minute) <> (OLD.session_id, OLD.minute) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'session_minute_counts_up', TABLE = TG_TABLE_NAME, MESSAGE = 'session_minute_counts_up: an audience is never made smaller';\n        END IF;\n        RETURN NEW;\n    ", hash='5f0ebd12b6209a8069281bcff4baf1bac39cc597', operation='UPDATE', pgid='pgtrigger_session_minute_counts_up_7e1ac', table='streams_sessionminute', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionminute',
            trigger=pgtrigger.compiler.Trigger(name='session_minute_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'session_minute_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'session_minute_stays: what is written stays';", hash='d66ced5268b965d7d4533677fe6528c8fbeda6ec', operation='DELETE', pgid='pgtrigger_session_minute_stays_e80cf', table='streams_sessionminute', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sessionminute',
            trigger=pgtrigger.compiler.Trigger(name='session_minute_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'session_minute_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'session_minute_stays: what is written stays';", hash='a0a4b46eef9efa4bbb90844dd1c46a1cdc8b9040', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_session_minute_stays_truncate_cb565', table='streams_sessionminute', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='simulcasttarget',
            constraint=models.UniqueConstraint(fields=('host', 'name'), name='simulcast_name_once'),
        ),
        migrations.AddConstraint(
            model_name='simulcasttarget',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['', 'trying', 'sending', 'away'])), name='simulcast_state_known'),
        ),
    ]
