"""Running contenders in turn, and what their runs took."""

import dataclasses
import statistics
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Measurement:
    """One run: wall time, the processor time and peak memory of the process itself, and what it printed."""

    seconds: float
    peak_bytes: int
    own_seconds: float
    output: str = ""


@dataclasses.dataclass(frozen=True)
class Contender:
    """Something to time: `prepare` comes before each run and is not timed."""

    name: str
    run: Callable[[], Measurement]
    prepare: Callable[[], object] = lambda: None


class Series:
    """The runs of one contender."""

    def __init__(self):
        self.measurements = []

    @property
    def median(self):
        """Median wall time in seconds."""
        return statistics.median(measurement.seconds for measurement in self.measurements)

    @property
    def cells(self):
        """The figures of HEADINGS as text for a table."""
        seconds = [measurement.seconds for measurement in self.measurements]
        own = statistics.median(measurement.own_seconds for measurement in self.measurements)
        return [
            duration(self.median), duration(min(seconds)), duration(max(seconds)), str(len(seconds)),
            duration(own), memory(self.peak_bytes),
        ]

    HEADINGS = ["median", "min", "max", "runs", "own CPU", "peak memory"]

    @property
    def peak_bytes(self):
        """The largest peak memory of the runs."""
        return max(measurement.peak_bytes for measurement in self.measurements)

    @property
    def total(self):
        """Wall time of all runs in seconds."""
        return sum(measurement.seconds for measurement in self.measurements)


def alternate(contenders, settings):
    """Runs contenders in turn, round by round; one whose runs took longer than the budget runs no more."""
    series = {contender.name: Series() for contender in contenders}
    for number in range(1, settings.runs + 1):
        for contender in contenders:
            runs = series[contender.name]
            if runs.total > settings.budget_seconds:
                continue
            contender.prepare()
            measurement = contender.run()
            runs.measurements.append(measurement)
            print(f"  run {number} of {contender.name}: {duration(measurement.seconds)}", flush=True)
    return series


def duration(seconds):
    """A time with three digits."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.3g} µs"
    # Below that, three digits round up to 1000 ms.
    if seconds < 0.9995:
        return f"{seconds * 1e3:.3g} ms"
    return f"{seconds:.3g} s" if seconds < 1000 else f"{seconds:.0f} s"


def memory(count):
    """Bytes as MB."""
    return f"{count / 1_000_000:.0f} MB"
