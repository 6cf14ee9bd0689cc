"""What stands around one title chain: the chains before it, the area that it is in, and where people went in its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from kg.chains import Context
from kg.places import AreaReader
from kg.recall import Chain
from kg.seatwords import SeatWords


class Nearby:
    """The surroundings of one chain while its posts are read; ``area`` is the chain's own as far as it is known."""

    def __init__(self, words: SeatWords, areas: AreaReader, context: Context, chains: Sequence[Chain]) -> None:
        self.words, self.areas, self.chains = words, areas, chains
        self.context, self.scan, self.setting = context, context.scan, context.setting
        self.before: list[Chain] = []
        self.previous: Chain | None = None
        self.area: str | None = None

    def _adjoins(self, begin: int) -> bool:
        return self.previous is not None and self._between(self.previous.end, begin)

    def _between(self, begin: int, end: int) -> bool:
        address = self.scan.cue(begin, "NameFollowerCue")
        if address is not None and self.scan.words.get(begin, (0, ""))[1].startswith("n"):
            # 杨礼权 | 同志，党委委员
            begin = address[0]
        return not self.scan.text[begin:end].strip(self.words.separators)

    def _level(self, word: str | None, offset: int, governed: bool = True) -> str | None:
        """The area of a bare level word: the chain's or what contains it, else the locality's. ``governed`` leaves out functional areas."""
        if word is None:
            return self.area or self.setting.locality
        town = self._town(word, offset) if word in self.words.grassroots else None
        if town is not None:
            return town
        area = self._here(offset)
        if area is not None:
            for code in self.areas.chain(area):
                if self.areas.has_level(code, word) and not (governed and self.areas.area(code).level == "functional"):
                    return code
        return self.areas.level(word, self.setting, offset, governed)

    def _town(self, word: str, offset: int) -> str | None:
        """The town of the village in whose sentence an offset is: 察看了诸葛镇双牌村…。在双牌村，| 镇党委书记."""
        villages = self.context.villages() if self.area is None else ()
        low = max(self.scan.sentence(offset)[0], self.scan.text.rfind("；", 0, offset))
        name = next((v.name for v in reversed(villages) if low <= v.begin < offset), None)
        towns = (v.area for v in villages if v.name == name and v.area is not None)
        return next((code for code in towns if self.areas.has_level(code, word)), None)

    def _host(self, offset: int) -> str | None:
        """The area gone to in a sentence, for people whom a visitor is with: 来到错那县，与 | 县人大主任甲座谈."""
        scan = self.scan
        led = any(e == offset for kind in ("ComitativeCue", "LocativeCue") for _, e, _ in scan.cues.get(kind, ()))
        if not led:
            return None
        start, goals = scan.sentence(offset)[0], {e for _, e, _ in scan.cues.get("MovementCue", ())}
        gone = [s.area for s in self.setting.spans if start <= s.begin < offset and s.full and s.begin in goals]
        return gone[-1] if gone else None

    def _here(self, offset: int) -> str | None:
        """The chain's area; for a chain that goes on a list of visitors theirs (砀山县委书记甲，县长乙), where no host is in the list."""
        host = self._host(offset) if self.area is None else None
        if host is not None:
            return host
        if self.area is not None or self.previous is None or self.previous.area is None:
            return self.area
        at, locality = offset, self.setting.locality
        if self._descends(offset):
            return self.previous.area
        for chain in reversed(self.before):
            if not self._between(chain.end, at):
                break
            if chain.area is not None and locality in self.areas.chain(chain.area):
                return None
            at = chain.begin
        return self.previous.area if at < offset else None

    def _descends(self, offset: int) -> bool:
        """Whether a list goes on behind those of a city in the article's: 江门市…甲、台山市…乙、| 市政协副主席丙 come in this order."""
        previous, locality = self.previous, self.setting.locality
        if previous is None or previous.area is None or locality is None or self.scan.text[previous.end : offset] != "、":
            return False
        own = all(body.area == previous.area for body in previous.organizations)
        same = self.areas.level_word(previous.area) == self.areas.level_word(locality)
        return own and same and locality in self.areas.chain(previous.area)[1:]
