"""leak_findings: features that know the future. One row per finding; none is as it should be.

Thin binder over tessera.leaks.find_leaks.
"""

from tessera import frames, leaks


def model(dbt, session):
    dbt.ref("customer_features")
    dbt.ref("fact_times")
    return frames.typed(leaks.find_leaks(session), leaks.FINDING_SCHEMA)
