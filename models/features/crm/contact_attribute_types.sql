-- depends_on: {{ ref('base_feeds__contacts') }}
{% set attributes = contact_attributes() %}
with

contacts as (

    -- a column has one type in every snapshot; what is known as of the build decides, nothing
    -- that comes later
    select * from {{ ref('contacts') }}
    where {{ is_known_before('valid_from', '(select as_of from ' ~ ref('run_context') ~ ')') }}

),

contact_attribute_types as (

    {% for name in attributes -%}
    select
        '{{ name }}' as attribute_name,
        case count({{ name }})
            when 0 then 'text'
            when count({{ attribute_number(name) }}) then 'number'
            when count({{ attribute_boolean(name) }}) then 'boolean'
            when count({{ date_value(name) }}) then 'date'
            else 'text'
        end as value_type
    from contacts
    {{ 'union all' if not loop.last }}
    {% else -%}
    select
        cast(null as string) as attribute_name,
        cast(null as string) as value_type
    from contacts
    where false
    {% endfor %}
)

select * from contact_attribute_types
order by attribute_name
