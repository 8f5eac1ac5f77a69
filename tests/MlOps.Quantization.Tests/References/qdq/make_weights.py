"""Codes of weights and biases as ONNX Runtime's Python quantizer computes them, written from its formulas, not from its code.

Run: python3 make_weights.py  (writes weights.json beside it). numpy 1.24.
scale = (max - min) / (qmax - qmin) with 0 in the range, difference in float32, quotient in float64, stored as float32; zero point = round half even(qmin - min / scale);
below the smallest normal float32: scale 1, zero point 0. Signed types and channels are symmetric: int8 [-127, 127], uint8 [0, 254] around 127; reduced: int8 [-64, 64], uint8 [0, 127].
codes = clip(round half even(w / scale in float32) + zero point) to the whole type. bias: s = float32(sx * sw), codes = round half even(b / s in float64).
"""
import json
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
TINY = np.finfo(np.float32).tiny
RANGES = {("int8", False, True): (-127, 127), ("int8", True, True): (-64, 64), ("uint8", False, False): (0, 255), ("uint8", True, False): (0, 127), ("uint8", False, True): (0, 254)}


def parameters(values, kind, reduce, symmetric):
    low, high = np.minimum(values.min(), np.float32(0)), np.maximum(values.max(), np.float32(0))
    if symmetric:
        high = np.maximum(-low, high)
        low = -high
    qmin, qmax = RANGES[kind, reduce, symmetric]
    scale = np.float64(np.float32(high - low)) / (qmax - qmin)
    if scale < TINY:
        return np.float32(1), 0
    zero = np.rint((qmin + qmax) / 2) if symmetric else np.rint(qmin - np.float64(low) / scale)
    return np.float32(scale), int(zero)


def codes(values, scale, zero, kind):
    least, most = (-128, 127) if kind == "int8" else (0, 255)
    return np.clip(np.rint((values / scale).astype(np.float32)) + zero, least, most).astype(int)


def case(operator, weights, bias, axis, x_low, x_high, kind, reduce, per_channel):
    sx, zx = parameters(np.array([x_low, x_high], np.float32), "uint8", False, False)
    symmetric = kind == "int8" or per_channel
    parts = np.moveaxis(weights, axis, 0) if per_channel else weights[None]
    found = [parameters(part, kind, reduce, symmetric) for part in parts]
    scales = np.array([scale for scale, _ in found], np.float32)
    zeros = [0 if kind == "int8" else 127] * len(found) if per_channel else [found[0][1]]
    coded = np.stack([codes(part, scale, zero, kind) for part, scale, zero in zip(parts, scales, zeros)])
    coded = np.moveaxis(coded, 0, axis) if per_channel else coded[0]
    steps = (sx * scales).astype(np.float32)
    return {
        "operator": operator, "shape": list(weights.shape), "weights": [float(v) for v in weights.reshape(-1)], "bias": [float(v) for v in bias],
        "input": [float(np.float32(x_low)), float(np.float32(x_high))], "type": kind, "reduce": reduce, "perChannel": per_channel,
        "inputScale": float(sx), "inputZero": zx, "scales": [float(v) for v in scales], "zero": zeros[0], "codes": [int(v) for v in coded.reshape(-1)],
        "biasCodes": [int(v) for v in np.rint(bias.astype(np.float64) / steps.astype(np.float64))],
    }


rng = np.random.default_rng(11)
cases = []
for operator, shape, axis in [("Gemm", (6, 10), 0), ("Conv", (4, 2, 3, 3), 0), ("MatMul", (10, 6), 1)]:
    for kind, reduce, per_channel in [("int8", False, False), ("int8", True, False), ("uint8", False, False), ("int8", False, True), ("uint8", False, True)]:
        weights = rng.normal(0.1, 0.7, shape).astype(np.float32)
        np.moveaxis(weights, axis, 0)[1] *= 0.01
        np.moveaxis(weights, axis, 0)[2] = 0
        bias = rng.normal(0, 2, shape[axis]).astype(np.float32)
        cases.append(case(operator, weights, bias, axis, -1.3, 2.9, kind, reduce, per_channel))

with open(os.path.join(HERE, "weights.json"), "w") as file:
    json.dump({"numpy": np.__version__, "cases": cases}, file)
    file.write("\n")
