{# A share or a probability lies in [0, 1]. #}
{% test is_share(model, column_name) %}
select {{ column_name }} as value
from {{ model }}
where {{ column_name }} < 0 or {{ column_name }} > 1
{% endtest %}
