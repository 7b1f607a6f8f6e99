{# What trackers of websites and apps tell in the same way. #}

{# The kind of device by what the browser calls itself. A crawler's own words are kept: they say that it is one. #}
{% macro device_of_user_agent(user_agent) -%}
    case
        when {{ is_bot_device(user_agent) }} then {{ user_agent }}
        when
            lower({{ user_agent }}) like '%ipad%'
            or lower({{ user_agent }}) like '%tablet%'
            or (lower({{ user_agent }}) like '%android%' and lower({{ user_agent }}) not like '%mobile%')
            then 'tablet'
        when
            lower({{ user_agent }}) like '%mobi%'
            or lower({{ user_agent }}) like '%iphone%'
            or lower({{ user_agent }}) like '%android%'
            then 'mobile'
        when {{ user_agent }} is not null then 'desktop'
    end
{%- endmacro %}

{# Where a visitor came from: the page before, unless it is a page of the same site. #}
{% macro outer_referrer(referrer, page_url) -%}
    case
        when coalesce({{ host_of_url(referrer) }} <> {{ host_of_url(page_url) }}, true) then {{ referrer }}
    end
{%- endmacro %}

{# The first and the last of two names written as one; of more than two nobody knows which is which. #}
{% macro first_of_two_names(name) -%}
    case when {{ fits(name, '\\S+ \\S+') }} then split_part({{ name }}, ' ', 1) end
{%- endmacro %}
{% macro last_of_two_names(name) -%}
    case when {{ fits(name, '\\S+ \\S+') }} then split_part({{ name }}, ' ', 2) end
{%- endmacro %}
