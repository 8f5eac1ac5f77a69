// One parameter against one metric, a point a run.
import { h, svg } from '../lib/dom.js';
import { brief, many, number } from '../lib/format.js';
import { axes, canvas, figure, margin, room } from './frame.js';
import { styleOf } from './palette.js';
import { extent, linear, logarithmic, words } from './scale.js';

const height = 340;

/** Whether all texts are numbers. */
export const areNumbers = texts => texts.length > 0 && texts.every(text => text.trim() !== '' && Number.isFinite(Number(text)));

/** Draws runs as [{ name, param: text or undefined, value: number }]; those that lack either are counted. */
export const scatter = ({ id, param, metric, runs, isLog }) => {
  const width = room();
  const whole = runs.filter(run => run.param !== undefined && Number.isFinite(run.value));
  const isNumber = areNumbers(whole.map(run => run.param));
  const canLog = isNumber && isLog;
  const points = whole
    .filter(run => !canLog || Number(run.param) > 0)
    .map(run => ({ ...run, x: isNumber ? Number(run.param) : run.param }));
  const left = runs.length - points.length;
  const note = `${many(points.length, 'run')}.${left > 0 ? ` ${many(left, 'run')} left out: no such parameter or metric, not finite${canLog ? ', or not above 0' : ''}.` : ''}`;
  const title = `${param} and ${metric}`;
  if (points.length === 0) {
    return figure({ id, title, note, drawing: h('p', { class: 'empty' }, 'No run has both.'), hint: '' }).element;
  }

  const [from, to] = [margin.left + 10, width - margin.right - 10];
  const x = !isNumber
    ? words([...new Set(points.map(point => point.x))].sort(), from + 20, to - 20)
    : (canLog ? logarithmic : linear)(extent(points.map(point => point.x)), from, to, Math.max(3, Math.floor(width / 110)));
  const y = linear(extent(points.map(point => point.value)), height - margin.bottom - 8, margin.top + 8);
  const style = styleOf(0);
  const marks = points.map(point =>
    svg(
      'path',
      {
        class: 'point',
        d: style.marker,
        fill: style.colour,
        transform: `translate(${x.place(point.x).toFixed(1)} ${y.place(point.value).toFixed(1)})`,
      },
      svg('title', null, tell(point)),
    ),
  );
  let at = -1;
  const show = i => {
    marks[at]?.classList.remove('chosen');
    at = i;
    marks[at]?.classList.add('chosen');
    box.readout(at < 0 ? '' : tell(points[at]));
  };
  const order = points.map((_, i) => i).sort((a, b) => x.place(points[a].x) - x.place(points[b].x));
  const drawing = canvas(
    {
      width,
      height,
      text: `${title}: ${points.map(tell).slice(0, 30).join('; ')}`,
      step: by => show(order[(Math.max(at < 0 && by < 0 ? 0 : -1, order.indexOf(at)) + by + order.length) % order.length]),
      move: (px, py) => {
        const distances = points.map(point => Math.hypot(x.place(point.x) - px, y.place(point.value) - py));
        const least = distances.indexOf(Math.min(...distances));
        show(distances[least] < 30 ? least : -1);
      },
      leave: () => show(-1),
    },
    axes({ width, height, x, y, xLabel: canLog ? `${param} (logarithmic)` : param, yLabel: metric }),
    marks,
  );
  const box = figure({ id, title, note, drawing, hint: 'Point at a run, or focus the chart and use the arrow keys.' });
  return box.element;

  function tell(point) {
    return `${point.name}: ${param} ${isNumber ? number(point.x) : brief(point.x, 40)}, ${metric} ${number(point.value)}`;
  }
};
