"""What marts.customer_features promises: columns with their types and meanings, as dbt YAML.

The mart's columns follow from the feature families and the windows, its promise must list them one
by one: so the list is written by `tessera contract`, reviewed and committed like any promise. A
shop may have more columns: features of its own, and the attributes of its contacts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tessera.features.grammar import is_attribute, parse_feature

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER = """\
# Written by `tessera contract` from the features that the last build made: do not edit by hand.
# Readers rely on it: a feature that disappears or changes its type fails the build.
version: 2

models:
  - name: published_customer_features
    description: >-
      One row per customer: every feature as of the newest snapshot. Published as
      marts.customer_features. A shop may have more features than are promised here: its own, and
      those of the attributes of its contacts.
    config: {contract: {enforced: false}}
    data_tests: [keeps_its_promise]
    columns:
      - name: customer_id
        description: "{{ doc('customer_id') }}"
        data_type: varchar
        data_tests: [unique, not_null]
      - name: snapshot_at
        description: "{{ doc('snapshot_at') }}"
        data_type: timestamp
"""
_FOOTER = """\
      - name: run_id
        description: "{{ doc('run_id') }}"
        data_type: varchar
      - name: as_of
        description: "{{ doc('as_of') }}"
        data_type: timestamp
      - name: scored_at
        description: "{{ doc('scored_at') }}"
        data_type: timestamp
"""


def render_contract(feature_names: Sequence[str]) -> str:
    """Return the YAML for features in the order of the mart's columns, without contact attributes.

    Raises
    ------
    FeatureNameError
        A name does not follow the grammar, so that nobody could say what the column holds.
    """
    promised = [name for name in feature_names if not is_attribute(name)]
    return _HEADER + "".join(_column(name) for name in promised) + _FOOTER


def _column(name: str) -> str:
    feature = parse_feature(name)
    return (
        f"      - name: {name}\n"
        f'        description: "{feature.description}"\n'
        f"        data_type: {feature.data_type}\n"
    )
