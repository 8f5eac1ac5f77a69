// The small curve beside a metric's last value.
import { svg } from '../lib/dom.js';
import { number } from '../lib/format.js';
import { extent, linear } from './scale.js';
import { pathOf, segments, thin } from './thin.js';

const width = 160;
const height = 28;

/** Draws values in their order; null where there is no curve to show. */
export const spark = points => {
  const range = extent(points.map(([, y]) => y));
  if (points.length < 2 || range === null) {
    return null;
  }

  const x = linear(extent(points.map(([at]) => at)), 3, width - 3);
  const y = linear(range, height - 4, 4);
  const { parts, gaps } = segments(points, ([, value]) => Number.isFinite(value));
  const last = parts.at(-1).at(-1);
  return svg(
    'svg',
    {
      class: 'spark',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': `${points.length} points from ${number(range[0])} to ${number(range[1])}, last ${number(points.at(-1)[1])}${gaps > 0 ? `, ${gaps} not finite` : ''}`,
    },
    parts.map(part => {
      const pixels = thin(
        part.map(([at, value]) => [x.place(at), y.place(value)]),
        2 * width,
      );
      return pixels.length === 1 ? svg('circle', { cx: pixels[0][0], cy: pixels[0][1], r: 1.5 }) : svg('path', { d: pathOf(pixels) });
    }),
    svg('circle', { cx: x.place(last[0]), cy: y.place(last[1]), r: 2.5 }),
  );
};
