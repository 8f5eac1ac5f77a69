// Several runs side by side: what differs, parallel coordinates, curves, one parameter against one metric.
import { h } from '../lib/dom.js';
import { get, inTurn } from '../lib/api.js';
import { curves } from '../charts/curves.js';
import { parallel } from '../charts/parallel.js';
import { scatter } from '../charts/scatter.js';
import { brief, count, duration, many, toNumber } from '../lib/format.js';
import { historyOf, mostPoints } from '../lib/history.js';
import { changed, go } from '../lib/route.js';
import { a, chooser, experimentLink, heading, trail } from './parts.js';
import { differs, keysOf, sideBySide, textsOf } from './sideBySide.js';

const mostAxes = 7;
const mostRuns = 100;

// Histories of runs that have ended do not change.
const histories = new Map();

const history = async (run, metric, signal) => {
  const id = `${run.info.run_id}/${metric}`;
  const found = histories.get(id) ?? (await historyOf(run.info.run_id, metric, signal));
  if (run.info.status !== 'RUNNING') {
    histories.set(id, found);
  }

  return found;
};

const nameOf = (run, runs) => {
  const name = brief(run.info.run_name || run.info.run_id.slice(0, 8), 40);
  return runs.some(other => other !== run && other.info.run_name === run.info.run_name) ? `${name} (${run.info.run_id.slice(0, 6)})` : name;
};

const select = (id, label, options, value, onchange) =>
  h(
    'label',
    { for: id },
    `${label} `,
    h(
      'select',
      { id, onchange: event => onchange(event.target.value) },
      options.map(([name, text]) => h('option', { value: name, selected: name === value }, brief(text, 60))),
    ),
  );
const tick = (id, label, isOn, onchange) =>
  h(
    'label',
    { class: 'choice', for: id },
    h('input', { type: 'checkbox', id, checked: isOn, onchange: event => onchange(event.target.checked) }),
    ` ${label}`,
  );

const series = (runs, found, over) =>
  runs.map((run, i) => {
    const start = Number(run.info.start_time);
    const points = found[i].points.map(point => [over === 'step' ? point.step : (point.timestamp - start) / 1000, point.value]);
    return { name: nameOf(run, runs), points: over === 'step' ? points : points.sort((p, q) => p[0] - q[0]) };
  });

