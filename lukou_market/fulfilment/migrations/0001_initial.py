import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
        ('payments', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spoiled_g', models.PositiveIntegerField(verbose_name='Spoiled weight (g)')),
                ('of_g', models.PositiveIntegerField(verbose_name='Packed weight (g)')),
                ('decide_by', models.DateTimeField(verbose_name='Decide by')),
                ('decided_by_time', models.BooleanField(default=False, verbose_name='Granted because nobody decided')),
                ('escalated_at', models.DateTimeField(null=True, verbose_name='Passed on to the cadres at')),
                ('refund', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='claim', to='payments.refund', verbose_name='Refund')),
            ],
            options={
                'verbose_name': 'Claim',
                'verbose_name_plural': 'Claims',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ClaimPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('width', models.PositiveIntegerField(verbose_name='Width (pixels)')),
                ('height', models.PositiveIntegerField(verbose_name='Height (pixels)')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='fulfilment.claim', verbose_name='Claim')),
            ],
            options={
                'verbose_name': 'Photo of a claim',
                'verbose_name_plural': 'Photos of claims',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='EvidencePack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField(verbose_name='Taken at')),
                ('reason', models.CharField(max_length=120, verbose_name='Reason')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence_packs', to='payments.dispute', verbose_name='Dispute')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Taken by')),
            ],
            options={
                'verbose_name': 'Evidence pack',
                'verbose_name_plural': 'Evidence packs',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Shipment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_box', models.PositiveIntegerField(verbose_name='First box')),
                ('boxes', models.PositiveIntegerField(verbose_name='Boxes')),
                ('of_boxes', models.PositiveIntegerField(verbose_name='Boxes of the order')),
                ('closes', models.BooleanField(verbose_name='Last parcel')),
                ('ordered_g', models.PositiveIntegerField(verbose_name='Ordered weight (g)')),
                ('packed_g', models.PositiveIntegerField(verbose_name='Packed weight (g)')),
                ('lighter_fen', models.PositiveBigIntegerField(default=0, verbose_name='Given back (fen)')),
                ('packed_at', models.DateTimeField(verbose_name='Packed at')),
                ('carrier', models.CharField(blank=True, choices=[('ems', 'EMS'), ('sf', 'SF Express'), ('yunda', 'Yunda'), ('self', 'Own delivery')], max_length=8, verbose_name='Carrier')),
                ('tracking_number', models.CharField(blank=True, db_collation='C', max_length=40, verbose_name='Tracking number')),
                ('booked_at', models.DateTimeField(null=True, verbose_name='Booked at')),
                ('shipped_at', models.DateTimeField(null=True, verbose_name='Shipped at')),
                ('asked_at', models.DateTimeField(null=True, verbose_name='Carrier last asked at')),
                ('delivered_at', models.DateTimeField(null=True, verbose_name='Delivered at')),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='shipments', to='orders.order', verbose_name='Order')),
                ('packed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Packed by')),
            ],
            options={
                'verbose_name': 'Shipment',
                'verbose_name_plural': 'Shipments',
                'ordering': ['order', 'first_box'],
            },
        ),
        migrations.CreateModel(
            name='LabelPrint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('printed_at', models.DateTimeField(verbose_name='Printed at')),
                ('printed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Printed by')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='label_prints', to='fulfilment.shipment', verbose_name='Shipment')),
            ],
            options={
                'verbose_name': 'Printed label',
                'verbose_name_plural': 'Printed labels',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='TrackingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, verbose_name='Event')),
                ('occurred_at', models.DateTimeField(verbose_name='Happened at')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='Place')),
                ('text', models.CharField(blank=True, max_length=200, verbose_name='Text')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='fulfilment.shipment', verbose_name='Shipment')),
            ],
            options={
                'verbose_name': 'Tracking event',
                'verbose_name_plural': 'Tracking events',
                'ordering': ['occurred_at', 'id'],
            },
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('decided_by_time', False), ('escalated_at', None)), fields=['decide_by'], name='claim_to_decide'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('of_g__gte', models.F('spoiled_g')), ('spoiled_g__gt', 0)), name='claim_spoiled_within_packed'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by_time', False), ('escalated_at', None), _connector='OR'), name='claim_granted_or_passed_on'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_terms_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.refund_id IS DISTINCT FROM OLD.refund_id OR NEW.spoiled_g IS DISTINCT FROM OLD.spoiled_g OR NEW.of_g IS DISTINCT FROM OLD.of_g OR NEW.decide_by IS DISTINCT FROM OLD.decide_by)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_terms_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'claim_terms_kept: refund_id, spoiled_g, of_g, decide_by never change';", hash='d0ab5fbad64c390a07ffababa2d0a844dc7b8f6e', operation='UPDATE', pgid='pgtrigger_claim_terms_kept_d4a9e', table='fulfilment_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'claim_stays: what is written stays';", hash='f4f709f5ec25c4a3b06f7d7c97599e0487df9f61', operation='DELETE', pgid='pgtrigger_claim_stays_21776', table='fulfilment_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claim',
            trigger=pgtrigger.compiler.Trigger(name='claim_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'claim_stays: what is written stays';", hash='d6dd4f48ac0717bb878d152baf9c34364579695d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_claim_stays_truncate_ce2d5', table='fulfilment_claim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimphoto',
            trigger=pgtrigger.compiler.Trigger(name='claim_photo_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_photo_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'claim_photo_kept: what is written stays';", hash='c0cc368ce13f6a126341e2778a0cdfcf739c5cea', operation='UPDATE OR DELETE', pgid='pgtrigger_claim_photo_kept_494a3', table='fulfilment_claimphoto', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='claimphoto',
            trigger=pgtrigger.compiler.Trigger(name='claim_photo_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'claim_photo_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'claim_photo_kept: what is written stays';", hash='186101c5325142e6fa51636d0dd5bfb3167774ad', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_claim_photo_kept_truncate_0bc7c', table='fulfilment_claimphoto', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='evidencepack',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='evidence_pack_reason'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidencepack',
            trigger=pgtrigger.compiler.Trigger(name='evidence_pack_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_pack_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'evidence_pack_kept: what is written stays';", hash='ccc3b039c0bdde77690d43925e802ccce4c5ff1c', operation='UPDATE OR DELETE', pgid='pgtrigger_evidence_pack_kept_78074', table='fulfilment_evidencepack', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidencepack',
            trigger=pgtrigger.compiler.Trigger(name='evidence_pack_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_pack_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'evidence_pack_kept: what is written stays';", hash='0cce0af07ca3622c768d9e6bcce85c7141beb273', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_evidence_pack_kept_truncate_5a003', table='fulfilment_evidencepack', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(fields=['order', 'first_box'], name='shipment_of_order'),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(fields=['tracking_number'], name='shipment_by_tracking'),
        ),
        migrations.AddIndex(
            model_name='shipment',
            index=models.Index(condition=models.Q(('delivered_at__isnull', True), ('shipped_at__isnull', False)), fields=['asked_at'], name='shipment_to_follow'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.CheckConstraint(condition=models.Q(('packed_g__gt', 0)), name='shipment_weight_positive'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.CheckConstraint(condition=models.Q(('boxes__gt', 0), ('first_box__gt', 0), ('of_boxes__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('first_box'), '+', models.F('boxes')), '-', models.Value(1)))), name='shipment_boxes_within_order'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.CheckConstraint(condition=models.Q(('lighter_fen', 0), ('packed_g__lt', models.F('ordered_g')), _connector='OR'), name='shipment_only_lighter_gives_back'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.UniqueConstraint(condition=models.Q(('closes', True)), fields=('order',), name='shipment_one_closes'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('order_id', 'order_id', models.Value('[]'), function='int8range'), '&&'), (models.Func('first_box', django.db.models.expressions.CombinedExpression(models.F('first_box'), '+', models.F('boxes')), function='int4range'), '&&')], name='shipment_box_once'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('booked_at', None), ('carrier', ''), ('shipped_at', None), ('tracking_number', '')), models.Q(models.Q(('shipped_at__isnull', False), ('booked_at__isnull', False), _connector='OR'), models.Q(('carrier', ''), _negated=True), models.Q(('tracking_number', ''), _negated=True)), _connector='OR'), name='shipment_shipped_with_carrier'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.CheckConstraint(condition=models.Q(('delivered_at__isnull', True), ('shipped_at__isnull', False), _connector='OR'), name='shipment_delivered_once_shipped'),
        ),
        migrations.AddConstraint(
            model_name='shipment',
            constraint=models.UniqueConstraint(condition=models.Q(('tracking_number', ''), _negated=True), fields=('carrier', 'tracking_number'), name='shipment_tracking_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shipment',
            trigger=pgtrigger.compiler.Trigger(name='shipment_contents_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.first_box IS DISTINCT FROM OLD.first_box OR NEW.boxes IS DISTINCT FROM OLD.boxes OR NEW.of_boxes IS DISTINCT FROM OLD.of_boxes OR NEW.closes IS DISTINCT FROM OLD.closes OR NEW.ordered_g IS DISTINCT FROM OLD.ordered_g OR NEW.packed_g IS DISTINCT FROM OLD.packed_g OR NEW.lighter_fen IS DISTINCT FROM OLD.lighter_fen OR NEW.packed_by_id IS DISTINCT FROM OLD.packed_by_id OR NEW.packed_at IS DISTINCT FROM OLD.packed_at)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_contents_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'shipment_contents_kept: order_id, first_box, boxes, of_boxes, closes, ordered_g, packed_g, lighter_fen, packed_by_id, packed_at never change';", hash='4b2b5cfbd59db788b13d901103ea742c10bee832', operation='UPDATE', pgid='pgtrigger_shipment_contents_kept_6d45f', table='fulfilment_shipment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shipment',
            trigger=pgtrigger.compiler.Trigger(name='shipment_left_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD.shipped_at IS NULL) AND (NEW.carrier IS DISTINCT FROM OLD.carrier OR NEW.tracking_number IS DISTINCT FROM OLD.tracking_number OR NEW.booked_at IS DISTINCT FROM OLD.booked_at OR NEW.shipped_at IS DISTINCT FROM OLD.shipped_at))', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_left_once', TABLE = TG_TABLE_NAME, MESSAGE = 'shipment_left_once: carrier, tracking_number, booked_at, shipped_at never change';", hash='789b7d63508c5d709e70b7374129c28c79514d29', operation='UPDATE', pgid='pgtrigger_shipment_left_once_a0b4b', table='fulfilment_shipment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shipment',
            trigger=pgtrigger.compiler.Trigger(name='shipment_boxes_have_left', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."shipped_at" IS NOT NULL AND OLD."shipped_at" IS NULL)', func='\n    UPDATE orders_orderline line\n    SET shipped_quantity = shipped_quantity\n        + least(NEW.first_box + NEW.boxes - 1, before + quantity)\n        - greatest(NEW.first_box - 1, before)\n    FROM (SELECT id, sum(quantity) OVER (ORDER BY id) - quantity AS before\n          FROM orders_orderline WHERE order_id = NEW.order_id) AS counted\n    WHERE line.id = counted.id\n        AND before < NEW.first_box + NEW.boxes - 1 AND before + quantity > NEW.first_box - 1;\n    RETURN NULL;\n', hash='bf5eeef1f7611636922779db7e7a3b59a4c22823', operation='UPDATE OF "shipped_at"', pgid='pgtrigger_shipment_boxes_have_left_55dc5', table='fulfilment_shipment', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shipment',
            trigger=pgtrigger.compiler.Trigger(name='shipment_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'shipment_stays: what is written stays';", hash='f11cb5ed79d7888caf43adc86121c2158fb73c6a', operation='DELETE', pgid='pgtrigger_shipment_stays_199f0', table='fulfilment_shipment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='shipment',
            trigger=pgtrigger.compiler.Trigger(name='shipment_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'shipment_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'shipment_stays: what is written stays';", hash='a0a675bc30c589289daf096cbd113054fd965013', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_shipment_stays_truncate_46c61', table='fulfilment_shipment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='labelprint',
            trigger=pgtrigger.compiler.Trigger(name='label_print_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'label_print_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'label_print_kept: what is written stays';", hash='ade66a89ad768d1ccf2c2316ef17b5cc0274e169', operation='UPDATE OR DELETE', pgid='pgtrigger_label_print_kept_1f431', table='fulfilment_labelprint', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='labelprint',
            trigger=pgtrigger.compiler.Trigger(name='label_print_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'label_print_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'label_print_kept: what is written stays';", hash='8cd6af62cbfdbbeb17bc45bfb07b3c3ac9a50105', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_label_print_kept_truncate_fb7a5', table='fulfilment_labelprint', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='trackingevent',
            constraint=models.UniqueConstraint(fields=('shipment', 'code', 'occurred_at'), name='tracking_event_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackingevent',
            trigger=pgtrigger.compiler.Trigger(name='tracking_event_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'tracking_event_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'tracking_event_kept: what is written stays';", hash='f8be7a1aaaf61f8d41363b16a4a39f694de2bc3d', operation='UPDATE OR DELETE', pgid='pgtrigger_tracking_event_kept_f15c7', table='fulfilment_trackingevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackingevent',
            trigger=pgtrigger.compiler.Trigger(name='tracking_event_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'tracking_event_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'tracking_event_kept: what is written stays';", hash='b4286db52b5ad7b608a252d60c5eaf23250ad677', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_tracking_event_kept_truncate_5dbaa', table='fulfilment_trackingevent', when='BEFORE')),
        ),
    ]
