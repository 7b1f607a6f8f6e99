{# Words and ids of Zendesk in the feeds' terms. #}

{# Satisfaction from 1 to 5: good is 5 and bad is 1, with or without a comment; a number from 1 to 5 is itself; offered,
   unoffered and any other word says nothing. #}
{% macro zendesk_score(score) -%}
    case
        when lower({{ score }}) in ('good', 'good_with_comment') then '5'
        when lower({{ score }}) in ('bad', 'bad_with_comment') then '1'
        when {{ try_number(score) }} between 1 and 5 then {{ score }}
    end
{%- endmacro %}

{# What the feeds call two of Zendesk's channels; the others keep its words. #}
{% macro zendesk_channel(channel) -%}
    case lower({{ channel }}) when 'voice' then 'phone' when 'web' then 'form' else lower({{ channel }}) end
{%- endmacro %}

{# Whether external_id of users is listed as something else than customer_ref. #}
{% macro zendesk_lists_another_reference() -%}
    {% set listed = connector_fields('zendesk', 'users') %}
    {{ return('external_id' in [listed.get('contact_id'), listed.get('user_ref')]) }}
{%- endmacro %}

{# Lines of a select: what a ticket says at any time. #}
{% macro zendesk_ticket() -%}
    feed_file,
        feed_row,
        ticket_id,
        {{ utc_text('created_at') }} as created_at,
        contact_id,
        customer_ref,
        user_ref,
        email,
        phone,
        channel,
{%- endmacro %}

{# The two columns of a ticket that is set aside. #}
{% macro zendesk_rejection() -%}
    case
        -- with its table: tickets as a feed have a column of this name, too
        when lower(dated.status) = 'deleted' then 'tickets.status'
        when dated.is_gone then '_fivetran_deleted'
        when merged_tickets.ticket_id is not null then 'merged_ticket_ids'
        when requesters.is_staff then 'requester_id'
    end as rejected_column,
    case
        when lower(dated.status) = 'deleted' then 'is deleted: the ticket lies in the bin'
        when dated.is_gone then 'is true: deleted in Zendesk'
        when merged_tickets.ticket_id is not null then 'of another ticket name it: merged into that one'
        when requesters.is_staff then 'is an agent or admin: no customer asks'
    end as rejected_reason
{%- endmacro %}
