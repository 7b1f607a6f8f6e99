-- Nobody with a tombstone is among the identifiers: the feeds keep them out before anything of them lands.
-- Should somebody come back under a spelling that is not recognised there, `tessera forget` it as well.
{% set file = tombstone_file() %}
with

tombstones as (

    {% if execute and tombstone_types(file) -%}
    {{ tombstone_rows(file) }}
    {%- else -%}
    select cast(null as string) as identifier_id
    {%- endif %}

)

select
    identifiers.identifier_type,
    identifiers.identifier_id
from {{ ref('identifiers') }} as identifiers

inner join tombstones
    on identifiers.identifier_id = tombstones.identifier_id
