"""The track record: what models promised, and what then happened.

:func:`remember_scores` keeps a sample of what a build scored, :func:`keep_promises` compares it, at
later builds, with what its customers did. :func:`backtest_champions` does the same for past
origins, on fits of :func:`fit_older_replays` and of the evaluation. :func:`measure_importances`
keeps what each champion leans on, so that two releases can be compared. :func:`measure_lead_times`
asks how long before customers' last purchase alerts of their churn began.
"""

from tessera.track_record.backtests import backtest_champions
from tessera.track_record.importances import measure_importances, read_customers
from tessera.track_record.lead_times import (
    churn_champions,
    load_last_purchases,
    measure_lead_times,
)
from tessera.track_record.past_scores import fit_older_replays
from tessera.track_record.promises import keep_promises
from tessera.track_record.remembering import remember_scores
from tessera.track_record.schemas import (
    KEPT_PROMISES_ORDER,
    KEPT_PROMISES_SCHEMA,
    LEAD_TIMES_ORDER,
    LEAD_TIMES_SCHEMA,
    MODEL_IMPORTANCES_ORDER,
    MODEL_IMPORTANCES_SCHEMA,
    PROPENSITY_BACKTESTS_ORDER,
    PROPENSITY_BACKTESTS_SCHEMA,
    REMEMBERED_SCORES_ORDER,
    REMEMBERED_SCORES_SCHEMA,
)

__all__ = [
    "KEPT_PROMISES_ORDER",
    "KEPT_PROMISES_SCHEMA",
    "LEAD_TIMES_ORDER",
    "LEAD_TIMES_SCHEMA",
    "MODEL_IMPORTANCES_ORDER",
    "MODEL_IMPORTANCES_SCHEMA",
    "PROPENSITY_BACKTESTS_ORDER",
    "PROPENSITY_BACKTESTS_SCHEMA",
    "REMEMBERED_SCORES_ORDER",
    "REMEMBERED_SCORES_SCHEMA",
    "backtest_champions",
    "churn_champions",
    "fit_older_replays",
    "keep_promises",
    "load_last_purchases",
    "measure_importances",
    "measure_lead_times",
    "read_customers",
    "remember_scores",
]
