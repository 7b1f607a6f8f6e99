"""Words of the simulated shop: what people write, what they are called, what is sold.

:mod:`.texts` writes texts in which sentiment, topic and intent are planted (:mod:`.labels` says
what they can be); :mod:`.people`, :mod:`.addresses`, :mod:`.emails` and :mod:`.phones` spell arrays
of codes; :mod:`.typos` misspells; :mod:`.catalogue` names and prices products. All work on whole
arrays and draw from the generator they are given: the same state gives the same bytes.
"""

from tessera.simulate.words.addresses import (
    draw_cities,
    spell_cities,
    spell_countries,
    spell_postcodes,
    spell_streets,
)
from tessera.simulate.words.catalogue import product_names, write_catalogue
from tessera.simulate.words.directory import COUNTRIES, Directory, load_directory
from tessera.simulate.words.emails import (
    draw_domains,
    replace_domains,
    spell_emails,
    spell_mistyped_domains,
)
from tessera.simulate.words.labels import (
    INTENTS,
    KINDS,
    SENTIMENTS,
    STYLES,
    TOPICS,
    Kind,
    LabelError,
    draw_intents,
    intent_shares,
    is_sensible,
)
from tessera.simulate.words.people import (
    draw_first_names,
    draw_last_names,
    spell_first_names,
    spell_last_names,
    spell_nicknames,
)
from tessera.simulate.words.phones import spell_phones
from tessera.simulate.words.texts import write_subjects, write_texts
from tessera.simulate.words.typos import misspell

__all__ = [
    "COUNTRIES",
    "INTENTS",
    "KINDS",
    "SENTIMENTS",
    "STYLES",
    "TOPICS",
    "Directory",
    "Kind",
    "LabelError",
    "draw_cities",
    "draw_domains",
    "draw_first_names",
    "draw_intents",
    "draw_last_names",
    "intent_shares",
    "is_sensible",
    "load_directory",
    "misspell",
    "product_names",
    "replace_domains",
    "spell_cities",
    "spell_countries",
    "spell_emails",
    "spell_first_names",
    "spell_last_names",
    "spell_mistyped_domains",
    "spell_nicknames",
    "spell_phones",
    "spell_postcodes",
    "spell_streets",
    "write_catalogue",
    "write_subjects",
    "write_texts",
]
