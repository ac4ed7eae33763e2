import django.db.models.deletion
import django.utils.timezone
import lukou_market.kernel.encryption
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(blank=True, max_length=40, null=True, unique=True, verbose_name='User name')),
                ('phone', lukou_market.kernel.encryption.EncryptedTextField(blank=True, default='', verbose_name='Phone')),
                ('phone_digest', models.CharField(blank=True, editable=False, max_length=64, null=True, unique=True)),
                ('display_name', models.CharField(max_length=40, verbose_name='Shown name')),
                ('is_staff', models.BooleanField(default=False, verbose_name='May enter the admin')),
                ('is_active', models.BooleanField(default=True, verbose_name='Active')),
                ('sign_in_epoch', models.PositiveIntegerField(db_default=0, default=0, editable=False)),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='Joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'User',
                'verbose_name_plural': 'Users',
            },
        ),
        migrations.CreateModel(
            name='PasswordTries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_digest', models.CharField(editable=False, max_length=64)),
                ('address', models.CharField(max_length=64, verbose_name='Network address')),
                ('failures', models.PositiveIntegerField(verbose_name='Wrong passwords')),
                ('since', models.DateTimeField(db_index=True, verbose_name='Since')),
                ('locked_until', models.DateTimeField(null=True, verbose_name='Locked until')),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='User')),
            ],
            options={
                'verbose_name': 'Sign-in lock',
                'verbose_name_plural': 'Sign-in locks',
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('host', 'Host'), ('cadre', 'Cadre'), ('packer', 'Packer'), ('auditor', 'Auditor')], max_length=8, verbose_name='Role')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Jurisdiction')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='User')),
            ],
            options={
                'verbose_name': 'Role',
                'verbose_name_plural': 'Roles',
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('device', models.CharField(max_length=40, verbose_name='Device')),
                ('browser_digest', models.CharField(db_default='', default='', editable=False, max_length=64)),
                ('signed_in_at', models.DateTimeField(verbose_name='Signed in at')),
                ('last_seen_at', models.DateTimeField(null=True, verbose_name='Last seen')),
                ('with_second_factor', models.BooleanField(db_default=False, default=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-signed_in_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SignInCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone_digest', models.CharField(max_length=64)),
                ('code_digest', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['phone_digest', '-sent_at'], name='sign_in_code_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('attempts__gte', 0), ('attempts__lte', 5)), name='sign_in_code_attempts')],
            },
        ),
        migrations.CreateModel(
            name='StaffDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', lukou_market.kernel.encryption.EncryptedTextField(editable=False, verbose_name='Key')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='Confirmed at')),
                ('last_step', models.BigIntegerField(default=-1, editable=False)),
                ('drift_steps', models.SmallIntegerField(default=0, editable=False)),
                ('failures', models.PositiveIntegerField(default=0, editable=False)),
                ('failed_at', models.DateTimeField(editable=False, null=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='second_factor', to=settings.AUTH_USER_MODEL, verbose_name='User')),
            ],
            options={
                'verbose_name': 'Second factor',
                'verbose_name_plural': 'Second factors',
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_digest', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
                ('device', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to='accounts.staffdevice')),
            ],
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('username__isnull', False), ('phone_digest__isnull', False), _connector='OR'), name='user_has_username_or_phone'),
        ),
        migrations.AddConstraint(
            model_name='passwordtries',
            constraint=models.UniqueConstraint(fields=('name_digest', 'address'), name='password_tries_by_name_and_address'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.UniqueConstraint(fields=('user', 'role', 'region'), name='role_grant_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('region__isnull', False), ('role__in', ['cadre', 'packer'])), models.Q(('region__isnull', True), ('role__in', ['host', 'auditor'])), _connector='OR'), name='role_grant_region'),
        ),
        migrations.AddConstraint(
            model_name='staffdevice',
            constraint=models.CheckConstraint(condition=models.Q(('drift_steps__gte', -10), ('drift_steps__lte', 10)), name='staff_device_drift'),
        ),
        migrations.AddConstraint(
            model_name='recoverycode',
            constraint=models.UniqueConstraint(fields=('device', 'code_digest'), name='recovery_code_once'),
        ),
    ]
