"""The exact distribution of renewed ARR, beside the same computation in numpy."""

import json
import os
import random
import subprocess
import sys

from harness.hale import run as run_process
from harness.measure import Contender, Measurement, alternate, duration
from harness.report import Bar, Section

RENEWALS = 5_000
STEPS = 4_000
NODES = 21


def run(settings, portfolios, duck):
    """Times both on the renewals of one file, in turn."""
    file = settings.work / "renewals.txt"
    numbers = random.Random(settings.seed)
    file.write_text("".join(
        f"{numbers.uniform(0.3, 0.98):.6f} {numbers.randint(1_000, 200_000)}\n" for _ in range(RENEWALS)))
    answers = {}

    def contender(name, command):
        def once():
            output = run_process([*command, str(file), str(STEPS), str(NODES)], os.environ).output
            answers[name] = json.loads(output)
            return Measurement(answers[name]["seconds"], 0, answers[name]["seconds"])
        return Contender(name, once)

    contenders = [contender("hale", [settings.mathematics, "forecast"])]
    section = Section("forecast", "the distribution of renewed ARR")
    section.say(
        f"{RENEWALS:,} renewals with seeded chances and amounts, a grid of {STEPS:,} steps, {NODES} nodes of the common"
        " factor. Wall time of the computation alone, no database.")
    if subprocess.run([sys.executable, "-c", "import numpy"], capture_output=True).returncode == 0:
        peer = settings.root / "Benchmarks" / "harness" / "forecast_numpy.py"
        contenders.append(contender("numpy", [sys.executable, str(peer)]))
    else:
        print(f"numpy is missing, so nothing is compared with it: {sys.executable} -m pip install numpy")
    series = alternate(contenders, settings)
    section.table(
        ["contender", "median", "min", "max"],
        [
            [name, *(duration(value) for value in (
                runs.median, min(run.seconds for run in runs.measurements),
                max(run.seconds for run in runs.measurements)))]
            for name, runs in series.items()
        ])
    bars = [Bar("time of hale", series["hale"].median, 1, "s")]
    if "numpy" in series:
        for figure in ("p10", "p50", "p90", "deviation"):
            own, other = answers["hale"][figure], answers["numpy"][figure]
            if abs(own - other) > 1e-6 * abs(other):
                sys.exit(f"forecast: {figure} is {own} and {other} in numpy")
        bars.append(Bar("hale / numpy", series["hale"].median / series["numpy"].median, 0.5, "×"))
    return section.bars(*bars)
