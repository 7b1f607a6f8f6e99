{# A profile is a choice of features, kept in seeds/feature_profiles.csv; `full` is all that the families make. #}

{# The features of the profile that this build is made with, in alphabetical order; none for all. Who asks has to
   stand behind the seed. #}
{% macro profile_features() -%}
    {% set profile = validated_feature_profile() %}
    {% if profile == 'full' or not execute %}{{ return(none) }}{% endif %}
    {% set seed = adapter.get_relation(this.database, 'seeds', 'feature_profiles') %}
    {% if not seed %}
        {{ exceptions.raise_compiler_error(
            "var 'feature_profile' is '" ~ profile ~ "', and there is no table seeds.feature_profiles yet: run dbt "
            ~ "build, or dbt seed first"
        ) }}
    {% endif %}
    {% set rows = run_query('select profile, feature_name from ' ~ seed ~ ' order by profile, feature_name').rows %}
    {% set features = [] %}
    {% for row in rows if row[0] == profile %}{% do features.append(row[1]) %}{% endfor %}
    {% if not features %}
        {{ exceptions.raise_compiler_error(
            "var 'feature_profile' must be full or a profile of seeds/feature_profiles.csv ("
            ~ rows | map(attribute=0) | unique | join(', ') ~ "); got: " ~ profile
        ) }}
    {% endif %}
    {{ return(features) }}
{%- endmacro %}

{# A feature of the profile that no family makes is a misspelling, or was renamed: say which one is meant. #}
{% macro refuse_unmade_features() -%}
    {% set made = [] %}
    {% for family in feature_families() %}{% do made.extend(feature_names(family)) %}{% endfor %}
    {% for name in profile_features() or [] if name not in made %}
        {{ exceptions.raise_compiler_error(
            "seeds/feature_profiles.csv: profile '" ~ var('feature_profile') ~ "' has the feature '" ~ name
            ~ "', which no family makes; the nearest is '" ~ nearest_feature(name) ~ "'"
        ) }}
    {% endfor %}
{%- endmacro %}

{# The feature of any family whose name is most like this one. #}
{% macro nearest_feature(name) -%}
    {% set candidates = [] %}
    {% for family in feature_families() %}
        {% for made in columns_made(family) %}
            {% do candidates.append("select '" ~ made ~ "' as feature_name") %}
        {% endfor %}
    {% endfor %}
    {% set likeness = name_similarity("feature_name", "'" ~ sql_literal_text(name) ~ "'") %}
    {% set query %}
        select feature_name from ({{ candidates | join(' union all ') }}) as made
        order by {{ likeness }} desc nulls last, feature_name nulls last
        limit 1
    {% endset %}
    {{ return(run_query(query).rows[0][0]) }}
{%- endmacro %}
