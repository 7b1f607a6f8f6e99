with

figures as (

    {% for figures in [
        'size_figures', 'over_stitching_figures', 'refusal_figures', 'under_stitching_figures', 'link_figures',
        'truth_figures',
    ] -%}
    select * from {{ ref(figures) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    section,
    measure,
    value,
    detail
from figures
where value is not null
order by section, measure, detail nulls first
