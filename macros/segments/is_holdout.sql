{# Whether a customer is kept out of campaigns: a number drawn from her id and the key that her id is hashed with, below
   the share. It does not depend on the segment, so that she stays in or out for good; each segment has the share up to
   chance. A larger share keeps everybody who was in the smaller one (decision 21). #}
{% macro is_holdout(customer_id) -%}
    {{ hash_share("'" ~ identity_key() ~ ":holdout:' || " ~ customer_id) }}
    < {{ validated_share_var('holdout_share') }}
{%- endmacro %}
