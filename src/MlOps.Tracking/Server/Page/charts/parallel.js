// Parallel coordinates: an axis a parameter, the metric last and as the colour, a line a run.
import { h, svg } from '../lib/dom.js';
import { brief, many, number } from '../lib/format.js';
import { canvas, clip, figure, room } from './frame.js';
import { shade } from './palette.js';
import { areNumbers } from './scatter.js';
import { extent, linear, logarithmic, words } from './scale.js';

const height = 360;
const top = 44;
const bottom = height - 46; // values; below them the place of runs that have none
const missing = height - 18;
const leastGap = 110;
const wideRange = 50; // a parameter that spans more than this factor was searched by powers; its axis goes by powers too

/** Draws `runs`: [{ name, values: Map of axis to text, metric: number }]; `axes`: names of parameters. */
export const parallel = ({ id, names, metric, runs }) => {
  const title = `${many(names.length, 'parameter')} and ${metric}`;
  if (names.length === 0 || runs.length === 0) {
    return figure({
      id,
      title: 'Parallel coordinates',
      drawing: h('p', { class: 'empty' }, 'No parameter differs between these runs.'),
      hint: '',
    }).element;
  }

  const width = Math.max(room(), 60 + names.length * leastGap); // a narrow window scrolls
  const gap = (width - 120) / names.length;
  const scales = names.map(name => {
    const texts = [...new Set(runs.map(run => run.values.get(name)).filter(text => text !== undefined))];
    if (!areNumbers(texts)) {
      return { ...words(texts.sort(), bottom, top), read: text => text };
    }

    const range = extent(texts.map(Number));
    return range[0] > 0 && range[1] / range[0] > wideRange
      ? { ...logarithmic(range, bottom, top), read: Number, isLog: true }
      : { ...linear(range, bottom, top), read: Number };
  });
  const range = extent(runs.map(run => run.metric));
  const last = range === null ? null : linear(range, bottom, top);
  const xOf = i => 60 + i * gap;
  const lacking = runs.filter(run => !Number.isFinite(run.metric) || names.some(name => run.values.get(name) === undefined)).length;

  const lines = runs.map(run => {
    const ys = names.map((name, i) => {
      const text = run.values.get(name);
      return text === undefined ? missing : scales[i].place(scales[i].read(text));
    });
    const hasMetric = Number.isFinite(run.metric) && last !== null;
    ys.push(hasMetric ? last.place(run.metric) : missing);
    const share = hasMetric && range[1] > range[0] ? (run.metric - range[0]) / (range[1] - range[0]) : 0.5;
    return svg(
      'path',
      {
        class: 'run-line',
        d: ys.map((y, i) => `${i === 0 ? 'M' : 'L'}${xOf(i).toFixed(1)} ${y.toFixed(1)}`).join(''),
        stroke: hasMetric ? shade(share) : '#808080',
        'stroke-dasharray': hasMetric ? null : '2 4',
      },
      svg('title', null, tell(run)),
    );
  });

  let at = -1;
  const show = i => {
    lines[at]?.classList.remove('chosen');
    at = i;
    drawing.classList.toggle('one-chosen', at >= 0);
    lines[at]?.classList.add('chosen');
    box.readout(at < 0 ? '' : tell(runs[at]));
  };
  const order = runs.map((_, i) => i).sort((a, b) => (runs[b].metric || -Infinity) - (runs[a].metric || -Infinity));
  const drawing = canvas(
    {
      width,
      height,
      text: `Parallel coordinates of ${many(runs.length, 'run')} over ${names.join(', ')} and ${metric}.`,
      step: by => show(order[(Math.max(at < 0 && by < 0 ? 0 : -1, order.indexOf(at)) + by + order.length) % order.length]),
      leave: () => show(-1),
    },
    svg('path', { class: 'tick', d: `M40 ${missing}H${width - 40}`, 'stroke-dasharray': '2 4' }),
    svg('text', { x: 4, y: missing, dy: '.32em' }, 'none'),
    lines,
    [...names, metric].map((name, i) => axis(name, xOf(i), i < names.length ? scales[i] : last, i === names.length)),
  );
  lines.forEach((line, i) => {
    line.addEventListener('pointerenter', () => show(i));
    line.addEventListener('pointerleave', () => show(-1));
  });
  const box = figure({
    id,
    title,
    note: `${many(runs.length, 'run')}; a stronger line is a greater ${metric}.${lacking > 0 ? ` ${lacking === 1 ? '1 run lacks a value: its line goes' : `${lacking} runs lack a value: their lines go`} through “none”.` : ''}`,
    drawing: h('div', { class: 'scroll', id: `${id}-scroll`, tabindex: width > room() ? '0' : null }, drawing),
    hint: 'Point at a line, or focus the chart and use the arrow keys: from the greatest metric to the least.',
  });
  return box.element;

  function tell(run) {
    return `${run.name}: ${names.map(name => `${name} ${brief(run.values.get(name) ?? 'none', 30)}`).join(', ')}, ${metric} ${number(run.metric)}`;
  }
};

const axis = (name, x, scale, isLast) =>
  svg(
    'g',
    { class: 'axes over', 'aria-hidden': 'true' },
    svg('path', { class: 'axis', d: `M${x} ${top}V${bottom}` }),
    svg('text', { class: isLast ? 'label strong' : 'label', x, y: 18, 'text-anchor': 'middle' }, svg('title', null, name), clip(name, 15)),
    scale?.isLog && svg('text', { x, y: 32, 'text-anchor': 'middle' }, 'logarithmic'),
    (scale?.marks ?? [])
      .filter((_, i, all) => all.length <= 12 || i % Math.ceil(all.length / 12) === 0)
      .map(mark => [
        svg('path', { class: 'tick', d: `M${x - 4} ${mark.at}h8` }),
        svg('text', { class: 'halo', x: x + 7, y: mark.at, dy: '.32em' }, clip(mark.text, 11)),
      ]),
  );
