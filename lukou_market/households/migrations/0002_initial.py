import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import lukou_market.kernel.encryption
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('households', '0001_textrange'),
        ('regions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='Household number')),
                ('category', models.CharField(choices=[('general_poor', 'General poor household'), ('allowance', 'Minimum living allowance household'), ('five_guarantee', 'Five-guarantee household'), ('allowance_poor', 'Allowance and poor household'), ('monitored_unstable', 'Monitored: out of poverty, unstable'), ('monitored_marginal', 'Monitored: at the margin'), ('monitored_sudden', 'Monitored: sudden hardship'), ('general', 'General farming household')], max_length=20, verbose_name='Category')),
                ('main_cause', models.CharField(blank=True, choices=[('illness', 'Illness'), ('disability', 'Disability'), ('schooling', 'Schooling'), ('disaster', 'Disaster'), ('land', 'Lack of land'), ('water', 'Lack of water'), ('skills', 'Lack of skills'), ('labour', 'Lack of labour'), ('capital', 'Lack of capital'), ('transport', 'Poor transport'), ('motivation', 'Lack of motivation'), ('other', 'Other')], max_length=10, verbose_name='Main cause')),
                ('other_causes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('illness', 'Illness'), ('disability', 'Disability'), ('schooling', 'Schooling'), ('disaster', 'Disaster'), ('land', 'Lack of land'), ('water', 'Lack of water'), ('skills', 'Lack of skills'), ('labour', 'Lack of labour'), ('capital', 'Lack of capital'), ('transport', 'Poor transport'), ('motivation', 'Lack of motivation'), ('other', 'Other')], max_length=10), blank=True, default=list, size=2, verbose_name='Other causes')),
                ('able_and_willing', models.BooleanField(default=True, verbose_name='Able and willing')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Village')),
            ],
            options={
                'verbose_name': 'Household',
                'verbose_name_plural': 'Households',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='AidProject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='Project name')),
                ('level', models.CharField(choices=[('key', 'Key project'), ('district', 'District project'), ('town', 'Town project'), ('village', 'Village project')], max_length=8, verbose_name='Level')),
                ('tasks', models.TextField(verbose_name='Construction tasks')),
                ('funding_source', models.CharField(max_length=60, verbose_name='Source of funds')),
                ('funding_fen', models.BigIntegerField(verbose_name='Funds (fen)')),
                ('starts_on', models.DateField(verbose_name='Begins on')),
                ('ends_on', models.DateField(verbose_name='Ends on')),
                ('responsible', models.CharField(max_length=40, verbose_name='Person responsible')),
                ('mechanism', models.TextField(verbose_name='How it reduces poverty')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Place')),
                ('households', models.ManyToManyField(blank=True, related_name='projects', to='households.household', verbose_name='Households covered')),
            ],
            options={
                'verbose_name': 'Aid project',
                'verbose_name_plural': 'Aid projects',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='Full name')),
                ('relation', models.CharField(choices=[('head', 'Head of household'), ('spouse', 'Spouse'), ('child', 'Child'), ('parent', 'Parent'), ('grandchild', 'Grandchild'), ('other', 'Other')], max_length=10, verbose_name='Relation to head')),
                ('id_number', lukou_market.kernel.encryption.EncryptedTextField(verbose_name='ID number')),
                ('id_digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('health', models.CharField(choices=[('healthy', 'Healthy'), ('chronic', 'Chronic illness'), ('serious', 'Serious illness'), ('disabled', 'Has a disability')], max_length=10, verbose_name='Health')),
                ('labour', models.CharField(choices=[('ordinary', 'Ordinary labour'), ('skilled', 'Skilled labour'), ('weak', 'Weak or half labour'), ('none', 'No ability to work')], max_length=10, verbose_name='Ability to work')),
                ('months_worked', models.PositiveSmallIntegerField(default=0, verbose_name='Months worked this year')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='households.household', verbose_name='Household')),
            ],
            options={
                'verbose_name': 'Household member',
                'verbose_name_plural': 'Household members',
            },
        ),
        migrations.CreateModel(
            name='Farmer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('supplies', models.CharField(max_length=60, verbose_name='Supplies')),
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='households.householdmember', verbose_name='Member')),
            ],
            options={
                'verbose_name': 'Farmer',
                'verbose_name_plural': 'Farmers',
            },
        ),
        migrations.CreateModel(
            name='Producer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='Name')),
                ('kind', models.CharField(choices=[('enterprise', 'Enterprise'), ('base', 'Base'), ('cooperative', 'Cooperative'), ('household', 'Household')], max_length=12, verbose_name='Kind')),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='households.household', verbose_name='Household')),
                ('village', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='regions.region', verbose_name='Village')),
            ],
            options={
                'verbose_name': 'Producer',
                'verbose_name_plural': 'Producers',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='BenefitLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mechanism', models.CharField(choices=[('labour', 'Labour'), ('land', 'Land transfer'), ('purchase', 'Purchase at a stated price'), ('dividend', 'Equity and dividend'), ('production', 'Own production')], max_length=10, verbose_name='Mechanism')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Version')),
                ('share_bp', models.PositiveIntegerField(verbose_name='Share (basis points)')),
                ('in_force', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='In force')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='households.household', verbose_name='Household')),
                ('producer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='households.producer', verbose_name='Producer')),
            ],
            options={
                'verbose_name': 'Benefit link',
                'verbose_name_plural': 'Benefit links',
                'ordering': ['producer', 'household', 'mechanism', 'version'],
            },
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Right('village', 3), models.Value('000')), _negated=True), name='household_village_is_village'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(('category', 'general'), models.Q(('main_cause', ''), _negated=True), _connector='OR'), name='household_poor_has_main_cause'),
        ),
        migrations.AddConstraint(
            model_name='household',
            constraint=models.CheckConstraint(condition=models.Q(('other_causes__len__lte', 2)), name='household_two_other_causes'),
        ),
        migrations.AddConstraint(
            model_name='aidproject',
            constraint=models.CheckConstraint(condition=models.Q(('funding_fen__gt', 0)), name='project_funding_positive'),
        ),
        migrations.AddConstraint(
            model_name='aidproject',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='project_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='householdmember',
            constraint=models.UniqueConstraint(condition=models.Q(('relation', 'head')), fields=('household',), name='household_one_head'),
        ),
        migrations.AddConstraint(
            model_name='householdmember',
            constraint=models.CheckConstraint(condition=models.Q(('months_worked__gte', 0), ('months_worked__lte', 12)), name='member_months_worked'),
        ),
        migrations.AddConstraint(
            model_name='producer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('household__isnull', False), ('kind', 'household')), models.Q(models.Q(('kind', 'household'), _negated=True), ('household__isnull', True)), _connector='OR'), name='producer_household_kind'),
        ),
        migrations.AddConstraint(
            model_name='producer',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Right('village', 3), models.Value('000')), _negated=True), name='producer_village_is_village'),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=models.UniqueConstraint(fields=('producer', 'household', 'mechanism', 'version'), name='benefit_link_version_once'),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=models.CheckConstraint(condition=models.Q(('share_bp__gt', 0), ('share_bp__lte', 10000)), name='benefit_link_share'),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=models.CheckConstraint(condition=models.Q(('in_force__isempty', False), ('in_force__lower_inf', False)), name='benefit_link_dated'),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('producer', 'producer', models.Value('[]'), function='int8range'), '&&'), (models.Func('household', 'household', models.Value('[]'), function='int8range'), '&&'), (models.Func('mechanism', 'mechanism', models.Value('[]'), function='textrange'), '&&'), ('in_force', '&&')], name='benefit_link_versions_apart'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitlink',
            trigger=pgtrigger.compiler.Trigger(name='benefit_link_version_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NEW.producer_id IS DISTINCT FROM OLD.producer_id OR NEW.household_id IS DISTINCT FROM OLD.household_id OR NEW.mechanism IS DISTINCT FROM OLD.mechanism OR NEW.version IS DISTINCT FROM OLD.version OR NEW.share_bp IS DISTINCT FROM OLD.share_bp THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'benefit_link_version_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'benefit_link_version_kept: producer_id, household_id, mechanism, version, share_bp never change'; END IF; RETURN NEW;", hash='386db994f6053199928d07da7b8f7431aa44caaa', operation='UPDATE', pgid='pgtrigger_benefit_link_version_kept_a54aa', table='households_benefitlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitlink',
            trigger=pgtrigger.compiler.Trigger(name='benefit_link_shares_fit', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n                    IF EXISTS (\n                        SELECT FROM (\n                            SELECT DISTINCT lower(in_force) AS instant FROM households_benefitlink\n                            WHERE producer_id = NEW.producer_id AND in_force && NEW.in_force\n                        ) starts\n                        WHERE 10000 < (\n                            SELECT sum(share_bp) FROM households_benefitlink\n                            WHERE producer_id = NEW.producer_id AND in_force @> instant)\n                    ) THEN\n                        RAISE EXCEPTION USING ERRCODE = 'check_violation',\n                            CONSTRAINT = 'benefit_link_shares_fit',\n                            MESSAGE = 'the shares of a producer exceed 10000 bp';\n                    END IF;\n                    RETURN NULL;\n                ", hash='2727b88f4a7b05174db3c6a5837e8d4a0c344b45', operation='INSERT OR UPDATE', pgid='pgtrigger_benefit_link_shares_fit_cd0c0', table='households_benefitlink', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
