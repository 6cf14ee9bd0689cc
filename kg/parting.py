"""Words that the segmentation joined and the lexicon parts: a name's end and what follows, a particle and its neighbours."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, MutableMapping

import rjieba

from kg.offsets import word_begin

# How long what may be joined to another word is at least; how long a body's name is that a guess may only begin with.
_LONG, _WHOLE = 2, 3

Words = MutableMapping[int, tuple[int, str]]


def particle(text: str, words: Words, bounds: bytearray, begin: int, end: int) -> None:
    """Part a particle from what the segmentation guessed around it: 措 | 的 | 州."""
    start = word_begin(bounds, begin + 1)
    stop, tag = words.get(start, (end, ""))
    if start == begin or stop < end or rjieba.has_word(text[start:stop]):
        return
    words[start], words[begin] = (begin, "x"), (end, "uj")
    bounds[begin] = bounds[end] = 1
    if end < stop:
        words[end] = (stop, tag)


def ends(
    text: str,
    words: Words,
    bounds: bytearray,
    hits: Iterable[tuple[int, int, bool]],
    joins: Mapping[int, int],
    gone: Container[int],
    followers: Container[str],
) -> None:
    """Part the words that the segmentation made of a name's end and what follows: 规划|馆及, 第二|中等学校.

    ``hits`` are the ends of names, with whether a closed kind ends there; ``joins`` the conjunctions, by where they begin; what says
    that somebody goes begins at ``gone``.
    """
    for begin, end, closed in hits:
        whole = end - begin >= _WHOLE and bounds[begin]
        if bounds[end] or (end not in joins and text[end] not in followers and end not in gone and not whole):
            continue
        start = word_begin(bounds, end)
        stop, tag = words.get(start, (end, ""))
        known = rjieba.has_word(text[start:stop])
        said = end in gone and start == end - 1 and stop == end + 1 and (whole or (start == begin and not known))
        if end not in joins and (said or (closed and whole and start == begin and not known)):
            # 促进 | 处 | 到, 种植业 | 股 | 到; 卫健委 | 疾控科
            words[start], words[end], bounds[end] = (end, "n"), (stop, "v" if said else tag), 1
            continue
        if end - begin < _LONG:
            continue
        if end not in joins:
            if stop == end + 1 and not known:
                # 生态环境 | 局要
                words[start], words[end], bounds[end] = (end, "n"), (stop, "v"), 1
            continue
        if joins[end] <= stop and (not known or (closed and begin < start and bounds[begin])):
            words[start], bounds[end] = (end, "n"), 1
            words[end] = (stop, "c" if joins[end] == stop else tag)
            if joins[end] < stop:
                words[end], words[joins[end]], bounds[joins[end]] = (joins[end], "u"), (stop, tag), 1
