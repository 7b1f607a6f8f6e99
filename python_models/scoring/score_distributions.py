"""score_distributions: how scores are spread, beside the build before. One row per target and bin.

Thin binder over tessera.propensity.distribute_scores.
"""

from tessera import frames, propensity, runs


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    scored = dbt.ref("propensity_scores").project("target, customer_id, probability")
    scores = frames.read(scored, ["target", "customer_id"])
    schema, order = propensity.SCORE_DISTRIBUTIONS_SCHEMA, propensity.SCORE_DISTRIBUTIONS_ORDER
    earlier = frames.remembered(session, dbt.this, schema, order)
    return frames.typed(propensity.distribute_scores(scores, earlier, run), schema)
