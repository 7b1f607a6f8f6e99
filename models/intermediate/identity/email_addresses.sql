select distinct email, lower(email) as email_address, cast(null as string) as domain_typo, false as is_role, false as is_placeholder
from {{ ref('reference_sets') }} where email is not null