export const showComparison = async (route, signal) => {
  const ids = [...new Set(route.query.getAll('run'))].slice(0, mostRuns);
  if (ids.length === 0) {
    return {
      title: 'Compare',
      content: [
        heading('Compare runs'),
        h('p', { class: 'empty' }, 'Tick runs in the list of an ', a('#/', 'experiment'), ', then choose Compare.'),
      ],
    };
  }

  const set = settings => go(changed(route, settings), true);
  const runs = await inTurn(ids, async id => (await get('runs/get', { run_id: id }, signal)).run);
  const { experiment } = await get('experiments/get', { experiment_id: runs[0].info.experiment_id }, signal);
  const params = runs.map(run => textsOf(run, 'params'));
  const metrics = runs.map(run => textsOf(run, 'metrics'));
  const tags = runs.map(run => textsOf(run, 'tags'));
  const allParams = keysOf(params);
  const allMetrics = keysOf(metrics);
  const different = allParams.filter(key => differs(params, key));
  const equal = allParams.filter(key => !differs(params, key));
  const hasCurve = key => runs.some(run => (run.data.metrics ?? []).some(point => point.key === key && Number(point.step ?? 0) !== 0));
  const metric = allMetrics.includes(route.query.get('metric')) ? route.query.get('metric') : (allMetrics.find(hasCurve) ?? allMetrics[0]);
  const over = route.query.get('over') === 'time' ? 'time' : 'step';
  const isLog = route.query.get('log') === '1';
  const isLogParam = route.query.get('logx') === '1';
  const param = allParams.includes(route.query.get('param')) ? route.query.get('param') : (different[0] ?? allParams[0]);
  const axisNames = route.query.has('axis')
    ? route.query.getAll('axis').filter(name => allParams.includes(name))
    : different.slice(0, mostAxes);
  const found =
    metric === undefined
      ? []
      : await inTurn(runs, (run, i) => (metrics[i].has(metric) ? history(run, metric, signal) : { points: [], isCut: false }));
  const cut = found.filter(one => one.isCut).length;
  const names = runs.map(run => nameOf(run, runs));
  const valueOf = i => toNumber(metrics[i].get(metric));
  const isOne = runs.length === 1;
  return {
    title: isOne ? names[0] : `Compare ${runs.length} runs`,
    live: runs.some(run => run.info.status === 'RUNNING'),
    stamp: JSON.stringify([runs, found.map(one => one.points.length), route.query.toString()]),
    content: [
      trail(a('#/', 'Experiments'), experimentLink(experiment.experiment_id, brief(experiment.name, 60))),
      heading(
        isOne ? `Curves of ${names[0]}` : `Compare ${runs.length} runs`,
        !isOne &&
          h(
            'p',
            { class: 'soft' },
            `${many(different.length, 'parameter')} of ${count(allParams.length)} ${different.length === 1 ? 'differs' : 'differ'}.`,
          ),
      ),
      h(
        'div',
        { class: 'tools' },
        allMetrics.length > 0 &&
          select(
            'metric',
            'Metric',
            allMetrics.map(key => [key, key]),
            metric,
            value => set({ metric: value }),
          ),
        select(
          'over',
          'over',
          [
            ['step', 'step'],
            ['time', 'time'],
          ],
          over,
          value => set({ over: value === 'step' ? null : value }),
        ),
        tick('log', 'Logarithmic', isLog, isOn => set({ log: isOn ? '1' : null })),
      ),
      metric === undefined
        ? h('p', { class: 'empty' }, 'No metric was logged.')
        : h(
            'section',
            null,
            h('h2', null, 'Curves'),
            cut > 0 && h('p', { class: 'warn' }, `${many(cut, 'curve')} cut after ${count(mostPoints)} points.`),
            curves({
              id: 'curves',
              metric,
              series: series(runs, found, over),
              isLog,
              xLabel: over === 'step' ? 'step' : 'seconds since the run started',
              xText: x => (over === 'step' ? `Step ${count(x)}` : `${duration(x * 1000)} after the start`),
            }),
          ),
      !isOne &&
        metric !== undefined &&
        h(
          'section',
          null,
          h('h2', null, 'Parallel coordinates'),
          different.length > 0 &&
            h(
              'div',
              { class: 'tools' },
              chooser({
                id: 'axes',
                title: 'Parameters',
                names: [...different, ...equal],
                chosen: axisNames,
                onchange: list => set({ axis: list.length > 0 ? list : '' }),
                reset: () => set({ axis: null }),
              }),
              !route.query.has('axis') &&
                different.length > mostAxes &&
                h('span', { class: 'soft' }, `The first ${mostAxes} of ${different.length} that differ.`),
            ),
          parallel({
            id: 'parallel',
            names: axisNames,
            metric,
            runs: runs.map((_, i) => ({ name: names[i], values: params[i], metric: valueOf(i) })),
          }),
        ),
      !isOne &&
        metric !== undefined &&
        param !== undefined &&
        h(
          'section',
          null,
          h('h2', null, 'A parameter and the metric'),
          h(
            'div',
            { class: 'tools' },
            select(
              'param',
              'Parameter',
              [...different, ...equal].map(key => [key, key]),
              param,
              value => set({ param: value }),
            ),
            tick('logx', 'Logarithmic', isLogParam, isOn => set({ logx: isOn ? '1' : null })),
          ),
          scatter({
            id: 'scatter',
            param,
            metric,
            isLog: isLogParam,
            runs: runs.map((_, i) => ({ name: names[i], param: params[i].get(param), value: valueOf(i) })),
          }),
        ),
      sideBySide({ runs, names, params, metrics, tags, different, equal, allMetrics }),
    ],
  };
};
