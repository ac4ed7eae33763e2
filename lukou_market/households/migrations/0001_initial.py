import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import lukou_market.kernel.encryption
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_initial'),
    ]

    operations = [
        # A range of text, so that an exclusion constraint can compare words without btree_gist.
        migrations.RunSQL("CREATE TYPE textrange AS RANGE (subtype = text)", "DROP TYPE textrange"),
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
            name='BenefitLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mechanism', models.CharField(choices=[('labour', 'Labour'), ('land', 'Land transfer'), ('purchase', 'Purchase at a stated price'), ('dividend', 'Equity and dividend'), ('production', 'Own production'), ('platform', 'Platform share')], max_length=10, verbose_name='Mechanism')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='Version')),
                ('share_bp', models.PositiveIntegerField(blank=True, null=True, verbose_name='Share (basis points)')),
                ('rate_fen_per_kg', models.PositiveIntegerField(blank=True, null=True, verbose_name='Price per kg (fen)')),
                ('rate_fen_per_unit', models.PositiveIntegerField(blank=True, null=True, verbose_name='Piece rate (fen)')),
                ('in_force', django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name='In force')),
                ('household', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='households.household', verbose_name='Household')),
            ],
            options={
                'verbose_name': 'Benefit link',
                'verbose_name_plural': 'Benefit links',
                'ordering': ['producer', 'household', 'mechanism', 'version'],
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
            name='PoolPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='Name')),
                ('part_bp', models.PositiveIntegerField(verbose_name='Part of the pool (basis points)')),
                ('income_kind', models.CharField(blank=True, choices=[('wage', 'Wage income'), ('business', 'Business income'), ('property', 'Property income'), ('transfer', 'Transfer income')], default='property', max_length=8, verbose_name='Income kind')),
                ('total_weight', models.PositiveIntegerField(default=0, editable=False)),
                ('collective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='Collective of the village')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='households.benefitlink', verbose_name='Benefit link')),
            ],
            options={
                'verbose_name': 'Part of the pool',
                'verbose_name_plural': 'Parts of the pool',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='PoolMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.PositiveIntegerField(default=1, verbose_name='Weight in the group')),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='households.household', verbose_name='Household')),
                ('part', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='households.poolpart')),
            ],
            options={
                'verbose_name': 'Household of the pool',
                'verbose_name_plural': 'Households of the pool',
                'ordering': ['household'],
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
        migrations.AddField(
            model_name='benefitlink',
            name='producer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='households.producer', verbose_name='Producer'),
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
                ('producers', models.ManyToManyField(blank=True, related_name='projects', to='households.producer', verbose_name='Producers of the project')),
            ],
            options={
                'verbose_name': 'Aid project',
                'verbose_name_plural': 'Aid projects',
                'ordering': ['id'],
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
            model_name='householdmember',
            constraint=models.UniqueConstraint(condition=models.Q(('relation', 'head')), fields=('household',), name='household_one_head'),
        ),
        migrations.AddConstraint(
            model_name='householdmember',
            constraint=models.CheckConstraint(condition=models.Q(('months_worked__gte', 0), ('months_worked__lte', 12)), name='member_months_worked'),
        ),
        migrations.AddConstraint(
            model_name='poolpart',
            constraint=models.UniqueConstraint(fields=('link', 'name'), name='pool_part_name_once'),
        ),
        migrations.AddConstraint(
            model_name='poolpart',
            constraint=models.CheckConstraint(condition=models.Q(('part_bp__gt', 0), ('part_bp__lte', 10000)), name='pool_part_share'),
        ),
        migrations.AddConstraint(
            model_name='poolpart',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('collective', None), ('total_weight__gt', 0), models.Q(('income_kind', ''), _negated=True)), models.Q(('collective__isnull', False), ('income_kind', ''), ('total_weight', 0)), _connector='OR'), name='pool_part_to_somebody'),
        ),
        migrations.AddConstraint(
            model_name='poolpart',
            constraint=models.CheckConstraint(condition=models.Q(('collective', None), models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Right('collective', 3), models.Value('000')), _negated=True), _connector='OR'), name='pool_part_collective_of_village'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolpart',
            trigger=pgtrigger.compiler.Trigger(name='pool_part_of_whole_pool', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF (SELECT coalesce(sum(part_bp), 0) FROM households_poolpart WHERE link_id = NEW.link_id) <> 10000 OR NOT EXISTS (SELECT FROM households_benefitlink WHERE id = NEW.link_id AND mechanism = 'dividend' AND household_id IS NULL) THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_part_of_whole_pool', TABLE = TG_TABLE_NAME, MESSAGE = 'pool_part_of_whole_pool: the parts of a pool sum to 10000 bp, and only a pool has any';\n            END IF;\n            RETURN NULL;\n        ", hash='e1691267fe9d3205754d7779cae0c38010982195', operation='INSERT OR UPDATE', pgid='pgtrigger_pool_part_of_whole_pool_66cd3', table='households_poolpart', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolpart',
            trigger=pgtrigger.compiler.Trigger(name='pool_part_has_its_members', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF (SELECT coalesce(sum(weight), 0) FROM households_poolmember WHERE part_id = NEW.id) <> NEW.total_weight THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_part_has_its_members', TABLE = TG_TABLE_NAME, MESSAGE = 'pool_part_has_its_members: a group has the households it was made with';\n            END IF;\n            RETURN NULL;\n        ", hash='5a7981856f311094580a8566127d6515f886c1d1', operation='INSERT OR UPDATE', pgid='pgtrigger_pool_part_has_its_members_7ae98', table='households_poolpart', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolpart',
            trigger=pgtrigger.compiler.Trigger(name='pool_part_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_part_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'pool_part_kept: what is written stays';", hash='8ab40f006f7b6e0bcda20c181f241ca92f91c97f', operation='UPDATE OR DELETE', pgid='pgtrigger_pool_part_kept_ce274', table='households_poolpart', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolpart',
            trigger=pgtrigger.compiler.Trigger(name='pool_part_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_part_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'pool_part_kept: what is written stays';", hash='6eb0ad3021827cee17c3aa5e98d251bc8b05defd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_pool_part_kept_truncate_eaca8', table='households_poolpart', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='poolmember',
            constraint=models.UniqueConstraint(fields=('part', 'household'), name='pool_member_once'),
        ),
        migrations.AddConstraint(
            model_name='poolmember',
            constraint=models.CheckConstraint(condition=models.Q(('weight__gt', 0)), name='pool_member_weight'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolmember',
            trigger=pgtrigger.compiler.Trigger(name='pool_members_whole', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF (SELECT coalesce(sum(weight), 0) FROM households_poolmember WHERE part_id = NEW.part_id) <> (SELECT total_weight FROM households_poolpart WHERE id = NEW.part_id) THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_members_whole', TABLE = TG_TABLE_NAME, MESSAGE = 'pool_members_whole: a group keeps the households it was made with';\n            END IF;\n            RETURN NULL;\n        ", hash='39c9b32a57842947751d5c1ccdf2dffc171f5a00', operation='INSERT OR UPDATE', pgid='pgtrigger_pool_members_whole_72652', table='households_poolmember', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolmember',
            trigger=pgtrigger.compiler.Trigger(name='pool_member_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_member_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'pool_member_kept: what is written stays';", hash='02bfdd2a3985bae3dfa7799d4a670be77e81df16', operation='UPDATE OR DELETE', pgid='pgtrigger_pool_member_kept_eee1b', table='households_poolmember', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poolmember',
            trigger=pgtrigger.compiler.Trigger(name='pool_member_kept_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pool_member_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'pool_member_kept: what is written stays';", hash='b581fc9a938a53ae00b630da845ed59636c79f02', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_pool_member_kept_truncate_73c74', table='households_poolmember', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='producer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('household__isnull', False), ('kind', 'household')), models.Q(models.Q(('kind', 'household'), _negated=True), ('household__isnull', True)), _connector='OR'), name='producer_household_kind'),
        ),
        migrations.AddConstraint(
            model_name='producer',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Right('village', 3), models.Value('000')), _negated=True), name='producer_village_is_village'),
        ),
        migrations.AddIndex(
            model_name='benefitlink',
            index=models.Index(condition=models.Q(('mechanism', 'purchase')), fields=['producer'], name='benefit_link_purchase'),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=models.UniqueConstraint(fields=('producer', 'household', 'mechanism', 'version'), name='benefit_link_version_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=models.CheckConstraint(condition=models.Q(('share_bp__gt', 0), ('share_bp__lte', 10000)), name='benefit_link_share'),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=models.CheckConstraint(condition=models.Q(('rate_fen_per_kg__gt', 0), ('rate_fen_per_unit__gt', 0)), name='benefit_link_rates'),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('household', None), ('mechanism', 'purchase'), ('rate_fen_per_kg__isnull', False), ('rate_fen_per_unit', None), ('share_bp', None)), models.Q(('household__isnull', False), ('mechanism', 'labour'), ('rate_fen_per_kg', None), ('rate_fen_per_unit__isnull', False), ('share_bp', None)), models.Q(('rate_fen_per_kg', None), ('rate_fen_per_unit', None), ('household__isnull', False), ('mechanism__in', ['land', 'production', 'dividend']), ('share_bp__isnull', False)), models.Q(('rate_fen_per_kg', None), ('rate_fen_per_unit', None), ('household', None), ('mechanism', 'dividend'), ('share_bp__isnull', False)), models.Q(('rate_fen_per_kg', None), ('rate_fen_per_unit', None), ('household', None), ('mechanism', 'platform'), ('share_bp__isnull', False)), _connector='OR'), name='benefit_link_terms_fit', violation_error_message="These terms don't fit the mechanism."),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=models.CheckConstraint(condition=models.Q(('in_force__isempty', False), ('in_force__lower_inf', False)), name='benefit_link_dated'),
        ),
        migrations.AddConstraint(
            model_name='benefitlink',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('producer', 'producer', models.Value('[]'), function='int8range'), '&&'), (models.Func(django.db.models.functions.comparison.Coalesce('household', 0), django.db.models.functions.comparison.Coalesce('household', 0), models.Value('[]'), function='int8range'), '&&'), (models.Func('mechanism', 'mechanism', models.Value('[]'), function='textrange'), '&&'), ('in_force', '&&')], name='benefit_link_versions_apart'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitlink',
            trigger=pgtrigger.compiler.Trigger(name='benefit_link_version_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW.producer_id IS DISTINCT FROM OLD.producer_id OR NEW.household_id IS DISTINCT FROM OLD.household_id OR NEW.mechanism IS DISTINCT FROM OLD.mechanism OR NEW.version IS DISTINCT FROM OLD.version OR NEW.share_bp IS DISTINCT FROM OLD.share_bp OR NEW.rate_fen_per_kg IS DISTINCT FROM OLD.rate_fen_per_kg OR NEW.rate_fen_per_unit IS DISTINCT FROM OLD.rate_fen_per_unit)', func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'benefit_link_version_kept', TABLE = TG_TABLE_NAME, MESSAGE = 'benefit_link_version_kept: producer_id, household_id, mechanism, version, share_bp, rate_fen_per_kg, rate_fen_per_unit never change';", hash='8fba612a8d3ab027970cc2c79b5259c9d55225cb', operation='UPDATE', pgid='pgtrigger_benefit_link_version_kept_a54aa', table='households_benefitlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitlink',
            trigger=pgtrigger.compiler.Trigger(name='benefit_link_shares_fit', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF EXISTS (\n        SELECT FROM (\n            SELECT DISTINCT lower(in_force) AS instant FROM households_benefitlink\n            WHERE producer_id = NEW.producer_id AND in_force && NEW.in_force\n        ) starts\n        WHERE 10000 < (\n            SELECT sum(share_bp) FROM households_benefitlink\n            WHERE producer_id = NEW.producer_id AND in_force @> instant)\n    ) THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'benefit_link_shares_fit', TABLE = TG_TABLE_NAME, MESSAGE = 'benefit_link_shares_fit: the shares of a producer exceed 10000 bp';\n            END IF;\n            RETURN NULL;\n        ", hash='57112b9bb965e5df3422bb6fb5826b6dbcbef8df', operation='INSERT OR UPDATE', pgid='pgtrigger_benefit_link_shares_fit_cd0c0', table='households_benefitlink', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitlink',
            trigger=pgtrigger.compiler.Trigger(name='benefit_link_parts_whole', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n            IF NEW.mechanism = 'dividend' AND NEW.household_id IS NULL AND (SELECT coalesce(sum(part_bp), 0) FROM households_poolpart WHERE link_id = NEW.id) <> 10000 THEN\n                RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'benefit_link_parts_whole', TABLE = TG_TABLE_NAME, MESSAGE = 'benefit_link_parts_whole: the parts of a pool sum to 10000 bp';\n            END IF;\n            RETURN NULL;\n        ", hash='3f3a664d6990921f2b7fe26cb05045f79ef88c54', operation='INSERT OR UPDATE', pgid='pgtrigger_benefit_link_parts_whole_03be8', table='households_benefitlink', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitlink',
            trigger=pgtrigger.compiler.Trigger(name='benefit_link_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'benefit_link_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'benefit_link_stays: what is written stays';", hash='c813a7e003302927c67966f939595fc3e0d40a46', operation='DELETE', pgid='pgtrigger_benefit_link_stays_a7d9c', table='households_benefitlink', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='benefitlink',
            trigger=pgtrigger.compiler.Trigger(name='benefit_link_stays_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'benefit_link_stays', TABLE = TG_TABLE_NAME, MESSAGE = 'benefit_link_stays: what is written stays';", hash='0e17ea5b22b8bc059d8d2669ef1ce7dafbd20304', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_benefit_link_stays_truncate_7e4f2', table='households_benefitlink', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='aidproject',
            constraint=models.CheckConstraint(condition=models.Q(('funding_fen__gt', 0)), name='project_funding_positive'),
        ),
        migrations.AddConstraint(
            model_name='aidproject',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='project_ends_after_start'),
        ),
    ]
