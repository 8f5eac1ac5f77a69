"""Ranges of activations by min-max, percentile, entropy and squared error, written plainly from their definitions.

Made with Python 3.11, numpy 1.24. Histograms: bin i of B on [-T, T] holds floor((x + T) * (B / (2 T))) = i, T in the last.
Entropy follows the formulas of ONNX Runtime's quantizer (calibrate.py): candidates from the L central bins to all, outliers
added to the ends of p, q = level sums divided by the non-empty bins of the level as whole numbers, smoothing 1e-4, first minimum.
Run: /usr/bin/python3 make_calibration.py > calibration.json
"""
import json
import sys

import numpy as np


def histogram(x, bins):
    t = float(np.max(np.abs(x)))
    index = np.floor((x + t) * (bins / (2 * t))).astype(np.int64)
    index[x == t] = bins - 1
    return np.bincount(index, minlength=bins), t


def edge(t, bins, i):
    return 2 * t * i / bins - t


def cut(x, low, high):
    return [max(low, float(x.min())), min(high, float(x.max()))]


def percentile(x, p, bins):
    hist, t = histogram(x, bins)
    cumulated = np.cumsum(hist)
    side = (100 - p) / 200
    left = int(np.argmax(cumulated >= side * len(x)))
    right = int(np.argmax(cumulated >= (1 - side) * len(x)))
    return cut(x, edge(t, bins, left), edge(t, bins, right + 1))


def percentile_symmetric(x, p, bins):
    hist, t = histogram(x, 2 * bins)
    folded = hist[bins:] + hist[:bins][::-1]
    right = int(np.argmax(np.cumsum(folded) >= p / 100 * len(x)))
    limit = edge(t, 2 * bins, bins + right + 1)
    return cut(x, -limit, limit)


def smooth(v):
    empty = int(np.sum(v == 0))
    filled = len(v) - empty
    if filled == 0 or 1e-4 * empty / filled >= 1:
        return None
    return np.where(v == 0, 1e-4, v - 1e-4 * empty / filled)


def entropy(x, bins, levels):
    hist, t = histogram(x, bins)
    best, chosen = np.inf, (0, bins)
    for i in range(levels // 2, bins // 2 + 1):
        start, end = bins // 2 - i, min(bins, bins // 2 + i + 1)
        inside = hist[start:end]
        p = inside.astype(np.int64).copy()
        p[0] += hist[:start].sum()
        p[-1] += hist[end:].sum()
        width = len(inside) // levels
        q = np.zeros(len(inside), dtype=np.int64)
        for level in range(levels):
            a, b = level * width, (level + 1) * width
            total = int(inside[a:b].sum()) + (int(inside[b:].sum()) if level == levels - 1 else 0)
            filled = int(np.sum(p[a:b] != 0))
            if filled:
                q[a:b] = int(total / filled)
        ps, qs = smooth(p.astype(np.float64)), smooth(q.astype(np.float64))
        if ps is None or qs is None:
            continue
        ps, qs = ps / ps.sum(), qs / qs.sum()
        divergence = float(np.sum(ps * np.log(ps / qs)))
        if divergence < best:
            best, chosen = divergence, (start, end)
    return cut(x, edge(t, bins, chosen[0]), edge(t, bins, chosen[1]))


def squared_error(x, bins, steps, first, last):
    hist, t = histogram(x, bins)
    low, high = min(0.0, float(x.min())), max(0.0, float(x.max()))
    filled = np.nonzero(hist)[0]
    centres = (edge(t, bins, filled) + edge(t, bins, filled + 1)) / 2
    weights = hist[filled].astype(np.float64)

    def error(a, b):
        lo, hi = low * a / steps, high * b / steps
        scale = (hi - lo) / (last - first)
        if scale == 0:
            return np.inf
        zero = np.round(first - lo / scale)
        code = np.clip(np.round(centres / scale) + zero, first, last)
        return float(np.sum(weights * (centres - (code - zero) * scale) ** 2))

    a = b = steps
    best, moved = error(a, b), True
    while moved:
        moved = False
        for k in range(steps - 1, -1, -1):
            e = error(a, k)
            if e < best:
                best, b, moved = e, k, True
        for k in range(steps - 1, -1, -1):
            e = error(k, b)
            if e < best:
                best, a, moved = e, k, True
    return cut(x, low * a / steps, high * b / steps)


def averaged(chunks, c):
    low, high = float(chunks[0].min()), float(chunks[0].max())
    for chunk in chunks[1:]:
        low += c * (float(chunk.min()) - low)
        high += c * (float(chunk.max()) - high)
    return [low, high]


def main():
    random = np.random.default_rng(11)
    data = {
        "normal": [random.normal(0, s, 600) for s in (1, 1.5, 0.7)],
        "skewed": [np.exp(random.normal(0, 0.8, 500)) - 0.4 for _ in range(3)],
        "relu": [np.maximum(0, random.normal(0.2, 1, 600)) for _ in range(3)],
        "heavy": [random.standard_t(2.5, 600) for _ in range(3)],
    }
    cases = {}
    for name, chunks in data.items():
        chunks = [np.round(chunk, 4).astype(np.float32).astype(np.float64) for chunk in chunks]
        x = np.concatenate(chunks)
        cases[name] = {
            "chunks": [[round(float(v), 4) for v in chunk] for chunk in chunks],
            "mean": float(x.mean()),
            "zeros": float(np.mean(x == 0)),
            "minmax": cut(x, -np.inf, np.inf),
            "averaged": averaged(chunks, 0.01),
            "percentile": percentile(x, 99, 2048),
            "percentileSymmetric": percentile_symmetric(x, 99, 2048),
            "entropy": entropy(x, 2048, 128),
            "entropy128": entropy(x, 128, 128),
            "mseUInt8": squared_error(x, 8192, 100, 0, 255),
            "mseInt4": squared_error(x, 8192, 100, -8, 7),
        }
    json.dump({"versions": {"python": sys.version.split()[0], "numpy": np.__version__}, "cases": cases}, sys.stdout)


main()
