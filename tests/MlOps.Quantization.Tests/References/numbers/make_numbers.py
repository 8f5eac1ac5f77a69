"""Reference codes for the arithmetic tests, written plainly from the formulas: NumPy float32 for the codes, PyTorch for bfloat16.

usage: /usr/bin/python3 make_numbers.py  (writes numbers.json beside itself; NumPy 1.24, PyTorch 1.13)
"""
import json
import os

import numpy as np
import torch

F = np.float32
RANGES = {
    "Int8": [(-128, 127), (-127, 127), (-64, 64)], "UInt8": [(0, 255), (0, 254), (0, 127)],
    "Int16": [(-32768, 32767), (-32767, 32767), (-16384, 16384)], "UInt16": [(0, 65535), (0, 65534), (0, 32767)],
    "Int4": [(-8, 7), (-8, 7), (-4, 3)], "UInt4": [(0, 15), (0, 15), (0, 7)],
}


def scale_and_zero_point(low, high, kind, symmetric, reduced):
    qmin, qmax = RANGES[kind][2 if reduced else 1 if symmetric else 0]
    low, high = min(F(low), F(0)), max(F(high), F(0))
    if symmetric:
        most = max(abs(low), abs(high))
        low, high = F(-most), F(most)
    with np.errstate(over="ignore"):
        width = float(F(high - low))  # of float32, as the ends are
    if not np.isfinite(width):
        width = float(high) - float(low)
    scale = width / (qmax - qmin)
    if scale < float(np.finfo(np.float32).tiny):
        return F(1), 0
    zero = np.round((qmin + qmax) / 2.0) if symmetric else np.round(qmin - float(low) / scale)
    return F(scale), int(zero)


def codes(values, scale, zero, kind):
    least, most = RANGES[kind][0]
    with np.errstate(over="ignore"):
        return np.clip(np.round(values.astype(F) / scale) + zero, least, most).astype(int)


def hexes(values):
    return [int(v) for v in np.asarray(values, dtype=F).view(np.uint32).ravel()]


def four_bits(weights, block, symmetric):
    """Blocks along K of the transposed matrix; halves away from zero; scales, zero points and codes before packing."""
    k, n = weights.shape
    scales, zeros, all_codes = [], [], []
    for column in range(n):
        for start in range(0, k, block):
            values = [F(v) for v in weights[start:start + block, column]]
            if symmetric:
                largest, smallest = max(values), min(values)
                scale, zero = F((largest if abs(largest) > abs(smallest) else smallest) / F(-8)), 8
            else:
                largest, smallest = max(max(values), F(0)), min(min(values), F(0))
                scale = F(F(largest - smallest) / F(15))
                zero = 0 if scale == 0 else int(min(max(np.floor(float(F(-smallest / scale)) + 0.5), 0), 15))
            inverse = F(0) if scale == 0 else F(F(1) / scale)
            for v in values:
                x = float(F(F(v * inverse) + F(zero)))
                away = np.floor(abs(x) + 0.5) * np.sign(x)
                all_codes.append(int(min(max(away, 0), 15)))
            scales.append(scale)
            zeros.append(zero)
    return {"block": block, "symmetric": symmetric, "scales": hexes(scales), "zeroPoints": zeros, "codes": all_codes}


def main():
    rng = np.random.default_rng(7)
    out = {"numpy": np.__version__, "torch": torch.__version__, "parameters": [], "tensors": [], "fourBits": []}
    pairs = [(-0.35, 0.42), (-1, 1), (0, 6), (-3, 0), (2, 3), (-5, -4), (0, 0), (0, 1e-37), (-1e30, 1e30), (-3e38, 3e38), (-1e-3, 7e-4)]
    pairs += [tuple(sorted(rng.normal(size=2) * 10.0 ** rng.integers(-6, 6))) for _ in range(40)]
    for low, high in pairs:
        for kind in RANGES:
            for symmetric in (False, True):
                for reduced in (False, True):
                    scale, zero = scale_and_zero_point(low, high, kind, symmetric, reduced)
                    out["parameters"].append([float(low), float(high), kind, symmetric, reduced, hexes([scale])[0], zero])

    weights = (rng.normal(size=(6, 5, 3)) * rng.uniform(0.1, 4, size=(6, 1, 1))).astype(F)
    weights[2] = 0
    weights[4, 1, 1] = 40
    for kind in ("Int8", "UInt8", "Int4", "UInt4", "Int16"):
        for symmetric in (False, True):
            for axis in (None, 0, 1, 2):
                groups = [weights] if axis is None else [np.take(weights, i, axis) for i in range(weights.shape[axis])]
                found = [scale_and_zero_point(g.min(), g.max(), kind, symmetric, False) for g in groups]
                q = np.empty(weights.shape, dtype=int)
                for i, group in enumerate(groups):
                    index = tuple(slice(None) if axis is None or a != axis else i for a in range(3))
                    q[index] = codes(group, *found[i], kind)
                out["tensors"].append({"type": kind, "symmetric": symmetric, "axis": axis, "scales": hexes([f[0] for f in found]), "zeroPoints": [f[1] for f in found], "codes": q.ravel().tolist()})
    out["weights"] = {"shape": list(weights.shape), "values": hexes(weights)}

    bits = np.concatenate([rng.integers(0, 2**32, size=1200, dtype=np.uint64).astype(np.uint32), np.array([0, 0x80000000, 1, 0x7F7FFFFF, 0x7F800000, 0xFF800000, 0x3F808000, 0x3F818000, 0x3F808001, 0x33000000, 0x33000001, 0x38800000, 0x387FE000, 0x387FF000, 0x477FEFFF, 0x477FF000, 0x477FF001, 0x7F7F8000, 0x7F7F7FFF], dtype=np.uint32)])
    spread = (rng.normal(size=1200) * 10.0 ** rng.integers(-10, 7, size=1200)).astype(F)  # where float16 has numbers, subnormal ones too
    numbers = np.concatenate([bits.view(F), spread])
    numbers = numbers[~np.isnan(numbers)]
    with np.errstate(over="ignore"):
        halves = numbers.astype(np.float16).view(np.uint16)
    brains = (torch.from_numpy(numbers.copy()).to(torch.bfloat16).to(torch.float32).numpy().view(np.uint32) >> 16).astype(int)
    out["conversions"] = {"float32": hexes(numbers), "float16": halves.astype(int).tolist(), "bfloat16": brains.tolist()}

    matrix = rng.normal(size=(70, 5)).astype(F)
    matrix[:32, 1] = 0
    matrix[:, 2] = np.abs(matrix[:, 2])
    matrix[:32, 3] = np.arange(-16, 16) / 4  # halves
    out["matrix"] = {"rows": 70, "columns": 5, "values": hexes(matrix)}
    for block in (16, 32, 64):
        for symmetric in (True, False):
            out["fourBits"].append(four_bits(matrix, block, symmetric))

    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "numbers.json"), "w", encoding="utf-8") as f:
        json.dump(out, f, separators=(",", ":"))
        f.write("\n")


main()
