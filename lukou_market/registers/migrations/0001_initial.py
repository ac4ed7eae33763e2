import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.fields.json
import lukou_market.kernel.encryption
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('catalog', '0001_initial'),
        ('households', '0001_initial'),
        ('organisations', '0001_initial'),
        ('payouts', '0001_initial'),
        ('regions', '0001_initial'),
        ('streams', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TrackedUser',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('accounts.user',),
        ),
        migrations.CreateModel(
            name='TrackedSku',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('catalog.sku',),
        ),
        migrations.CreateModel(
            name='TrackedRoleGrant',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('accounts.rolegrant',),
        ),
        migrations.CreateModel(
            name='TrackedProduct',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('catalog.product',),
        ),
        migrations.CreateModel(
            name='TrackedProducer',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.producer',),
        ),
        migrations.CreateModel(
            name='TrackedPoolPart',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.poolpart',),
        ),
        migrations.CreateModel(
            name='TrackedPoolMember',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.poolmember',),
        ),
        migrations.CreateModel(
            name='TrackedOrganisation',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('organisations.organisation',),
        ),
        migrations.CreateModel(
            name='TrackedHouseholdMember',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.householdmember',),
        ),
        migrations.CreateModel(
            name='TrackedHousehold',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.household',),
        ),
        migrations.CreateModel(
            name='TrackedHost',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('streams.host',),
        ),
        migrations.CreateModel(
            name='TrackedHarvestLot',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('catalog.harvestlot',),
        ),
        migrations.CreateModel(
            name='TrackedFarmer',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.farmer',),
        ),
        migrations.CreateModel(
            name='TrackedBenefitLink',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.benefitlink',),
        ),
        migrations.CreateModel(
            name='TrackedBankAccount',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('payouts.bankaccount',),
        ),
        migrations.CreateModel(
            name='TrackedAidProjectproducers',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.aidproject_producers',),
        ),
        migrations.CreateModel(
            name='TrackedAidProjecthouseholds',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.aidproject_households',),
        ),
        migrations.CreateModel(
            name='TrackedAidProject',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('households.aidproject',),
        ),
        migrations.CreateModel(
            name='AidProjectChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='Project name')),
                ('level', models.CharField(choices=[('key', 'Key project'), ('district', 'District project'), ('town', 'Town project'), ('village', 'Village project')], max_length=8, verbose_name='Level')),
                ('tasks', models.TextField(verbose_name='Construction tasks')),
                ('funding_source', models.CharField(max_length=60, verbose_name='Source of funds')),
                ('funding_fen', models.BigIntegerField(verbose_name='Funds (fen)')),
                ('starts_on', models.DateField(verbose_name='Begins on')),
                ('ends_on', models.DateField(verbose_name='Ends on')),
                ('responsible', models.CharField(max_length=40, verbose_name='Person responsible')),
                ('mechanism', models.TextField(verbose_name='How it reduces poverty')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Place')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AidProjecthouseholdsChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('aidproject', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.aidproject')),
                ('household', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.household')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AidProjectproducersChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('aidproject', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.aidproject')),
                ('producer', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.producer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BankAccountChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('bank', models.CharField(max_length=60, verbose_name='Bank')),
                ('holder', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Account holder')),
                ('number', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Account number')),
                ('number_digest', models.CharField(editable=False, max_length=64)),
                ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.household', verbose_name='Household')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BenefitLinkChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('mechanism', models.CharField(choices=[('labour', 'Labour'), ('land', 'Land transfer'), ('purchase', 'Purchase at a stated price'), ('dividend', 'Equity and dividend'), ('production', 'Own production'), ('platform', 'Platform share')], max_length=10, verbose_name='Mechanism')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Version')),
                ('share_bp', models.PositiveIntegerField(blank=True, null=True, verbose_name='Share (basis points)')),
                ('rate_fen_per_kg', models.PositiveIntegerField(blank=True, null=True, verbose_name='Price per kg (fen)')),
                ('rate_fen_per_unit', models.PositiveIntegerField(blank=True, null=True, verbose_name='Piece rate (fen)')),
                ('in_force', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='In force')),
                ('household', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.household', verbose_name='Household')),
                ('producer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.producer', verbose_name='Producer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FarmerChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('supplies', models.CharField(max_length=60, verbose_name='Supplies')),
                ('member', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.householdmember', verbose_name='Member')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HarvestLotChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=20, verbose_name='Lot number')),
                ('picked_on', models.DateField(verbose_name='Picked on')),
                ('product', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.product', verbose_name='Product')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HostChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('certificate_number', models.CharField(max_length=30, verbose_name='Certificate number')),
                ('certified_during', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='Certified during')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='User')),
                ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HouseholdChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=20, verbose_name='Household number')),
                ('category', models.CharField(choices=[('general_poor', 'General poor household'), ('allowance', 'Minimum living allowance household'), ('five_guarantee', 'Five-guarantee household'), ('allowance_poor', 'Allowance and poor household'), ('monitored_unstable', 'Monitored: out of poverty, unstable'), ('monitored_marginal', 'Monitored: at the margin'), ('monitored_sudden', 'Monitored: sudden hardship'), ('general', 'General farming household')], max_length=20, verbose_name='Category')),
                ('main_cause', models.CharField(blank=True, choices=[('illness', 'Illness'), ('disability', 'Disability'), ('schooling', 'Schooling'), ('disaster', 'Disaster'), ('land', 'Lack of land'), ('water', 'Lack of water'), ('skills', 'Lack of skills'), ('labour', 'Lack of labour'), ('capital', 'Lack of capital'), ('transport', 'Poor transport'), ('motivation', 'Lack of motivation'), ('other', 'Other')], max_length=10, verbose_name='Main cause')),
                ('other_causes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('illness', 'Illness'), ('disability', 'Disability'), ('schooling', 'Schooling'), ('disaster', 'Disaster'), ('land', 'Lack of land'), ('water', 'Lack of water'), ('skills', 'Lack of skills'), ('labour', 'Lack of labour'), ('capital', 'Lack of capital'), ('transport', 'Poor transport'), ('motivation', 'Lack of motivation'), ('other', 'Other')], max_length=10), blank=True, default=list, size=2, verbose_name='Other causes')),
                ('able_and_willing', models.BooleanField(default=True, verbose_name='Able and willing')),
                ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HouseholdMemberChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Full name')),
                ('relation', models.CharField(choices=[('head', 'Head of household'), ('spouse', 'Spouse'), ('child', 'Child'), ('parent', 'Parent'), ('grandchild', 'Grandchild'), ('other', 'Other')], max_length=10, verbose_name='Relation to head')),
                ('id_number', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='ID number')),
                ('id_digest', models.CharField(editable=False, max_length=64)),
                ('health', models.CharField(choices=[('healthy', 'Healthy'), ('chronic', 'Chronic illness'), ('serious', 'Serious illness'), ('disabled', 'Has a disability')], max_length=10, verbose_name='Health')),
                ('labour', models.CharField(choices=[('ordinary', 'Ordinary labour'), ('skilled', 'Skilled labour'), ('weak', 'Weak or half labour'), ('none', 'No ability to work')], max_length=10, verbose_name='Ability to work')),
                ('months_worked', models.PositiveSmallIntegerField(default=0, verbose_name='Months worked this year')),
                ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.household', verbose_name='Household')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('households', 'Households and members'), ('producers', 'Producers'), ('links', 'Benefit links'), ('projects', 'Aid projects'), ('sales', 'Offline, union, budget-unit and 832 sales')], max_length=10, verbose_name='Kind')),
                ('file_name', models.CharField(max_length=120, verbose_name='File')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('scope', models.CharField(blank=True, max_length=12)),
                ('imported_at', models.DateTimeField(verbose_name='Imported at')),
                ('new', models.PositiveIntegerField(verbose_name='New')),
                ('changed', models.PositiveIntegerField(verbose_name='Changed')),
                ('same', models.PositiveIntegerField(verbose_name='The same')),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Imported by')),
            ],
            options={
                'verbose_name': 'Import',
                'verbose_name_plural': 'Imports',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='OrganisationChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=80, verbose_name='Name')),
                ('kind', models.CharField(choices=[('trade_union', 'Trade union'), ('budget_unit', 'Budget unit')], max_length=12, verbose_name='Kind')),
                ('credit_code', models.CharField(max_length=18, verbose_name='Unified social credit code')),
                ('yearly_budget_fen', models.PositiveBigIntegerField(verbose_name='Yearly purchases (fen)')),
                ('target_bp', models.PositiveIntegerField(choices=[(1000, '10 %'), (1500, '15 %'), (3000, '30 %')], default=1000, verbose_name='Target')),
                ('manager', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Who orders')),
                ('region', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Region')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PoolMemberChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('weight', models.PositiveIntegerField(default=1, verbose_name='Weight in the group')),
                ('household', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.household', verbose_name='Household')),
                ('part', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.poolpart')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PoolPartChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=40, verbose_name='Name')),
                ('part_bp', models.PositiveIntegerField(verbose_name='Part of the pool (basis points)')),
                ('income_kind', models.CharField(blank=True, choices=[('wage', 'Wage income'), ('business', 'Business income'), ('property', 'Property income'), ('transfer', 'Transfer income')], default='property', max_length=8, verbose_name='Income kind')),
                ('total_weight', models.PositiveIntegerField(default=0, editable=False)),
                ('collective', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Collective of the village')),
                ('link', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.benefitlink', verbose_name='Benefit link')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProducerChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('kind', models.CharField(choices=[('enterprise', 'Enterprise'), ('base', 'Base'), ('cooperative', 'Cooperative'), ('household', 'Household')], max_length=12, verbose_name='Kind')),
                ('household', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.household', verbose_name='Household')),
                ('village', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Village')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ProductChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='Name')),
                ('sold_by', models.CharField(choices=[('weight', 'Weight'), ('piece', 'Piece')], default='weight', max_length=6, verbose_name='Sold by')),
                ('certificate_number', models.CharField(blank=True, max_length=30, verbose_name='Certificate number')),
                ('certified_during', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True, verbose_name='Certified during')),
                ('producer', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='households.producer', verbose_name='Producer')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoleGrantChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('role', models.CharField(choices=[('host', 'Host'), ('cadre', 'Cadre'), ('packer', 'Packer'), ('auditor', 'Auditor')], max_length=8, verbose_name='Role')),
                ('region', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='Jurisdiction')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='User')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SkuChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=40, verbose_name='Name')),
                ('weight_g', models.PositiveIntegerField(verbose_name='Weight (g)')),
                ('list_price_fen', models.PositiveIntegerField(verbose_name='List price (fen)')),
                ('product', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.product', verbose_name='Product')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='UserChange',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField(null=True)),
                ('username', models.CharField(blank=True, max_length=40, null=True, verbose_name='User name')),
                ('is_staff', models.BooleanField(default=False, verbose_name='May enter the admin')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('is_active', models.BooleanField(default=True, verbose_name='Active')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackeduser')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackeduser',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_userchange" ("is_active", "is_staff", "is_superuser", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."is_active", new_values."is_staff", new_values."is_superuser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM new_values WHERE (new_values."is_staff" OR new_values."is_superuser") ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6e38281cfa67c0632586d91639bbd08e799cc01d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4ac69', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackeduser',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_userchange" ("is_active", "is_staff", "is_superuser", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT new_values."is_active", new_values."is_staff", new_values."is_superuser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."username" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."is_active" IS DISTINCT FROM (new_values."is_active") OR old_values."is_staff" IS DISTINCT FROM (new_values."is_staff") OR old_values."is_superuser" IS DISTINCT FROM (new_values."is_superuser") OR old_values."username" IS DISTINCT FROM (new_values."username")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c1624ab31e672419bffd39144297f42b4a4c4637', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7b095', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackeduser',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_userchange" ("is_active", "is_staff", "is_superuser", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") SELECT old_values."is_active", old_values."is_staff", old_values."is_superuser", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."username" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e7e4cf42f60882c81a58908bc54036fa17564e49', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_306dc', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_user', when='AFTER')),
        ),
        migrations.AddField(
            model_name='skuchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedsku'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedsku',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_skuchange" ("id", "list_price_fen", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "weight_g") SELECT new_values."id", new_values."list_price_fen", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."product_id", new_values."weight_g" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d00ba4d42c7e9c21e9c7d56a0b4920cf70f88dd1', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f05f5', referencing='REFERENCING NEW TABLE AS new_values ', table='catalog_sku', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedsku',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_skuchange" ("id", "list_price_fen", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "weight_g") SELECT new_values."id", new_values."list_price_fen", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."product_id", new_values."weight_g" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='2f425109f23cc1213b4bbc2269864fd617a6716c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e6868', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='catalog_sku', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedsku',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_skuchange" ("id", "list_price_fen", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "weight_g") SELECT old_values."id", old_values."list_price_fen", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."product_id", old_values."weight_g" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6e6b42cb7573bca16867dcf3cfbe01eb38883834', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3fdb9', referencing='REFERENCING OLD TABLE AS old_values ', table='catalog_sku', when='AFTER')),
        ),
        migrations.AddField(
            model_name='rolegrantchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedrolegrant'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedrolegrant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_rolegrantchange" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "role", "user_id") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."region_id", new_values."role", new_values."user_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f937435abca60887963b2f140b046cfaf5003f3f', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0b52d', referencing='REFERENCING NEW TABLE AS new_values ', table='accounts_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedrolegrant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_rolegrantchange" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "role", "user_id") SELECT new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."region_id", new_values."role", new_values."user_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='903447a2335563ec82e416c514b038d1f1de6d9e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0d190', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='accounts_rolegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedrolegrant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_rolegrantchange" ("id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "role", "user_id") SELECT old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."region_id", old_values."role", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f883463950b7a9f52df9eb786d35b66f692cc6a5', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_764e2', referencing='REFERENCING OLD TABLE AS old_values ', table='accounts_rolegrant', when='AFTER')),
        ),
        migrations.AddField(
            model_name='productchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedproduct'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedproduct',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_productchange" ("certificate_number", "certified_during", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "producer_id", "sold_by") SELECT new_values."certificate_number", new_values."certified_during", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."producer_id", new_values."sold_by" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e3e11a2a113b3ace8274842e07f57b75bc8a461c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_45ead', referencing='REFERENCING NEW TABLE AS new_values ', table='catalog_product', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedproduct',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_productchange" ("certificate_number", "certified_during", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "producer_id", "sold_by") SELECT new_values."certificate_number", new_values."certified_during", new_values."id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."producer_id", new_values."sold_by" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fdebcbc06aaf511f22d2344bc5985fb98a122cdc', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_590de', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='catalog_product', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedproduct',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_productchange" ("certificate_number", "certified_during", "id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "producer_id", "sold_by") SELECT old_values."certificate_number", old_values."certified_during", old_values."id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."producer_id", old_values."sold_by" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bf13c4243309c325216d7725eb266df3c251dc53', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6c95c', referencing='REFERENCING OLD TABLE AS old_values ', table='catalog_product', when='AFTER')),
        ),
        migrations.AddField(
            model_name='producerchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedproducer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedproducer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_producerchange" ("household_id", "id", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "village_id") SELECT new_values."household_id", new_values."id", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c78cbb684fbaea44293f1fe6db2dccce11eb797c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1302c', referencing='REFERENCING NEW TABLE AS new_values ', table='households_producer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedproducer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_producerchange" ("household_id", "id", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "village_id") SELECT new_values."household_id", new_values."id", new_values."kind", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5dd22bf4b059546939d512e942104ed64d0ac59c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cdeac', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_producer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedproducer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_producerchange" ("household_id", "id", "kind", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "village_id") SELECT old_values."household_id", old_values."id", old_values."kind", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b40b95ebaba98f7ee6588b9a122bacf139c30308', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e30a1', referencing='REFERENCING OLD TABLE AS old_values ', table='households_producer', when='AFTER')),
        ),
        migrations.AddField(
            model_name='poolpartchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedpoolpart'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedpoolpart',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_poolpartchange" ("collective_id", "id", "income_kind", "link_id", "name", "part_bp", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "total_weight") SELECT new_values."collective_id", new_values."id", new_values."income_kind", new_values."link_id", new_values."name", new_values."part_bp", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."total_weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a2bcf24efe92c50ee600dd6f8999d96e25855d11', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f7d21', referencing='REFERENCING NEW TABLE AS new_values ', table='households_poolpart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedpoolpart',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_poolpartchange" ("collective_id", "id", "income_kind", "link_id", "name", "part_bp", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "total_weight") SELECT new_values."collective_id", new_values."id", new_values."income_kind", new_values."link_id", new_values."name", new_values."part_bp", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."total_weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8ad182c88d7f9534fb22cb2333ce408ff50014f3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_7292c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_poolpart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedpoolpart',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_poolpartchange" ("collective_id", "id", "income_kind", "link_id", "name", "part_bp", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "total_weight") SELECT old_values."collective_id", old_values."id", old_values."income_kind", old_values."link_id", old_values."name", old_values."part_bp", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."total_weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2ab07fe3272371d5a4bf67f8a08b2b14fb942502', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8e862', referencing='REFERENCING OLD TABLE AS old_values ', table='households_poolpart', when='AFTER')),
        ),
        migrations.AddField(
            model_name='poolmemberchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedpoolmember'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedpoolmember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_poolmemberchange" ("household_id", "id", "part_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "weight") SELECT new_values."household_id", new_values."id", new_values."part_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."weight" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5aed7102e7f1235c8ffe72a262fbbc2d1fc0d4ad', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_2cafa', referencing='REFERENCING NEW TABLE AS new_values ', table='households_poolmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedpoolmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_poolmemberchange" ("household_id", "id", "part_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "weight") SELECT new_values."household_id", new_values."id", new_values."part_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."weight" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b1f404ba5018dbd0971db33a7f685bbc99a48a39', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a7d17', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_poolmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedpoolmember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_poolmemberchange" ("household_id", "id", "part_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "weight") SELECT old_values."household_id", old_values."id", old_values."part_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."weight" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e6010a8efdb3166af9a6baa39133bd115d416206', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_21443', referencing='REFERENCING OLD TABLE AS old_values ', table='households_poolmember', when='AFTER')),
        ),
        migrations.AddField(
            model_name='organisationchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedorganisation'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedorganisation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_organisationchange" ("credit_code", "id", "kind", "manager_id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "target_bp", "yearly_budget_fen") SELECT new_values."credit_code", new_values."id", new_values."kind", new_values."manager_id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."region_id", new_values."target_bp", new_values."yearly_budget_fen" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f0b151649febdf46b2a9864ab274bac77cdc7aec', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_63e13', referencing='REFERENCING NEW TABLE AS new_values ', table='organisations_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedorganisation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_organisationchange" ("credit_code", "id", "kind", "manager_id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "target_bp", "yearly_budget_fen") SELECT new_values."credit_code", new_values."id", new_values."kind", new_values."manager_id", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."region_id", new_values."target_bp", new_values."yearly_budget_fen" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='98730accbbc3276c754835633d244d495f4c6a94', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_05544', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='organisations_organisation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedorganisation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_organisationchange" ("credit_code", "id", "kind", "manager_id", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "target_bp", "yearly_budget_fen") SELECT old_values."credit_code", old_values."id", old_values."kind", old_values."manager_id", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."region_id", old_values."target_bp", old_values."yearly_budget_fen" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='98ed762c20a10523b68406a1226b71c5a4babab7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b085e', referencing='REFERENCING OLD TABLE AS old_values ', table='organisations_organisation', when='AFTER')),
        ),
        migrations.AddField(
            model_name='householdmemberchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedhouseholdmember'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedhouseholdmember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_householdmemberchange" ("health", "household_id", "id", "id_digest", "id_number", "labour", "months_worked", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") SELECT new_values."health", new_values."household_id", new_values."id", new_values."id_digest", new_values."id_number", new_values."labour", new_values."months_worked", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."relation" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4f252308d94698469e9243262cdc3f0a967f0663', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_517f4', referencing='REFERENCING NEW TABLE AS new_values ', table='households_householdmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedhouseholdmember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_householdmemberchange" ("health", "household_id", "id", "id_digest", "id_number", "labour", "months_worked", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") SELECT new_values."health", new_values."household_id", new_values."id", new_values."id_digest", new_values."id_number", new_values."labour", new_values."months_worked", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."relation" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7071c683f64a4f0edbc0ee54d037d4315a01bbf3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_b0a90', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_householdmember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedhouseholdmember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_householdmemberchange" ("health", "household_id", "id", "id_digest", "id_number", "labour", "months_worked", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "relation") SELECT old_values."health", old_values."household_id", old_values."id", old_values."id_digest", old_values."id_number", old_values."labour", old_values."months_worked", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."relation" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='615b22f5e1227027ae289b7dfa0e8e8447339ac1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c794d', referencing='REFERENCING OLD TABLE AS old_values ', table='households_householdmember', when='AFTER')),
        ),
        migrations.AddField(
            model_name='householdchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedhousehold'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedhousehold',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_householdchange" ("able_and_willing", "category", "id", "main_cause", "number", "other_causes", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "village_id") SELECT new_values."able_and_willing", new_values."category", new_values."id", new_values."main_cause", new_values."number", new_values."other_causes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='af52c580ad64164e876382a2a9da2f7c3ca037b5', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f62fa', referencing='REFERENCING NEW TABLE AS new_values ', table='households_household', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedhousehold',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_householdchange" ("able_and_willing", "category", "id", "main_cause", "number", "other_causes", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "village_id") SELECT new_values."able_and_willing", new_values."category", new_values."id", new_values."main_cause", new_values."number", new_values."other_causes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='184dd7a294714c8525be713fc154bff85de4dfa9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_57396', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_household', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedhousehold',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_householdchange" ("able_and_willing", "category", "id", "main_cause", "number", "other_causes", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "village_id") SELECT old_values."able_and_willing", old_values."category", old_values."id", old_values."main_cause", old_values."number", old_values."other_causes", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='baa4d1b23cb762e4dbd56ada4cb2e9b4b137f88a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_925de', referencing='REFERENCING OLD TABLE AS old_values ', table='households_household', when='AFTER')),
        ),
        migrations.AddField(
            model_name='hostchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedhost'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedhost',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_hostchange" ("certificate_number", "certified_during", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "village_id") SELECT new_values."certificate_number", new_values."certified_during", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."user_id", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9340b2037acd455d1dad501a6c87aed73699a4a4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_64eec', referencing='REFERENCING NEW TABLE AS new_values ', table='streams_host', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedhost',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_hostchange" ("certificate_number", "certified_during", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "village_id") SELECT new_values."certificate_number", new_values."certified_during", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."user_id", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f4c99193282c17f3f2fa00619f84a52b69408b66', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aeac0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='streams_host', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedhost',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_hostchange" ("certificate_number", "certified_during", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "village_id") SELECT old_values."certificate_number", old_values."certified_during", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."user_id", old_values."village_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='46384f28f18813fbe96775100eac36591622fda9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_43743', referencing='REFERENCING OLD TABLE AS old_values ', table='streams_host', when='AFTER')),
        ),
        migrations.AddField(
            model_name='harvestlotchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedharvestlot'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedharvestlot',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_harvestlotchange" ("id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_on", "product_id") SELECT new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."picked_on", new_values."product_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='24c3d10f97a3196d6cd38b4ce78a0c2f278477b4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_024de', referencing='REFERENCING NEW TABLE AS new_values ', table='catalog_harvestlot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedharvestlot',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_harvestlotchange" ("id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_on", "product_id") SELECT new_values."id", new_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."picked_on", new_values."product_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f47e0a4d8bd1bc3c4639b6b14f9973a7f7c6c39c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_77fb1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='catalog_harvestlot', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedharvestlot',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_harvestlotchange" ("id", "number", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "picked_on", "product_id") SELECT old_values."id", old_values."number", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."picked_on", old_values."product_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='84a30d5ca8bb6d4d2fead3e13c8e840148510f37', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_57b1d', referencing='REFERENCING OLD TABLE AS old_values ', table='catalog_harvestlot', when='AFTER')),
        ),
        migrations.AddField(
            model_name='farmerchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedfarmer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedfarmer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_farmerchange" ("id", "member_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplies") SELECT new_values."id", new_values."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."supplies" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4ae1acca95d366ef9fafe92f4de98155440b5827', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_de802', referencing='REFERENCING NEW TABLE AS new_values ', table='households_farmer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedfarmer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_farmerchange" ("id", "member_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplies") SELECT new_values."id", new_values."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."supplies" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='986a83960f7d6cb6ad8b4adad4835b0a57e6f390', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_df2f8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_farmer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedfarmer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_farmerchange" ("id", "member_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "supplies") SELECT old_values."id", old_values."member_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."supplies" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1dfd72983d4b395bc01103e622dd9aad302150f7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_17ffc', referencing='REFERENCING OLD TABLE AS old_values ', table='households_farmer', when='AFTER')),
        ),
        migrations.AddField(
            model_name='benefitlinkchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedbenefitlink'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedbenefitlink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_benefitlinkchange" ("household_id", "id", "in_force", "mechanism", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "producer_id", "rate_fen_per_kg", "rate_fen_per_unit", "share_bp", "version") SELECT new_values."household_id", new_values."id", new_values."in_force", new_values."mechanism", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."producer_id", new_values."rate_fen_per_kg", new_values."rate_fen_per_unit", new_values."share_bp", new_values."version" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1ed8c316d805cb6fee14b94ead5532a9e34aeda9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_e267f', referencing='REFERENCING NEW TABLE AS new_values ', table='households_benefitlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedbenefitlink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_benefitlinkchange" ("household_id", "id", "in_force", "mechanism", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "producer_id", "rate_fen_per_kg", "rate_fen_per_unit", "share_bp", "version") SELECT new_values."household_id", new_values."id", new_values."in_force", new_values."mechanism", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."producer_id", new_values."rate_fen_per_kg", new_values."rate_fen_per_unit", new_values."share_bp", new_values."version" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6642f85427790e8ab89721d74c13f6f2c80f90c2', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_cd5b9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_benefitlink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedbenefitlink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_benefitlinkchange" ("household_id", "id", "in_force", "mechanism", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "producer_id", "rate_fen_per_kg", "rate_fen_per_unit", "share_bp", "version") SELECT old_values."household_id", old_values."id", old_values."in_force", old_values."mechanism", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."producer_id", old_values."rate_fen_per_kg", old_values."rate_fen_per_unit", old_values."share_bp", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7740ed1953ac3f4dec9880e3801b3ca277321a0d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f2c9e', referencing='REFERENCING OLD TABLE AS old_values ', table='households_benefitlink', when='AFTER')),
        ),
        migrations.AddField(
            model_name='bankaccountchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedbankaccount'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedbankaccount',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_bankaccountchange" ("bank", "holder", "household_id", "id", "number", "number_digest", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."bank", new_values."holder", new_values."household_id", new_values."id", new_values."number", new_values."number_digest", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1172bb315f492101a93d4228772909cfc8fe7353', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a55f9', referencing='REFERENCING NEW TABLE AS new_values ', table='payouts_bankaccount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedbankaccount',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_bankaccountchange" ("bank", "holder", "household_id", "id", "number", "number_digest", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."bank", new_values."holder", new_values."household_id", new_values."id", new_values."number", new_values."number_digest", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='99d2cc7f15bf13ba97c5998224da4798bdc47263', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f5467', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='payouts_bankaccount', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedbankaccount',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_bankaccountchange" ("bank", "holder", "household_id", "id", "number", "number_digest", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."bank", old_values."holder", old_values."household_id", old_values."id", old_values."number", old_values."number_digest", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='54e519b9a4f2977acbfa3fee7667b31a4cca1183', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_3288e', referencing='REFERENCING OLD TABLE AS old_values ', table='payouts_bankaccount', when='AFTER')),
        ),
        migrations.AddField(
            model_name='aidprojectproducerschange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedaidprojectproducers'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidprojectproducers',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_aidprojectproducerschange" ("aidproject_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "producer_id") SELECT new_values."aidproject_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."producer_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b4fcaa2294e1fc086968abeccf881b48540bcecb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_260f6', referencing='REFERENCING NEW TABLE AS new_values ', table='households_aidproject_producers', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidprojectproducers',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_aidprojectproducerschange" ("aidproject_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "producer_id") SELECT new_values."aidproject_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."producer_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d46018c09e1159b0bd3b481f5476534258eb1578', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_be86c', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_aidproject_producers', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidprojectproducers',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_aidprojectproducerschange" ("aidproject_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "producer_id") SELECT old_values."aidproject_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."producer_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0181807a45a7b3ec6f5a58cdabddebdbc221a3c7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9cb4b', referencing='REFERENCING OLD TABLE AS old_values ', table='households_aidproject_producers', when='AFTER')),
        ),
        migrations.AddField(
            model_name='aidprojecthouseholdschange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedaidprojecthouseholds'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidprojecthouseholds',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_aidprojecthouseholdschange" ("aidproject_id", "household_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."aidproject_id", new_values."household_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='afd56a178101f6793c0727e95cc9b51aa30db027', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_64f55', referencing='REFERENCING NEW TABLE AS new_values ', table='households_aidproject_households', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidprojecthouseholds',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_aidprojecthouseholdschange" ("aidproject_id", "household_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."aidproject_id", new_values."household_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c794340e7a782dab018c89b84b78586935730473', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e4578', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_aidproject_households', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidprojecthouseholds',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_aidprojecthouseholdschange" ("aidproject_id", "household_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."aidproject_id", old_values."household_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='297fe892b6e9a278db33e5d149d0d3c128c20f8e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ec104', referencing='REFERENCING OLD TABLE AS old_values ', table='households_aidproject_households', when='AFTER')),
        ),
        migrations.AddField(
            model_name='aidprojectchange',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registers.trackedaidproject'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidproject',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_aidprojectchange" ("ends_on", "funding_fen", "funding_source", "id", "level", "mechanism", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "responsible", "starts_on", "tasks") SELECT new_values."ends_on", new_values."funding_fen", new_values."funding_source", new_values."id", new_values."level", new_values."mechanism", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."region_id", new_values."responsible", new_values."starts_on", new_values."tasks" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4f7764f06b01be72f386576aded242d3f7ef77a6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b1f34', referencing='REFERENCING NEW TABLE AS new_values ', table='households_aidproject', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidproject',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_aidprojectchange" ("ends_on", "funding_fen", "funding_source", "id", "level", "mechanism", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "responsible", "starts_on", "tasks") SELECT new_values."ends_on", new_values."funding_fen", new_values."funding_source", new_values."id", new_values."level", new_values."mechanism", new_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."region_id", new_values."responsible", new_values."starts_on", new_values."tasks" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='35ddf4b8fc656aed73ae58e1ed756a807ca83fc7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_aeadc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='households_aidproject', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trackedaidproject',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "registers_aidprojectchange" ("ends_on", "funding_fen", "funding_source", "id", "level", "mechanism", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "responsible", "starts_on", "tasks") SELECT old_values."ends_on", old_values."funding_fen", old_values."funding_source", old_values."id", old_values."level", old_values."mechanism", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."region_id", old_values."responsible", old_values."starts_on", old_values."tasks" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6f4473ee095b6bb7dfd95b9e764663e06e8b72ef', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6835e', referencing='REFERENCING OLD TABLE AS old_values ', table='households_aidproject', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('new__gt', 0), ('changed__gt', 0), _connector='OR'), name='import_changed_something'),
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='import_sha256'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importrun',
            trigger=pgtrigger.compiler.Trigger(name='import_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'import_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'import_kept: what is written stays';", hash='89e37d26da5094b8af0be732f8451bc1522c3eca', operation='UPDATE OR DELETE', pgid='pgtrigger_import_kept_e7427', table='registers_importrun', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='importrun',
            trigger=pgtrigger.compiler.Trigger(name='import_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'import_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'import_kept: what is written stays';", hash='1224be4a04e90faacf1aa94e722b9d3041754430', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_import_kept_truncate_f404e', table='registers_importrun', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='userchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='user_change_at'),
        ),
        migrations.AddIndex(
            model_name='userchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='user_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userchange',
            trigger=pgtrigger.compiler.Trigger(name='user_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'user_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'user_changes_kept: what is written stays';", hash='5b82188fd7c9e36dab1ddf7d0b04f9ec2fb952d5', operation='UPDATE OR DELETE', pgid='pgtrigger_user_changes_kept_b9e80', table='registers_userchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='userchange',
            trigger=pgtrigger.compiler.Trigger(name='user_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'user_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'user_changes_kept: what is written stays';", hash='fe2743f19240e552039f330a248db3c8ed59738e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_user_changes_kept_truncate_a281c', table='registers_userchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='skuchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='sku_change_at'),
        ),
        migrations.AddIndex(
            model_name='skuchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='sku_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skuchange',
            trigger=pgtrigger.compiler.Trigger(name='sku_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sku_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sku_changes_kept: what is written stays';", hash='b0677a8942c9c606414fead42f0fe241b18f7ae5', operation='UPDATE OR DELETE', pgid='pgtrigger_sku_changes_kept_b845f', table='registers_skuchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='skuchange',
            trigger=pgtrigger.compiler.Trigger(name='sku_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'sku_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'sku_changes_kept: what is written stays';", hash='5f188b60782c1ee8ea3b7637d871f22249b4d607', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_sku_changes_kept_truncate_5cf02', table='registers_skuchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='rolegrantchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='rolegrant_change_at'),
        ),
        migrations.AddIndex(
            model_name='rolegrantchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='rolegrant_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrantchange',
            trigger=pgtrigger.compiler.Trigger(name='rolegrant_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'rolegrant_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'rolegrant_changes_kept: what is written stays';", hash='6a7f2d95d0d08d4066d5eeb8bfd05f01100b06c1', operation='UPDATE OR DELETE', pgid='pgtrigger_rolegrant_changes_kept_77f39', table='registers_rolegrantchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rolegrantchange',
            trigger=pgtrigger.compiler.Trigger(name='rolegrant_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'rolegrant_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'rolegrant_changes_kept: what is written stays';", hash='5eade6986a9b96cb4ae5f8bda08360046b50e72b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_rolegrant_changes_kept_truncate_58b82', table='registers_rolegrantchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='productchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='product_change_at'),
        ),
        migrations.AddIndex(
            model_name='productchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='product_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='productchange',
            trigger=pgtrigger.compiler.Trigger(name='product_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'product_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'product_changes_kept: what is written stays';", hash='a0a653019cad7b8fb9881a479869483ded5fac3a', operation='UPDATE OR DELETE', pgid='pgtrigger_product_changes_kept_29284', table='registers_productchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='productchange',
            trigger=pgtrigger.compiler.Trigger(name='product_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'product_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'product_changes_kept: what is written stays';", hash='c700f05bc4a93e7114e0ce6050ef4481dd336bd5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_product_changes_kept_truncate_945e5', table='registers_productchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='producerchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='producer_change_at'),
        ),
        migrations.AddIndex(
            model_name='producerchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='producer_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='producerchange',
            trigger=pgtrigger.compiler.Trigger(name='producer_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'producer_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'producer_changes_kept: what is written stays';", hash='83820f64a6db2cdef8f961725592836a9364ed13', operation='UPDATE OR DELETE', pgid='pgtrigger_producer_changes_kept_1d69c', table='registers_producerchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='producerchange',
            trigger=pgtrigger.compiler.Trigger(name='producer_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'producer_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'producer_changes_kept: what is written stays';", hash='4fdb9af382d78886898bbee0ee3ec76feac84054', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_producer_changes_kept_truncate_c223e', table='registers_producerchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='poolpartchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='poolpart_change_at'),
        ),
        migrations.AddIndex(
            model_name='poolpartchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='poolpart_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolpartchange',
            trigger=pgtrigger.compiler.Trigger(name='poolpart_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'poolpart_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'poolpart_changes_kept: what is written stays';", hash='3c9f1b7121ef11a564699afa0a45605df441d118', operation='UPDATE OR DELETE', pgid='pgtrigger_poolpart_changes_kept_7b481', table='registers_poolpartchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolpartchange',
            trigger=pgtrigger.compiler.Trigger(name='poolpart_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'poolpart_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'poolpart_changes_kept: what is written stays';", hash='ff3f257bba985125e4e3d32fec536c075bee2385', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_poolpart_changes_kept_truncate_f7917', table='registers_poolpartchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='poolmemberchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='poolmember_change_at'),
        ),
        migrations.AddIndex(
            model_name='poolmemberchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='poolmember_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolmemberchange',
            trigger=pgtrigger.compiler.Trigger(name='poolmember_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'poolmember_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'poolmember_changes_kept: what is written stays';", hash='72fdd195caae25b4d4021b2a8c8314b00c90bb3c', operation='UPDATE OR DELETE', pgid='pgtrigger_poolmember_changes_kept_2128c', table='registers_poolmemberchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolmemberchange',
            trigger=pgtrigger.compiler.Trigger(name='poolmember_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'poolmember_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'poolmember_changes_kept: what is written stays';", hash='2bcce3a596a4d288a27e5ff7d8ab78db7a677be5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_poolmember_changes_kept_truncate_71b85', table='registers_poolmemberchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='organisationchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='organisation_change_at'),
        ),
        migrations.AddIndex(
            model_name='organisationchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='organisation_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationchange',
            trigger=pgtrigger.compiler.Trigger(name='organisation_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'organisation_changes_kept: what is written stays';", hash='bddd3af9f5cb9b4e037736df60dcb2c2bb34bb3e', operation='UPDATE OR DELETE', pgid='pgtrigger_organisation_changes_kept_76d0f', table='registers_organisationchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organisationchange',
            trigger=pgtrigger.compiler.Trigger(name='organisation_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'organisation_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'organisation_changes_kept: what is written stays';", hash='956a949d7420d475164bad58b557ec64e715551e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_organisation_changes_kept_truncate_f2f58', table='registers_organisationchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='householdmemberchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='householdmember_change_at'),
        ),
        migrations.AddIndex(
            model_name='householdmemberchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='householdmember_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='householdmemberchange',
            trigger=pgtrigger.compiler.Trigger(name='householdmember_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'householdmember_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'householdmember_changes_kept: what is written stays';", hash='4b8c998b1e6183a19becd47d2b18b8d74786659c', operation='UPDATE OR DELETE', pgid='pgtrigger_householdmember_changes_kept_240b1', table='registers_householdmemberchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='householdmemberchange',
            trigger=pgtrigger.compiler.Trigger(name='householdmember_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'householdmember_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'householdmember_changes_kept: what is written stays';", hash='f85b9c10a5b1f5be2199620d37385859f8f0be0b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_householdmember_changes_kept_truncate_36c0d', table='registers_householdmemberchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='householdchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='household_change_at'),
        ),
        migrations.AddIndex(
            model_name='householdchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='household_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='householdchange',
            trigger=pgtrigger.compiler.Trigger(name='household_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'household_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'household_changes_kept: what is written stays';", hash='48fa23f0a11463a8b71cca92e730980830c06f3b', operation='UPDATE OR DELETE', pgid='pgtrigger_household_changes_kept_b75a2', table='registers_householdchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='householdchange',
            trigger=pgtrigger.compiler.Trigger(name='household_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'household_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'household_changes_kept: what is written stays';", hash='d5e0ff1c7adf47bed30301fbdfa562341c2ec52f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_household_changes_kept_truncate_00bca', table='registers_householdchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='hostchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='host_change_at'),
        ),
        migrations.AddIndex(
            model_name='hostchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='host_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hostchange',
            trigger=pgtrigger.compiler.Trigger(name='host_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'host_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'host_changes_kept: what is written stays';", hash='8293f7c31aac95a8f5f23c86223b0dbe45557b1c', operation='UPDATE OR DELETE', pgid='pgtrigger_host_changes_kept_9fb33', table='registers_hostchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hostchange',
            trigger=pgtrigger.compiler.Trigger(name='host_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'host_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'host_changes_kept: what is written stays';", hash='380b30b35e3f8d63688ad46f1725166a146d7fa8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_host_changes_kept_truncate_b08d9', table='registers_hostchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='harvestlotchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='harvestlot_change_at'),
        ),
        migrations.AddIndex(
            model_name='harvestlotchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='harvestlot_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='harvestlotchange',
            trigger=pgtrigger.compiler.Trigger(name='harvestlot_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'harvestlot_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'harvestlot_changes_kept: what is written stays';", hash='fc4ff86b2ee6165213362cef7e2246e525e01f75', operation='UPDATE OR DELETE', pgid='pgtrigger_harvestlot_changes_kept_c0452', table='registers_harvestlotchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='harvestlotchange',
            trigger=pgtrigger.compiler.Trigger(name='harvestlot_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'harvestlot_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'harvestlot_changes_kept: what is written stays';", hash='548edc8ce1b38621bfd71a99c814c9212a1e5894', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_harvestlot_changes_kept_truncate_d7efa', table='registers_harvestlotchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='farmerchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='farmer_change_at'),
        ),
        migrations.AddIndex(
            model_name='farmerchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='farmer_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='farmerchange',
            trigger=pgtrigger.compiler.Trigger(name='farmer_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'farmer_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'farmer_changes_kept: what is written stays';", hash='b63b1d3e8e6f4a8a21d734cdcdda3fc6a6dd0e7d', operation='UPDATE OR DELETE', pgid='pgtrigger_farmer_changes_kept_d0c90', table='registers_farmerchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='farmerchange',
            trigger=pgtrigger.compiler.Trigger(name='farmer_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'farmer_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'farmer_changes_kept: what is written stays';", hash='ac239c970706fb6a6f25d83b3b0776070be672c3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_farmer_changes_kept_truncate_ecd26', table='registers_farmerchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='benefitlinkchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='benefitlink_change_at'),
        ),
        migrations.AddIndex(
            model_name='benefitlinkchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='benefitlink_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitlinkchange',
            trigger=pgtrigger.compiler.Trigger(name='benefitlink_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'benefitlink_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'benefitlink_changes_kept: what is written stays';", hash='21621f7ac059ca5be067762ca6894ebebb3a25a2', operation='UPDATE OR DELETE', pgid='pgtrigger_benefitlink_changes_kept_0b085', table='registers_benefitlinkchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitlinkchange',
            trigger=pgtrigger.compiler.Trigger(name='benefitlink_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'benefitlink_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'benefitlink_changes_kept: what is written stays';", hash='ffdabec537b549d02cc84e9a6ecf1df7d6f53850', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_benefitlink_changes_kept_truncate_741f6', table='registers_benefitlinkchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='bankaccountchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='bankaccount_change_at'),
        ),
        migrations.AddIndex(
            model_name='bankaccountchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='bankaccount_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankaccountchange',
            trigger=pgtrigger.compiler.Trigger(name='bankaccount_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'bankaccount_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'bankaccount_changes_kept: what is written stays';", hash='c55b962e6a88c4680c037ef559ba74c59c8eb94b', operation='UPDATE OR DELETE', pgid='pgtrigger_bankaccount_changes_kept_a0cea', table='registers_bankaccountchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bankaccountchange',
            trigger=pgtrigger.compiler.Trigger(name='bankaccount_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'bankaccount_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'bankaccount_changes_kept: what is written stays';", hash='36a5a35b0acf7338eadd2feb736fcae9add3c005', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_bankaccount_changes_kept_truncate_df5f9', table='registers_bankaccountchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='aidprojectproducerschange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='aidprojectproduc_change_at'),
        ),
        migrations.AddIndex(
            model_name='aidprojectproducerschange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='aidprojectproduc_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidprojectproducerschange',
            trigger=pgtrigger.compiler.Trigger(name='aidprojectproduc_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'aidprojectproduc_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'aidprojectproduc_changes_kept: what is written stays';", hash='4d549f82ee05be3c16b6b2017920ecf0840ce9bd', operation='UPDATE OR DELETE', pgid='pgtrigger_aidprojectproduc_changes_kept_ce212', table='registers_aidprojectproducerschange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidprojectproducerschange',
            trigger=pgtrigger.compiler.Trigger(name='aidprojectproduc_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'aidprojectproduc_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'aidprojectproduc_changes_kept: what is written stays';", hash='5d8dccffdf8a62bba541696f7bbb0e5d5e171671', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_aidprojectproduc_changes_kept_truncate_c26da', table='registers_aidprojectproducerschange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='aidprojecthouseholdschange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='aidprojecthouseh_change_at'),
        ),
        migrations.AddIndex(
            model_name='aidprojecthouseholdschange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='aidprojecthouseh_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidprojecthouseholdschange',
            trigger=pgtrigger.compiler.Trigger(name='aidprojecthouseh_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'aidprojecthouseh_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'aidprojecthouseh_changes_kept: what is written stays';", hash='5de4d34c55a499e715694f0bd2a1afd7454f0161', operation='UPDATE OR DELETE', pgid='pgtrigger_aidprojecthouseh_changes_kept_5b0ea', table='registers_aidprojecthouseholdschange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidprojecthouseholdschange',
            trigger=pgtrigger.compiler.Trigger(name='aidprojecthouseh_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'aidprojecthouseh_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'aidprojecthouseh_changes_kept: what is written stays';", hash='5e3d6503be11aef5107fe1eb1bf3e3ef7b8e49e1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_aidprojecthouseh_changes_kept_truncate_15829', table='registers_aidprojecthouseholdschange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='aidprojectchange',
            index=models.Index(fields=['-pgh_created_at', '-pgh_id'], name='aidproject_change_at'),
        ),
        migrations.AddIndex(
            model_name='aidprojectchange',
            index=models.Index(django.db.models.fields.json.KeyTransform('user', 'pgh_context'), models.OrderBy(models.F('pgh_created_at'), descending=True), name='aidproject_change_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidprojectchange',
            trigger=pgtrigger.compiler.Trigger(name='aidproject_changes_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'aidproject_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'aidproject_changes_kept: what is written stays';", hash='7de0b6ac72d4237b1d8dd2e911d677019ac2024a', operation='UPDATE OR DELETE', pgid='pgtrigger_aidproject_changes_kept_f7eb8', table='registers_aidprojectchange', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aidprojectchange',
            trigger=pgtrigger.compiler.Trigger(name='aidproject_changes_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'aidproject_changes_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'aidproject_changes_kept: what is written stays';", hash='3602a60a1c63c59a61fac0d3a0a31720b2c5a4de', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_aidproject_changes_kept_truncate_3e154', table='registers_aidprojectchange', when='BEFORE')),
        ),
    ]
