import django.db.models.deletion
import lukou_market.kernel.encryption
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipient', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Recipient')),
                ('phone', lukou_market.kernel.encryption.EncryptedTextField(verbose_name="Recipient's phone")),
                ('division', models.CharField(max_length=6, verbose_name='Province, city, county')),
                ('street', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Street, house number')),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('used_at', models.DateTimeField(verbose_name='Last used')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'Address',
                'verbose_name_plural': 'Addresses',
                'ordering': ['-used_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('owner', 'digest'), name='saved_address_once'), models.CheckConstraint(condition=models.Q(('division__regex', '^[0-9]{6}$')), name='saved_address_division')],
            },
        ),
    ]
