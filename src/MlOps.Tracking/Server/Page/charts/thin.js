// Curves of many points: what cannot be drawn is a gap, and a gap is counted, never filled.

/** Splits a curve where a value cannot be drawn. Points are [x, y], in order of x. */
export const segments = (points, canDraw) => {
  const parts = [];
  let part = [];
  let gaps = 0;
  for (const point of points) {
    if (canDraw(point)) {
      part.push(point);
    } else {
      gaps++;
      if (part.length > 0) {
        parts.push(part);
        part = [];
      }
    }
  }

  if (part.length > 0) {
    parts.push(part);
  }

  return { parts, gaps };
};

/** Of the points that share a pixel column keeps the first, the lowest, the highest and the last: the outline is that of all points. */
export const thin = (pixels, most) => {
  if (pixels.length <= most) {
    return pixels;
  }

  const kept = [];
  for (let start = 0; start < pixels.length;) {
    const column = Math.round(pixels[start][0]);
    let end = start;
    let low = start;
    let high = start;
    while (end < pixels.length && Math.round(pixels[end][0]) === column) {
      low = pixels[end][1] < pixels[low][1] ? end : low;
      high = pixels[end][1] > pixels[high][1] ? end : high;
      end++;
    }

    for (const at of [...new Set([start, low, high, end - 1])].sort((a, b) => a - b)) {
      kept.push(pixels[at]);
    }

    start = end;
  }

  return kept;
};

export const pathOf = pixels => pixels.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
