"""What a shop looks like in figures, beside real shops and published retail figures.

A portrait is a measuring tool over tidy feeds: it reads the files as a build does, and builds
nothing. :mod:`~tessera.portrait.feeds` names the files,
:mod:`~tessera.portrait.figures` lists what is measured, ``queries/`` says how (one file per idea),
:mod:`~tessera.portrait.references` holds what it is compared with, and
:mod:`~tessera.portrait.verdict` is the rule that calls a figure outside.
"""
