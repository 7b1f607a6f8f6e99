-- One release is one run: every row of every published table carries the same run_id, as_of and scored_at.
with

stamps as (

    {% for published in published_models() -%}
    select distinct
        run_id,
        as_of,
        scored_at
    from {{ ref(published) }}
    {{ 'union' if not loop.last }}
    {% endfor %}
)

select stamps.*
from stamps

left join {{ ref('run_context') }} as run_context
    on
        stamps.run_id = run_context.run_id
        and stamps.as_of = run_context.as_of
        and stamps.scored_at = run_context.run_started_at

where run_context.run_id is null
