"""Quantization and 16-bit floats in NumPy (bfloat16, which it lacks, in PyTorch), for bench/quantize/QuantizeBench.cs.

usage: peer.py DATA CHANNELS WIDTH REPEATS
DATA holds CHANNELS × WIDTH little-endian floats. Everything is float32 and in place, in blocks that stay in the cache: NumPy as fast as it can be written.
Prints one JSON object: for each task the seconds, best of REPEATS, and the SHA-256 of the result's bytes.
"""
import hashlib
import json
import sys
import time

import numpy as np
import torch

BLOCK = 16384  # floats: 64 kB


def quantize(x, scale, zero, codes):
    buffer = np.empty(min(BLOCK, x.size), np.float32)
    for start in range(0, x.size, BLOCK):
        part = x[start:start + BLOCK]
        b = buffer[:part.size]
        np.divide(part, scale, out=b)
        np.rint(b, out=b)
        if zero:
            b += zero
        np.clip(b, -128, 127, out=b)
        np.copyto(codes[start:start + BLOCK], b, casting="unsafe")


def dequantize(codes, scale, zero, out):
    for start in range(0, codes.size, BLOCK):
        b = out[start:start + BLOCK]
        np.copyto(b, codes[start:start + BLOCK])
        if zero:
            b -= zero
        b *= scale


def quantize_columns(x, scales, codes):
    rows = max(1, BLOCK // scales.size)
    buffer = np.empty((rows, scales.size), np.float32)
    for start in range(0, len(x), rows):
        part = x[start:start + rows]
        b = buffer[:len(part)]
        np.divide(part, scales, out=b)
        np.rint(b, out=b)
        np.clip(b, -128, 127, out=b)
        np.copyto(codes[start:start + rows], b, casting="unsafe")


def dequantize_columns(codes, scales, out):
    rows = max(1, BLOCK // scales.size)
    for start in range(0, len(codes), rows):
        b = out[start:start + rows]
        np.copyto(b, codes[start:start + rows])
        b *= scales


def main():
    path, channels, width, repeats = sys.argv[1], *map(int, sys.argv[2:5])
    torch.set_num_threads(1)
    x = np.fromfile(path, dtype="<f4")
    f = np.float32
    scales = (f(0.02) + np.arange(channels, dtype=f) * f(1e-4)).astype(f)
    codes = np.empty(x.size, np.int8)
    out = np.empty(x.size, f)
    out_dict = {"numpy": np.__version__, "torch": torch.__version__}

    def measure(name, work, result):
        work()
        seconds = []
        for _ in range(repeats):
            start = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - start)
        out_dict[name] = {"seconds": min(seconds), "sha256": hashlib.sha256(result()).hexdigest()}

    def rows_to_codes():
        for c in range(channels):
            quantize(x[c * width:(c + 1) * width], scales[c], 0, codes[c * width:(c + 1) * width])

    def rows_to_values():
        for c in range(channels):
            dequantize(codes[c * width:(c + 1) * width], scales[c], 0, out[c * width:(c + 1) * width])

    def range_and_codes():
        most = max(-x.min(), x.max())
        quantize(x, f(2 * float(most) / 254), 0, codes)

    measure("quantize per tensor", lambda: quantize(x, f(0.0314), f(3), codes), lambda: codes)
    measure("dequantize per tensor", lambda: dequantize(codes, f(0.0314), f(3), out), lambda: out)
    measure("quantize per row", rows_to_codes, lambda: codes)
    measure("dequantize per row", rows_to_values, lambda: out)
    matrix, matrix_codes, matrix_out = (a.reshape(width, channels) for a in (x, codes, out))
    measure("quantize per column", lambda: quantize_columns(matrix, scales, matrix_codes), lambda: codes)
    measure("dequantize per column", lambda: dequantize_columns(matrix_codes, scales, matrix_out), lambda: out)
    measure("range and codes", range_and_codes, lambda: codes)
    halves = np.empty(x.size, np.float16)
    measure("to float16", lambda: np.copyto(halves, x, casting="same_kind"), lambda: halves)
    measure("from float16", lambda: np.copyto(out, halves), lambda: out)
    tensor, brains, wide = torch.from_numpy(x), torch.empty(x.size, dtype=torch.bfloat16), torch.from_numpy(out)
    measure("to bfloat16", lambda: brains.copy_(tensor), lambda: brains.view(torch.int16).numpy())
    measure("from bfloat16", lambda: wide.copy_(brains), lambda: out)
    json.dump(out_dict, sys.stdout)


main()
