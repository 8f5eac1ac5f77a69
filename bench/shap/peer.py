"""Kernel SHAP and exact enumeration in vectorised NumPy, for bench/shap/ShapBench.cs.

usage: peer.py DATA FEATURES BACKGROUND ROWS SAMPLES        (SAMPLES 0: all coalitions, exact values)
DATA holds little-endian doubles: the coefficients, the intercept, the background row after row, the rows to explain.
The model is a linear function with a sigmoid. Prints one JSON object: seconds (the best of several runs, coalitions drawn and equations solved included), plain (the same with one array
of all masked rows of an explained row), and the values.

Kernel SHAP as S. M. Lundberg and S.-I. Lee (NIPS 2017) and the shap package describe it: whole sizes first, the rest drawn with complements,
the last feature substituted. Coalitions and normal matrix are made once and serve all rows; the masked rows of a block of coalitions are made
by one np.where, in blocks small enough for the cache, which is faster than one array of all of them ("plain", timed too). This is what a careful
user of NumPy writes; NumPy's matrix product takes every core.
"""
import itertools
import json
import math
import sys
import time

import numpy as np

BLOCKS = (32, 128, 100_000)  # coalitions a block; the fastest counts
REPEATS = 5  # with each


def plan(players, samples, rng):
    """Coalitions (K × M booleans) and their weights."""
    sizes = math.ceil((players - 1) / 2)
    paired = (players - 1) // 2
    weight = np.array([(players - 1) / (s * (players - s)) for s in range(1, sizes + 1)])
    weight[:paired] *= 2
    weight /= weight.sum()
    rest, left, masks, weights, whole = weight.copy(), min(samples, 2**players - 2), [], [], 0
    for size in range(1, sizes + 1):
        count = math.comb(players, size) * (2 if size <= paired else 1)
        if left * rest[size - 1] / count < 1 - 1e-8:
            break
        whole += 1
        left -= count
        if rest[size - 1] < 1:
            rest /= 1 - rest[size - 1]
        for members in itertools.combinations(range(players), size):
            mask = np.zeros(players, bool)
            mask[list(members)] = True
            masks.append(mask)
            weights.append(weight[size - 1] / count)
            if size <= paired:
                masks.append(~mask)
                weights.append(weight[size - 1] / count)
    if whole < sizes:
        shares = weight.copy()
        shares[:paired] /= 2
        shares = shares[whole:] / shares[whole:].sum()
        drawn, first = {}, len(masks)
        for size in rng.choice(len(shares), 4 * left, p=shares) + whole + 1:
            if left <= 0:
                break
            mask = np.zeros(players, bool)
            mask[rng.permutation(players)[:size]] = True
            for one in (mask, ~mask) if size <= paired else (mask,):
                key = one.tobytes()
                if key in drawn:
                    weights[drawn[key]] += 1
                elif left > 0:
                    drawn[key] = len(masks)
                    masks.append(one)
                    weights.append(1.0)
                    left -= 1
        weights = np.array(weights)
        weights[first:] *= weight[whole:].sum() / weights[first:].sum()
    return np.array(masks), np.array(weights)


def means(model, masks, x, background, block):
    found = np.empty(len(masks))
    for k in range(0, len(masks), block):
        part = masks[k:k + block]
        rows = np.where(part[:, None, :], x, background)
        found[k:k + block] = model(rows.reshape(-1, len(x))).reshape(len(part), -1).mean(axis=1)
    return found


def kernel(model, background, rows, samples, block):
    masks, weights = plan(rows.shape[1], samples, np.random.default_rng(0))
    base = model(background).mean()
    design = masks[:, :-1].astype(float) - masks[:, -1:]
    weighted = design.T * weights
    normal = weighted @ design
    values = []
    for x, prediction in zip(rows, model(rows)):
        y = means(model, masks, x, background, block) - base - masks[:, -1] * (prediction - base)
        phi = np.linalg.solve(normal, weighted @ y)
        values.append([*phi, prediction - base - phi.sum()])
    return np.array(values)


def exact(model, background, rows, block):
    players = rows.shape[1]
    numbers = np.arange(2**players)
    masks = (numbers[:, None] >> np.arange(players) & 1).astype(bool)
    sizes = masks.sum(axis=1)
    weight = np.array([math.factorial(s) * math.factorial(players - s - 1) / math.factorial(players) for s in range(players)])
    values = []
    for x in rows:
        worth = means(model, masks, x, background, block)
        phi = []
        for j in range(players):
            without = numbers[~masks[:, j]]
            phi.append(np.dot(weight[sizes[without]], worth[without | 1 << j] - worth[without]))
        values.append(phi)
    return np.array(values)


def main():
    path, (features, backgrounds, count, samples) = sys.argv[1], map(int, sys.argv[2:6])
    data = np.fromfile(path, dtype="<f8")
    coefficients, intercept, rest = data[:features], data[features], data[features + 1:]
    background = rest[:features * backgrounds].reshape(backgrounds, features)
    rows = rest[features * backgrounds:].reshape(count, features)

    def model(x):
        return 1 / (1 + np.exp(-(x @ coefficients + intercept)))

    best, plain, values = math.inf, math.inf, None
    for block in BLOCKS:
        for _ in range(REPEATS):
            start = time.perf_counter()
            values = kernel(model, background, rows, samples, block) if samples else exact(model, background, rows, block)
            seconds = time.perf_counter() - start
            best = min(best, seconds)
            plain = seconds if block == BLOCKS[-1] and seconds < plain else plain
    json.dump({"numpy": np.__version__, "seconds": best, "plain": plain, "values": values.ravel().tolist()}, sys.stdout)


main()
