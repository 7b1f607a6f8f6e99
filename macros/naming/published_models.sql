{# The models whose tables a release publishes, those of python_models/publishing/releases.py: what holds of
   every published table is tested over this list. #}
{% macro published_models() -%}
    {{ return([
        'published_customers',
        'published_customer_features',
        'customer_segments',
        'segment_profiles',
        'segment_economics',
        'segment_comparison',
        'segment_contracts',
        'segment_map',
        'customer_propensities',
        'risk_band_promises',
        'segment_deciles',
        'published_segment_calibrations',
        'model_scorecards',
        'published_kept_promises',
        'published_propensity_backtests',
        'published_lead_times',
        'published_model_importances',
        'published_lead_times',
        'published_label_supply',
        'published_feature_values',
        'published_family_values',
        'published_profile_scores',
        'feature_catalog',
        'gate_results',
        'published_identity_report',
        'published_identity_merges',
    ]) }}
{%- endmacro %}
