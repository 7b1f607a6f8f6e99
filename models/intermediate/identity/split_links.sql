select * from {{ ref('identity_links') }} where false
