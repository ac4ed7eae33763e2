import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('orders', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Shipment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('packed_g', models.PositiveIntegerField(verbose_name='Packed weight (g)')),
                ('packed_at', models.DateTimeField(verbose_name='Packed at')),
                ('carrier', models.CharField(blank=True, choices=[('ems', 'EMS'), ('sf', 'SF Express'), ('yunda', 'Yunda'), ('self', 'Own delivery')], max_length=8, verbose_name='Carrier')),
                ('tracking_number', models.CharField(blank=True, db_collation='C', max_length=40, verbose_name='Tracking number')),
                ('shipped_at', models.DateTimeField(null=True, verbose_name='Shipped at')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='shipment', to='orders.order', verbose_name='Order')),
                ('packed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Packed by')),
            ],
            options={
                'verbose_name': 'Shipment',
                'verbose_name_plural': 'Shipments',
                'constraints': [models.CheckConstraint(condition=models.Q(('packed_g__gt', 0)), name='shipment_weight_positive'), models.CheckConstraint(condition=models.Q(models.Q(('carrier', ''), ('shipped_at__isnull', True), ('tracking_number', '')), models.Q(('shipped_at__isnull', False), models.Q(('carrier', ''), _negated=True), models.Q(('tracking_number', ''), _negated=True)), _connector='OR'), name='shipment_shipped_with_carrier'), models.UniqueConstraint(condition=models.Q(('tracking_number', ''), _negated=True), fields=('carrier', 'tracking_number'), name='shipment_tracking_once')],
            },
        ),
    ]
