{# Text functions that engines spell differently. #}

{% macro white_space() %}{{ return(' \t\r\n\u00a0') }}{% endmacro %}

{# Without white space at either end; blank is NULL. A no-break space is white space, too. #}
{% macro trimmed_text(column) %}{{ return(adapter.dispatch('trimmed_text')(column)) }}{% endmacro %}
{% macro default__trimmed_text(column) -%}
    -- the pattern is cheap, and trimming more than spaces is not
    case
        when regexp_matches(cast({{ column }} as string), '^[\s\x{a0}]|[\s\x{a0}]$|^$')
            then nullif(trim(cast({{ column }} as string), '{{ white_space() }}'), '')
        else cast({{ column }} as string)
    end
{%- endmacro %}
{% macro spark__trimmed_text(column) -%}
    nullif(trim(both '{{ white_space() }}' from cast({{ column }} as string)), '')
{%- endmacro %}

{# Whether a pattern fits the whole text. #}
{% macro fits(text, pattern) %}{{ return(adapter.dispatch('fits')(text, pattern)) }}{% endmacro %}
{% macro default__fits(text, pattern) -%} regexp_full_match({{ text }}, '{{ pattern }}') {%- endmacro %}
{% macro spark__fits(text, pattern) -%} ({{ text }} rlike r'^(?:{{ pattern }})$') {%- endmacro %}

{# Every match of a pattern replaced; the replacement names groups in the engine's own way. #}
{% macro replaced(text, pattern, replacement='') %}{{ return(adapter.dispatch('replaced')(text, pattern, replacement)) }}{% endmacro %}
{% macro default__replaced(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}
{% macro spark__replaced(text, pattern, replacement) -%}
    regexp_replace({{ text }}, r'{{ pattern }}', r'{{ replacement | replace('\\', '$') }}')
{%- endmacro %}

{# An id in two: what stands before its first digit, and the digits at its end; empty when there is no such part. #}
{% macro leading_letters(text) %}{{ return(adapter.dispatch('leading_letters')(text)) }}{% endmacro %}
{% macro default__leading_letters(text) -%} regexp_extract({{ text }}, '^[^0-9]*') {%- endmacro %}
{% macro spark__leading_letters(text) -%} regexp_extract({{ text }}, '^[^0-9]*', 0) {%- endmacro %}
{% macro trailing_digits(text) %}{{ return(adapter.dispatch('trailing_digits')(text)) }}{% endmacro %}
{% macro default__trailing_digits(text) -%} regexp_extract({{ text }}, '[0-9]+$') {%- endmacro %}
{% macro spark__trailing_digits(text) -%} regexp_extract({{ text }}, '[0-9]+$', 0) {%- endmacro %}
{# In small letters without accents: `Åse Müßig` is `ase mussig`. What stays accented is no Latin letter. #}
{% macro folded(text) %}{{ return(adapter.dispatch('folded')(text)) }}{% endmacro %}
{% macro default__folded(text) -%}
    translate(replace(replace(lower(strip_accents({{ text }})), 'ß', 'ss'), 'æ', 'ae'), 'øłđð', 'oldd')
{%- endmacro %}
{% macro spark__folded(text) -%}
    translate(
        replace(replace(lower({{ text }}), 'ß', 'ss'), 'æ', 'ae'),
        'áàâäãåāąăçćčďéèêëęěēíìîïīıñńňóòôöõőřśšşșťţțúùûüůűūýÿžźżøłđð',
        'aaaaaaaaacccdeeeeeeeiiiiiinnnoooooorssssttt' || 'uuuuuuuyyzzzoldd'
    )
{%- endmacro %}

{# The first match of a pattern, NULL when there is none. #}
{% macro first_match(text, pattern) %}{{ return(adapter.dispatch('first_match')(text, pattern)) }}{% endmacro %}
{% macro default__first_match(text, pattern) -%} nullif(regexp_extract({{ text }}, '{{ pattern }}'), '') {%- endmacro %}
{% macro spark__first_match(text, pattern) -%} nullif(regexp_extract({{ text }}, r'{{ pattern }}', 0), '') {%- endmacro %}
