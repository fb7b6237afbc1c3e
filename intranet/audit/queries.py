"""Proving that the log is whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from .models import Entry, Head
from .rules import digest_of


@dataclass(frozen=True)
class Fault:
    """The first row of a chain that does not fit, and what does not."""

    chain: str
    number: int
    what: str


@dataclass
class Findings:
    """What a walk through the whole log has seen."""

    chains: int
    entries: int
    faults: list[Fault]


def verify() -> Findings:
    """Walk every chain and make every digest again.

    Heads are read before the entries: what is written meanwhile stands behind them and is checked as well,
    and no writer waits. A chain removed with its head leaves no trace in the database; a backup shows it.
    """
    heads = {head.chain: head for head in Head.objects.all()}
    seen: set[str] = set()
    findings = Findings(chains=len(heads), entries=0, faults=[])
    rows = Entry.objects.order_by("chain", "number").iterator(chunk_size=2000)
    for chain, entries in groupby(rows, key=lambda entry: entry.chain):
        seen.add(chain)
        walk = _Walk(chain, heads.get(chain))
        walk.through(entries)
        findings.entries += walk.count
        findings.chains += chain not in heads
        findings.faults += walk.faults()
    for chain, head in heads.items():
        if chain not in seen and head.number > 0:
            findings.faults.append(
                Fault(chain, 1, f"missing: the head says {head.number} rows, there is none")
            )
    findings.faults.sort(key=lambda fault: fault.chain)
    return findings


class _Walk:
    """One chain from its first row to its head."""

    def __init__(self, chain: str, head: Head | None) -> None:
        self.chain, self.head = chain, head
        self.count, self.number, self.digest = 0, 0, ""
        self.fault: Fault | None = None

    def through(self, entries: Iterator[Entry]) -> None:
        for entry in entries:
            self.count += 1
            if self.fault is None and (what := self._misfit(entry)):
                self.fault = Fault(self.chain, entry.number, what)
            self.number, self.digest = entry.number, entry.digest

    def _misfit(self, entry: Entry) -> str:
        if entry.number != self.number + 1:
            return f"gap: row {self.number + 1} is missing before it"
        if entry.previous != self.digest:
            return "previous: it does not carry the digest of the row before it"
        if entry.digest != digest_of(entry):
            return "digest: its content is not what was written"
        if self.head is not None and entry.number == self.head.number and entry.digest != self.head.digest:
            return "head: the head carries another digest for this row"
        return ""

    def faults(self) -> list[Fault]:
        if self.fault is not None:
            return [self.fault]
        if self.head is not None and self.number < self.head.number:
            what = f"missing: the chain ends at {self.number}, the head says {self.head.number}"
            return [Fault(self.chain, self.number + 1, what)]
        # Rows behind the head that was read: written since, or put there by somebody.
        if self.head is None or self.number > self.head.number:
            now = Head.objects.filter(chain=self.chain).first()
            if now is None:
                return [Fault(self.chain, self.number, "head: the head of the chain is missing")]
            if now.number < self.number:
                return [
                    Fault(
                        self.chain, now.number + 1, f"head: it ends at {now.number}, the row stands behind it"
                    )
                ]
        return []
