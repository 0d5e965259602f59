"""The posterior of the usage trend, the one part of the mathematics that integrates."""

import json
import os

from harness.hale import run as run_process
from harness.measure import duration
from harness.report import Bar, Section


def run(settings, portfolios, duck):
    """Times the posterior on one core over a seeded mix of counts."""
    runs = sorted(
        (json.loads(run_process([settings.mathematics, "posterior", str(settings.seed)], os.environ).output)
         for _ in range(settings.runs)),
        key=lambda answer: answer["microsecondsPerAccount"])
    median = runs[len(runs) // 2]
    section = Section("posterior", "the usage trend of an account")
    section.say(
        f"{median['accounts']:,} accounts with seeded counts from 0 to {median['largestCount']:,} in 28 days; an"
        " account has two posteriors, slow and fast. Processor time of one core, no database.")
    section.table(
        ["figure", "median", "min", "max"],
        [
            [name, *(duration(answer[key] / 1e6) for answer in (median, runs[0], runs[-1]))]
            for name, key in (("a posterior", "microsecondsPerPosterior"), ("an account", "microsecondsPerAccount"))
        ])
    return section.bars(Bar("time of an account", median["microsecondsPerAccount"], 5, "µs"))
