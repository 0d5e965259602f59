"""The distribution of renewed ARR in numpy, as ForecastTiming has it: prints the same as JSON."""

import json
import statistics
import sys
import time

import numpy

CORRELATION = 0.05


def distribution(probabilities, amounts, grid, nodes):
    """The probability of each multiple of the grid: renewal by renewal, all nodes of the common factor side by side."""
    points, weights = numpy.polynomial.hermite_e.hermegauss(nodes)
    weights = weights / weights.sum()
    normal = statistics.NormalDist()
    quantile = numpy.array([normal.inv_cdf(probability) for probability in probabilities])
    moved = (quantile[:, None] + CORRELATION ** 0.5 * points[None, :]) / (1 - CORRELATION) ** 0.5
    renewed = numpy.vectorize(normal.cdf)(moved)
    steps = numpy.floor(amounts / grid + 1e-12).astype(int)
    fractions = amounts / grid - steps
    mass = numpy.zeros((nodes, 1 + int((steps + 1).sum())))
    mass[:, 0] = 1
    top = 0
    for chance, step, fraction in zip(renewed, steps, fractions):
        chance = chance[:, None]
        moved_mass = (1 - chance) * mass[:, : top + step + 2]
        moved_mass[:, step : step + top + 1] += chance * (1 - fraction) * mass[:, : top + 1]
        moved_mass[:, step + 1 : step + top + 2] += chance * fraction * mass[:, : top + 1]
        top += step + 1
        mass[:, : top + 1] = moved_mass
    return weights @ mass


def main():
    file, steps, nodes = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    renewals = numpy.loadtxt(file)
    probabilities, amounts = renewals[:, 0], renewals[:, 1]
    grid = max(1, amounts.sum() / steps)
    started = time.perf_counter()
    mass = distribution(probabilities, amounts, grid, nodes)
    seconds = time.perf_counter() - started
    values = numpy.arange(len(mass)) * grid
    cumulated = numpy.cumsum(mass)
    quantiles = [float(values[numpy.argmax(cumulated >= share - 1e-12)]) for share in (0.1, 0.5, 0.9)]
    mean = (mass * values).sum()
    print(json.dumps({
        "renewals": len(renewals), "seconds": seconds, "mass": float(mass.sum()), "p10": quantiles[0],
        "p50": quantiles[1], "p90": quantiles[2],
        "deviation": float(((mass * values * values).sum() - mean * mean) ** 0.5)}))


if __name__ == "__main__":
    main()
