{# Properties of Mixpanel's events and profiles: its own begin with $, a site's are spelled as the site likes. #}

{# What is read, and the names that it goes by. #}
{% macro mixpanel_names() -%}
    {{ return({
        'time': ['time'],
        'distinct_id': ['distinct_id', '$distinct_id'],
        'insert_id': ['$insert_id'],
        'mp_processing_time_ms': ['mp_processing_time_ms', '$mp_api_timestamp_ms'],
        'device_id': ['$device_id'],
        'user_id': ['$user_id', 'user_id'],
        'email': ['$email', 'email', 'Email'],
        'phone': ['$phone', 'phone', 'Phone'],
        'mp_lib': ['mp_lib'],
        'os': ['$os'],
        'device': ['$device'],
        'current_url': ['$current_url'],
        'referrer': ['$referrer'],
        'utm_source': ['utm_source'],
        'utm_medium': ['utm_medium'],
        'utm_campaign': ['utm_campaign'],
        'session_id': ['$session_id', 'session_id', 'Session ID'],
        'product_id': ['product_id', 'Product ID', 'productId', 'item_id', 'Item ID', 'sku', 'SKU'],
        'category': ['category', 'Category', 'product_category', 'Product Category'],
        'search_query': ['search_query', 'Search Query', 'search_term', 'Search Term', 'query', 'Query'],
        'revenue': ['revenue', 'Revenue'],
        'name': ['$name', 'name', 'Name'],
        'first_name': ['$first_name', 'first_name', 'First Name'],
        'last_name': ['$last_name', 'last_name', 'Last Name'],
        'country_code': ['$country_code'],
        'created': ['$created'],
        'last_seen': ['$last_seen'],
    }) }}
{%- endmacro %}

{# All of them at once, for mixpanel_property. #}
{% macro mixpanel_properties(column) -%}
    {{ json_texts(column, mixpanel_names().values() | sum(start=[])) }}
{%- endmacro %}

{# One of them, out of such a list; NULL where none of its names is there. #}
{% macro mixpanel_property(name, properties='told') -%}
    {%- set paths = mixpanel_names().values() | sum(start=[]) -%}
    {%- set values = [] -%}
    {%- for spelling in mixpanel_names()[name] -%}
        {%- do values.append(text_at(properties, paths.index(spelling))) -%}
    {%- endfor -%}
    {{ values[0] if values | length == 1 else 'coalesce(' ~ values | join(', ') ~ ')' }}
{%- endmacro %}

{# What a pipeline has laid flat, else the property. #}
{% macro mixpanel_value(name) -%}
    coalesce({{ name }}, {{ mixpanel_property(name) }})
{%- endmacro %}
