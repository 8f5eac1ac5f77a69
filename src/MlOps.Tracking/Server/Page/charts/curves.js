// Metric curves of several runs, over step or time.
import { h, svg } from '../lib/dom.js';
import { many, number } from '../lib/format.js';
import { axes, canvas, figure, margin, room } from './frame.js';
import { key, styleOf } from './palette.js';
import { extent, linear, logarithmic } from './scale.js';
import { pathOf, segments, thin } from './thin.js';

const height = 340;
const markersOfCurve = 12;

/** The point of a curve that is nearest to x; curves are in order of x. */
const nearest = (points, x) => {
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    [low, high] = points[middle][0] <= x ? [middle, high] : [low, middle];
  }

  return Math.abs(points[low][0] - x) <= Math.abs(points[high][0] - x) ? points[low] : points[high];
};

/**
 * Draws the curves. `series`: [{ name, points: [[x, y]…] in order of x }].
 * Values that are not finite, and on a logarithmic axis those not above 0, are gaps and are counted.
 */
export const curves = ({ id, metric, series, xLabel, xText, isLog }) => {
  const canDraw = ([, y]) => Number.isFinite(y) && (!isLog || y > 0);
  const width = room();
  const drawn = series.map(one => ({ ...one, ...segments(one.points, canDraw) }));
  const gaps = drawn.reduce((sum, one) => sum + one.gaps, 0);
  const total = series.reduce((sum, one) => sum + one.points.length, 0);
  const yRange = extent(drawn.flatMap(one => one.parts.flatMap(part => extent(part.map(([, y]) => y)) ?? [])));
  const xRange = extent(series.flatMap(one => extent(one.points.map(([x]) => x)) ?? []));
  const gapText =
    gaps > 0
      ? `${many(gaps, 'value')} ${isLog ? 'not finite or not above 0' : 'not finite'}, shown as ${gaps === 1 ? 'a gap' : 'gaps'}.`
      : '';
  const legend = h(
    'ul',
    { class: 'legend' },
    drawn.map((one, i) =>
      h(
        'li',
        null,
        key(i),
        ' ',
        one.name,
        one.gaps > 0 && h('span', { class: 'soft' }, ` (${many(one.gaps, 'gap')})`),
        one.points.length === 0 && h('span', { class: 'soft' }, ' (not logged)'),
      ),
    ),
  );
  const title = `${metric}, ${many(series.filter(one => one.points.length > 0).length, 'run')}`;
  const note = `${many(total, 'point')}. ${gapText}`;
  if (yRange === null || xRange === null) {
    return figure({
      id,
      title,
      note,
      drawing: h('p', { class: 'empty' }, total === 0 ? 'No points.' : 'No point of this metric can be drawn.'),
      legend,
      hint: '',
    }).element;
  }

  const x = linear(xRange, margin.left, width - margin.right, Math.max(3, Math.floor(width / 110)));
  const y = (isLog ? logarithmic : linear)(yRange, height - margin.bottom, margin.top);
  const cursor = svg('path', { class: 'cursor', visibility: 'hidden' });
  const dots = drawn.map((_, i) => svg('path', { class: 'dot', d: styleOf(i).marker, fill: styleOf(i).colour, visibility: 'hidden' }));
  let at = null;

  const show = value => {
    at = value;
    cursor.setAttribute('d', `M${x.place(value)} ${margin.top}V${height - margin.bottom}`);
    cursor.setAttribute('visibility', 'visible');
    const told = drawn
      .map((one, i) => {
        const point = one.points.length > 0 ? nearest(one.points, value) : null;
        const isSeen = point !== null && canDraw(point);
        dots[i].setAttribute('visibility', isSeen ? 'visible' : 'hidden');
        if (isSeen) {
          dots[i].setAttribute('transform', `translate(${x.place(point[0])} ${y.place(point[1])})`);
        }

        return point === null ? null : `${one.name}: ${number(point[1])}`;
      })
      .filter(Boolean);
    box.readout(`${xText(value)}. ${told.join(' · ')}`);
  };
  const steps = [...new Set(series.flatMap(one => one.points.map(([value]) => value)))].sort((a, b) => a - b);
  const stops = steps.map(value => [value]);
  const text = `Curves of ${title}. ${drawn.map(one => (one.points.length === 0 ? `${one.name}: not logged` : `${one.name}: ${one.points.length} points, last ${number(one.points.at(-1)[1])}`)).join('; ')}. ${gapText}`;
  const drawing = canvas(
    {
      width,
      height,
      text,
      step: by => {
        const place = at === null ? (by > 0 ? -1 : steps.length) : steps.indexOf(at);
        show(steps[Math.min(steps.length - 1, Math.max(0, place + by * Math.max(1, Math.round(steps.length / 200))))]);
      },
      move: px => show(nearest(stops, x.invert(px))[0]),
      leave: () => {
        at = null;
        [cursor, ...dots].forEach(item => item.setAttribute('visibility', 'hidden'));
        box.readout('');
      },
    },
    axes({ width, height, x, y, xLabel, yLabel: isLog ? `${metric} (logarithmic)` : metric }),
    drawn.map((one, i) => curve(one, styleOf(i), x, y, width)),
    cursor,
    dots,
  );
  const box = figure({
    id,
    title,
    note,
    legend,
    drawing,
    hint: 'Point at the chart, or focus it and use the arrow keys, to read values.',
    table: h(
      'table',
      null,
      h(
        'thead',
        null,
        h(
          'tr',
          null,
          ['Run', 'Points', 'First', 'Least', 'Greatest', 'Last'].map(text => h('th', { scope: 'col' }, text)),
        ),
      ),
      h(
        'tbody',
        null,
        drawn.map(one => {
          const range = extent(one.points.map(([, value]) => value));
          return h(
            'tr',
            null,
            h('th', { scope: 'row' }, one.name),
            [one.points.length, one.points[0]?.[1], range?.[0], range?.[1], one.points.at(-1)?.[1]].map(value =>
              h('td', { class: 'number' }, value === undefined ? '–' : number(value)),
            ),
          );
        }),
      ),
    ),
  });
  return box.element;
};

const curve = (one, style, x, y, width) =>
  svg(
    'g',
    { class: 'curve' },
    svg('title', null, one.name),
    one.parts.map(part => {
      // Markers stand where there is room for them: on every point of a short curve, here and there on a long one.
      const every = Math.ceil(one.points.length / markersOfCurve);
      const marked = part.filter((_, i) => part.length === 1 || i % every === 0);
      const pixels = thin(
        part.map(([at, value]) => [x.place(at), y.place(value)]),
        2 * width,
      );
      return [
        pixels.length > 1 && svg('path', { class: 'line', d: pathOf(pixels), stroke: style.colour, 'stroke-dasharray': style.dash }),
        marked.map(([at, value]) =>
          svg('path', {
            d: style.marker,
            transform: `translate(${x.place(at).toFixed(1)} ${y.place(value).toFixed(1)}) scale(.8)`,
            fill: style.colour,
          }),
        ),
      ];
    }),
  );
