with

definitions as (

    select * from {{ ref('feature_definitions') }}
    where {{ gate_is_open(ref('gate_scores')) }}

),

versions as (

    select * from {{ ref('feature_versions') }}

),

statistics as (

    select * from {{ ref('feature_statistics') }}

),

starter as (

    select feature_name from {{ ref('feature_profiles') }}
    where profile = 'starter'

),

run_context as (

    select * from {{ ref('run_context') }}

),

feature_catalog as (

    select
        definitions.feature_name,
        definitions.family,
        definitions.subject,
        definitions.condition,
        definitions.measure,
        definitions.aggregate,
        definitions.window_days,
        definitions.description,
        definitions.data_type,
        definitions.null_policy,
        definitions.source_columns,
        definitions.definition_sql,
        definitions.is_own,
        starter.feature_name is not null as is_starter,
        definitions.version,
        versions.first_as_of as version_since,
        versions.replaced_version as previous_version,
        statistics.null_share,
        statistics.drift_psi,
        run_context.run_id,
        run_context.as_of,
        run_context.run_started_at as scored_at

    from definitions

    inner join versions
        on
            definitions.feature_name = versions.feature_name
            and definitions.version = versions.version

    left join statistics
        on definitions.feature_name = statistics.feature_name

    left join starter
        on definitions.feature_name = starter.feature_name

    cross join run_context

)

select * from feature_catalog
order by feature_name
