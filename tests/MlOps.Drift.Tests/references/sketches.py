#!/usr/bin/env python3
"""Reference numbers for tests/MlOps.Drift.Tests/Sketches, by NumPy and by the formulas of the papers in exact arithmetic.

usage: python3 sketches.py > sketches.json
Made with NumPy 1.24.2. Samples come from the generator of make_references.py, which the C# tests repeat bit for bit.
"""
import json
import struct
import sys
from fractions import Fraction
from math import log

import numpy as np

MASK = (1 << 64) - 1
SHARES = [0, 0.001, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.999, 1]


def uniforms(count, seed):
    values = []
    for _ in range(count):
        seed = (seed * 1664525 + 1013904223) % (1 << 32)
        values.append((seed + 0.5) / 4294967296.0)
    return np.array(values)


def quantiles():
    cases = []
    for kind, count, seed in [("uniform", 1, 1), ("uniform", 2, 2), ("uniform", 1000, 3), ("ties", 1000, 4), ("heavy", 999, 5), ("far", 500, 6)]:
        u = uniforms(count, seed)
        values = {"uniform": u, "ties": np.floor(u * 7), "heavy": 1 / ((1 - u) * (1 - u)), "far": 1e9 + u}[kind]
        cases.append(
            {
                "kind": kind,
                "n": count,
                "seed": seed,
                "shares": SHARES,
                "quantiles": np.quantile(values, SHARES).tolist(),
                "mean": float(np.mean(values)),
                "variance": float(np.var(values)),
            }
        )
    return cases


def mix(bits):
    """The output function of SplitMix64 (Steele, Lea, Flood 2014)."""
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB & MASK
    return bits ^ (bits >> 31)


def hash_number(value):
    return mix(struct.unpack("<Q", struct.pack("<d", value + 0.0))[0])


def hash_text(text):
    state = 14695981039346656037
    for unit in struct.unpack(f"<{len(text)}H", text.encode("utf-16-le")):
        state = ((state ^ unit) * 1099511628211) & MASK
    return mix(state)


def estimate(hashes, p):
    """Ertl 2017, algorithm 6 with the series of sigma and tau written out, in fractions."""
    q, m = 64 - p, 1 << p
    registers = [0] * m
    for h in hashes:
        rest = format(h & ((1 << q) - 1), f"0{q}b")
        rank = rest.index("1") + 1 if "1" in rest else q + 1
        registers[h >> q] = max(registers[h >> q], rank)
    counts = [registers.count(k) for k in range(q + 2)]
    x = Fraction(counts[0], m)
    if x == 1:
        return 0.0
    sigma = float(x) + sum(float(x) ** (2**k) * 2.0 ** (k - 1) for k in range(1, 60))
    y = 1 - counts[q + 1] / m
    tau = (1 - y - sum((1 - y ** (2.0**-k)) ** 2 * 2.0**-k for k in range(1, 60))) / 3
    harmonic = sum(Fraction(counts[k], 1 << k) for k in range(1, q + 1))
    return m * m / (2 * log(2)) / (m * sigma + float(harmonic) + m * tau * 2.0**-q)


def distinct():
    cases = []
    for p in (4, 8, 11):
        for count in (0, 1, 5, 100, 3000):
            cases.append({"what": "numbers", "p": p, "count": count, "estimate": estimate([hash_number(i / 8) for i in range(count)], p)})
            cases.append({"what": "texts", "p": p, "count": count, "estimate": estimate([hash_text(f"level {i} ₹") for i in range(count)], p)})
    return cases


json.dump({"quantiles": quantiles(), "distinct": distinct()}, sys.stdout)
