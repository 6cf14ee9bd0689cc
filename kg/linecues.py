"""The cues and names by which the lines of a page are told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from kg.lexicon import Lexicon
from kg.values import dataclass


@dataclass(frozen=True, slots=True)
class LayoutCues:
    """The words that bound and sign articles, as the ontology gives them, and what names are made of."""

    datelines: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    byline_suffixes: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    not_datelines: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    continuations: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    surnames: Mapping[str, int] = field(default_factory=dict)
    given: Mapping[str, tuple[float, float, float]] = field(default_factory=dict)
    elements: tuple[str, ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)
    maybe: frozenset[str] = frozenset()
    towns: tuple[str, ...] = ()
    places: Mapping[str, object] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, lexicon: Lexicon) -> LayoutCues:
        """The cues of a lexicon."""
        kind, places = lexicon.of_kind, lexicon.gazetteer
        return cls(
            kind("DatelineCue"),
            kind("ReporterCue"),
            kind("BylineSuffixCue"),
            (*kind("EditorCue"), *kind("SourceCue")),
            kind("SourceCue"),
            kind("FurnitureCue"),
            kind("NotDatelineCue"),
            kind("CaptionCue"),
            kind("ContinuationCue"),
            kind("NoticeHeadCue"),
            kind("RelativeDayCue"),
            kind("BylineBodyCue"),
            places.surnames,
            places.given,
            lexicon.name_elements,
            places.not_names,
            places.maybe_names,
            lexicon.grassroots,
            places.names,
            kind("GroupCue"),
        )
