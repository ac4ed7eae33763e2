import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AccessRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='Time')),
                ('action', models.CharField(choices=[('signed_in', 'Signed in'), ('sign_in_refused', 'Sign-in refused'), ('locked_out', 'Locked out'), ('signed_out', 'Signed out'), ('looked', 'Looked at personal data'), ('printed', 'Printed'), ('exported', 'Exported'), ('signed', 'Signed'), ('cleared', 'Cleared')], max_length=16, verbose_name='Action')),
                ('subject', models.CharField(max_length=200, verbose_name='Subject')),
                ('region_code', models.CharField(blank=True, max_length=12, verbose_name='Region')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='Reason')),
            ],
            options={
                'verbose_name': 'Access record',
                'verbose_name_plural': 'Access log',
                'ordering': ['-id'],
            },
        ),
    ]
