with

measured as (

    select
        *,
        rank() over (partition by model_id order by importance desc nulls last) as place
    from {{ ref('model_importances') }}

),

champions as (

    select * from {{ ref('champion_models') }}

),

present as (

    select measured.*
    from measured

    inner join champions
        on measured.model_id = champions.model_id

),

champion_days as (

    select distinct
        target,
        champion_as_of
    from present

),

earlier_models as (

    -- those that were champion first at an earlier day than the present one was
    select
        measured.target,
        measured.model_id,
        row_number() over (
            partition by measured.target
            order by max(measured.champion_as_of) desc nulls last, measured.model_id asc nulls last
        ) as age

    from measured

    inner join champion_days
        on
            measured.target = champion_days.target
            and measured.champion_as_of < champion_days.champion_as_of

    group by measured.target, measured.model_id

),

previous as (

    select measured.*
    from measured

    inner join earlier_models
        on
            measured.model_id = earlier_models.model_id
            and earlier_models.age = 1

),

compared as (

    -- what only one of the two reads has moved as well
    select
        present.*,
        previous.share as previous_share,
        previous.place as previous_place,
        coalesce(present.target, previous.target) as of_target,
        previous.model_id as previous_model,
        previous.feature_name as previous_feature_name,
        abs(coalesce(present.share, 0) - coalesce(previous.share, 0)) / 2 as moved

    from present

    full join previous
        on
            present.target = previous.target
            and present.feature_name = previous.feature_name

)

select * from compared
