"""releases: the file people read, published when all is green. One row per release and table.

Thin binder over tessera.publishing.publish_release.
"""

from tessera import frames, publishing, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    folder = runs.load_releases_folder(dbt.ref("run_context"))
    marts = {
        "customers": dbt.ref("published_customers"),
        "customer_features": dbt.ref("published_customer_features"),
        "customer_segments": dbt.ref("customer_segments"),
        "segment_profiles": dbt.ref("segment_profiles"),
        "customer_propensities": dbt.ref("customer_propensities"),
        "model_scorecards": dbt.ref("model_scorecards"),
        "gate_results": dbt.ref("gate_results"),
    }
    tables = {name: ("marts", name) for name in marts}
    earlier = frames.remembered(
        session, dbt.this, publishing.RELEASES_SCHEMA, publishing.RELEASES_ORDER
    )
    released = publishing.publish_release(session, tables, folder, run)
    return frames.typed(publishing.with_earlier(released, earlier), publishing.RELEASES_SCHEMA)
