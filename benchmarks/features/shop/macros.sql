-- Every draw is a hash of what it is for, so the same size gives the same rows in any run. Variables: customers,
-- starts_at and ends_at (when the facts happen), from_share and to_share (which of them: 0 to 1 are those of two years).
create or replace temp macro share(number, purpose) as
hash(xor(hash(number), hash(purpose))) / 18446744073709551616.0;

-- an integer in [0, below), small ones more often the greater the power
create or replace temp macro pick(number, purpose, below, power) as
cast(floor(below * power(share(number, purpose), power)) as bigint);

create or replace temp macro pick_of(number, purpose, words) as
words[1 + pick(number, purpose, len(words), 1)];

-- some customers do much more than others: the most active tenth about a fifth of everything
create or replace temp macro customer_of(number, purpose) as
pick(number, purpose, getvariable('customers'), 1.5);

create or replace temp macro id_of(kind, number) as
md5(kind || cast(number as varchar));

create or replace temp macro first_of(per_customer) as
cast(per_customer * getvariable('customers') * getvariable('from_share') as bigint);

create or replace temp macro last_of(per_customer) as
cast(per_customer * getvariable('customers') * getvariable('to_share') as bigint);

-- one row per fact that is drawn; facts are numbered in order of time
create or replace temp macro facts(per_customer) as table
select
    number,
    getvariable('starts_at') + to_seconds(
        (epoch(getvariable('ends_at')) - epoch(getvariable('starts_at')))
        * (number - first_of(per_customer) + share(number, 'moment'))
        / (last_of(per_customer) - first_of(per_customer))
    ) as happened_at
from range(first_of(per_customer), last_of(per_customer)) as numbers(number);

-- three facts of a hundred are written down up to five days late, five are linked to their customer up to a year late
create or replace temp macro known_since(number, happened_at) as
happened_at
+ case when share(number, 'late') < 0.03 then to_seconds(share(number, 'lateness') * 432000) else to_seconds(0) end
+ case when share(number, 'linked') < 0.05 then to_seconds(share(number, 'link') * 31536000) else to_seconds(0) end;
