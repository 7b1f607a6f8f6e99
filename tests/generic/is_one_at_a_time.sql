{# Of the versions of one key no two stand at a time. Only those that were replaced are compared with others:
   they are few, and that the last is alone is the unique key of the model that shows what stands. #}
{% test is_one_at_a_time(model, key) %}
select
    replaced.{{ key }},
    replaced.known_at,
    count(*) as versions

from {{ model }} as replaced

inner join {{ model }} as other
    on
        replaced.{{ key }} = other.{{ key }}
        and replaced.known_at < other.superseded_at
        and other.known_at < replaced.superseded_at

where not ({{ is_last_version('replaced.superseded_at') }})
group by replaced.{{ key }}, replaced.known_at
having count(*) > 1
{% endtest %}
