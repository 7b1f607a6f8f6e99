"""releases: the file people read, published when all is green. One row per release and table.

Thin binder over tessera.publishing.publish_release.
"""

from tessera import frames, gates, publishing, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    gates.require_passed(dbt.ref("gate_segments"), run)
    folder = runs.load_releases_folder(dbt.ref("run_context"))
    marts = {
        "customers": dbt.ref("published_customers"),
        "customer_features": dbt.ref("published_customer_features"),
        "customer_segments": dbt.ref("customer_segments"),
        "customer_segment_history": dbt.ref("customer_segment_history"),
        "segment_migrations": dbt.ref("segment_migrations"),
        "segment_lineage": dbt.ref("segment_lineage"),
        "segment_shifts": dbt.ref("published_segment_shifts"),
        "segment_profiles": dbt.ref("segment_profiles"),
        "segment_drivers": dbt.ref("segment_drivers"),
        "segment_members": dbt.ref("segment_members"),
        "segment_hierarchy": dbt.ref("segment_hierarchy"),
        "segment_economics": dbt.ref("segment_economics"),
        "segment_months": dbt.ref("segment_months"),
        "segment_candidates": dbt.ref("segment_candidates"),
        "segment_comparison": dbt.ref("segment_comparison"),
        "segment_contracts": dbt.ref("segment_contracts"),
        "segment_map": dbt.ref("segment_map"),
        "customer_propensities": dbt.ref("customer_propensities"),
        "risk_band_promises": dbt.ref("risk_band_promises"),
        "segment_calibrations": dbt.ref("published_segment_calibrations"),
        "segment_deciles": dbt.ref("segment_deciles"),
        "model_scorecards": dbt.ref("model_scorecards"),
        "kept_promises": dbt.ref("published_kept_promises"),
        "propensity_backtests": dbt.ref("published_propensity_backtests"),
        "lead_times": dbt.ref("published_lead_times"),
        "model_importances": dbt.ref("published_model_importances"),
        "feature_catalog": dbt.ref("feature_catalog"),
        "feature_values": dbt.ref("published_feature_values"),
        "family_values": dbt.ref("published_family_values"),
        "profile_scores": dbt.ref("published_profile_scores"),
        "label_supply": dbt.ref("published_label_supply"),
        "gate_results": dbt.ref("gate_results"),
        "calendar_days": dbt.ref("calendar_days"),
        "identity_report": dbt.ref("published_identity_report"),
        "identity_merges": dbt.ref("published_identity_merges"),
    }
    # not published, but a release waits until their tests are green as well
    dbt.ref("rejected_rows"), dbt.ref("campaigns")
    dbt.ref("campaign_assignments"), dbt.ref("campaign_outcomes"), dbt.ref("built_snapshots")
    tables = {name: ("marts", name) for name in marts}
    schema, order = publishing.RELEASES_SCHEMA, publishing.RELEASES_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    publishing.require_unpublished(earlier, run)
    released = publishing.publish_release(session, tables, folder, run)
    return frames.typed(publishing.with_earlier(released, earlier), schema)
