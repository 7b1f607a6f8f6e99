-- Nothing vanishes: rows in = rows kept + duplicates + rejected, and none of them is negative.
select *
from {{ ref('feed_accounting') }}
where
    rows_in != rows_kept + rows_duplicate + rows_rejected
    or least(rows_in, rows_kept, rows_duplicate, rows_rejected) < 0
