"""PNG files of every kind that Png.Decode reads, and their pixels, made with Pillow 9.4 (Python 3.11, numpy 1.24).

Run: /usr/bin/python3 make_png.py > png.json
"""
import base64
import io
import json
import struct
import sys
import zlib

import numpy as np
from PIL import Image

random = np.random.default_rng(3)
y, x = np.mgrid[0:19, 0:23]
smooth = (5 * x + 7 * y) % 256
noisy = np.clip(smooth + random.integers(-9, 9, smooth.shape), 0, 255).astype(np.uint8)


def filters(file, stride):
    at, packed = 8, b""
    while at < len(file):
        (length,) = struct.unpack(">I", file[at:at + 4])
        if file[at + 4:at + 8] == b"IDAT":
            packed += file[at + 8:at + 8 + length]
        at += 12 + length
    rows = zlib.decompress(packed)
    return sorted({rows[i] for i in range(0, len(rows), stride + 1)})


def case(image, expected, stride):
    out = io.BytesIO()
    image.save(out, "PNG")
    return {"file": base64.b64encode(out.getvalue()).decode(), "pixels": expected.tolist(), "filters": filters(out.getvalue(), stride)}


rgba = np.stack([noisy, noisy[::-1], 255 - noisy, random.integers(0, 255, noisy.shape).astype(np.uint8)], axis=-1)
grey = Image.fromarray(noisy, "L")
colour = Image.fromarray(rgba[..., :3], "RGB")
few = colour.quantize(4)
many = colour.quantize(200)
one = grey.convert("1")
w = noisy.shape[1]


def by_hand(pixels):
    """Row y filtered by filter y mod 5, for Pillow never uses all; Pillow's own reader says what is in it."""
    height, width, channels = pixels.shape
    rows = pixels.reshape(height, -1).astype(int)
    packed = b""
    for r in range(height):
        row, above = rows[r], rows[r - 1] if r else np.zeros_like(rows[0])
        left = np.concatenate([np.zeros(channels, int), row[:-channels]])
        corner = np.concatenate([np.zeros(channels, int), above[:-channels]])
        guess = left + above - corner
        d = np.abs(np.stack([guess - left, guess - above, guess - corner]))
        paeth = np.choose(np.argmin(d, axis=0), [left, above, corner])
        taken = [0 * row, left, above, (left + above) // 2, paeth][r % 5]
        packed += bytes([r % 5]) + ((row - taken) % 256).astype(np.uint8).tobytes()

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    file += chunk(b"tEXt", b"Comment\0split") + chunk(b"IDAT", zlib.compress(packed)[:100]) + chunk(b"IDAT", zlib.compress(packed)[100:]) + chunk(b"IEND", b"")
    read = np.asarray(Image.open(io.BytesIO(file)))
    return {"file": base64.b64encode(file).decode(), "pixels": read.transpose(2, 0, 1).tolist(), "filters": filters(file, width * channels)}


cases = {
    "grey": case(grey, noisy[None], w),
    "greyAlpha": case(Image.fromarray(rgba[..., :2], "LA"), rgba[..., :2].transpose(2, 0, 1), 2 * w),
    "colour": case(colour, rgba[..., :3].transpose(2, 0, 1), 3 * w),
    "colourAlpha": case(Image.fromarray(rgba, "RGBA"), rgba.transpose(2, 0, 1), 4 * w),
    "palette": case(many, np.asarray(many.convert("RGB")).transpose(2, 0, 1), w),
    "palette2Bits": case(few, np.asarray(few.convert("RGB")).transpose(2, 0, 1), (2 * w + 7) // 8),
    "everyFilter": by_hand(rgba[..., :3]),
    "1Bit": case(one, np.asarray(one.convert("L"))[None], (w + 7) // 8),
}
sixteen = io.BytesIO()
Image.fromarray((noisy.astype(np.uint32) * 257).astype(np.uint16)).save(sixteen, "PNG")
json.dump({"cases": cases, "sixteenBits": base64.b64encode(sixteen.getvalue()).decode(), "greyOfColour": np.asarray(colour.convert("L")).tolist()}, sys.stdout)
