import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import lukou_market.kernel.encryption
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='Name')),
                ('kind', models.CharField(choices=[('trade_union', 'Trade union'), ('budget_unit', 'Budget unit')], max_length=12, verbose_name='Kind')),
                ('credit_code', models.CharField(max_length=18, unique=True, verbose_name='Unified social credit code')),
                ('yearly_budget_fen', models.PositiveBigIntegerField(verbose_name='Yearly purchases (fen)')),
                ('target_bp', models.PositiveIntegerField(choices=[(1000, '10 %'), (1500, '15 %'), (3000, '30 %')], default=1000, verbose_name='Target')),
                ('manager', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='organisation', to=settings.AUTH_USER_MODEL, verbose_name='Who orders')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Region')),
            ],
            options={
                'verbose_name': 'Organisation',
                'verbose_name_plural': 'Organisations',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='GroupOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_digest', models.CharField(max_length=64)),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='group_order', to='orders.order')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='group_orders', to='organisations.organisation')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='MemberParcel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.PositiveIntegerField(verbose_name='Row')),
                ('first_box', models.PositiveIntegerField(verbose_name='First box')),
                ('boxes', models.PositiveIntegerField(verbose_name='Boxes')),
                ('recipient', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Recipient')),
                ('phone', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Phone')),
                ('address', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Address')),
                ('group_order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parcels', to='organisations.grouporder')),
            ],
            options={
                'ordering': ['row'],
                'constraints': [models.UniqueConstraint(fields=('group_order', 'row'), name='member_parcel_once'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('group_order_id', 'group_order_id', models.Value('[]'), function='int8range'), '&&'), (models.Func('first_box', django.db.models.expressions.CombinedExpression(models.F('first_box'), '+', models.F('boxes')), function='int4range'), '&&')], name='member_parcel_box_once'), models.CheckConstraint(condition=models.Q(('boxes__gt', 0), ('first_box__gt', 0)), name='member_parcel_boxes')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='memberparcel',
            trigger=pgtrigger.compiler.Trigger(name='member_parcel_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.group_order_id IS DISTINCT FROM OLD.group_order_id OR NEW.row IS DISTINCT FROM OLD.row OR NEW.first_box IS DISTINCT FROM OLD.first_box OR NEW.boxes IS DISTINCT FROM OLD.boxes)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'member_parcel_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'member_parcel_kept: group_order_id, row, first_box, boxes never change';", hash='f22dc34fac5e508adce93a77b4705b6f408a4750', operation='UPDATE', pgid='pgtrigger_member_parcel_kept_fb511', table='organisations_memberparcel', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('credit_code__regex', '^[0-9A-HJ-NPQRTUWXY]{18}$')), name='organisation_credit_code'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('target_bp__in', [1000, 1500, 3000])), name='organisation_target'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('yearly_budget_fen__gt', 0)), name='organisation_budget_positive'),
        ),
        migrations.AddIndex(
            model_name='grouporder',
            index=models.Index(fields=['organisation', 'list_digest'], name='group_order_of_list'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='grouporder',
            trigger=pgtrigger.compiler.Trigger(name='group_order_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.order_id IS DISTINCT FROM OLD.order_id OR NEW.organisation_id IS DISTINCT FROM OLD.organisation_id OR NEW.list_digest IS DISTINCT FROM OLD.list_digest)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'group_order_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'group_order_kept: order_id, organisation_id, list_digest never change';", hash='883dde579dee48db823bb00204b4e57814569e2c', operation='UPDATE', pgid='pgtrigger_group_order_kept_d01c9', table='organisations_grouporder', when='BEFORE')),
        ),
    ]
