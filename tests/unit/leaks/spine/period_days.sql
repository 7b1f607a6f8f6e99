select cast(days.day_start_at as date) as day, periods.starts_at, periods.ends_at, periods.period
from (
    select unnest(generate_series(
        (select min(starts_at) from features.periods),
        (select max(starts_at) from features.periods), interval '1 day'
    )) as day_start_at
) as days
inner join features.periods as periods
    on periods.starts_at < days.day_start_at + interval '1' day and periods.ends_at > days.day_start_at
