select distinct phone, country, regexp_replace(phone, '[^0-9+]', '', 'g') as phone_number, cast(null as string) as note
from {{ ref('reference_sets') }} where phone is not null
