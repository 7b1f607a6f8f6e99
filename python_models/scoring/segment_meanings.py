"""segment_meanings: what each segment is called, and what people say of it. One row per segment.

Thin binder over tessera.segmentation.meaning.tell_meanings.
"""

from tessera import frames, registry, runs, segmentation
from tessera.segmentation import meaning, over_time


def model(dbt, session):
    run = runs.load_run(dbt.ref("run_context"))
    models = frames.read(dbt.ref("segment_models"), segmentation.SEGMENT_MODELS_ORDER)
    champions = frames.read(dbt.ref("champion_models"), registry.CHAMPION_ORDER)
    chosen = registry.load_champions(models, champions, task="segmentation")
    playbook = frames.read(dbt.ref("segment_playbook"), ["archetype"])
    names = frames.read(dbt.ref("segment_names"), ["segment_id"])
    reigns = frames.read(dbt.ref("segment_reigns"), over_time.SEGMENT_REIGNS_ORDER)
    segments = meaning.named_segments(reigns, run)
    borne = set(reigns["segment_id"])
    told = meaning.tell_meanings(chosen, segments, borne, playbook, names, run)
    return frames.typed(told, meaning.SEGMENT_MEANINGS_SCHEMA)
