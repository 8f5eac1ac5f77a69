// The columns of a table of runs.
import { h } from '../lib/dom.js';
import { brief, number, toNumber } from '../lib/format.js';

const most = 8;

/** What a run has under `metrics.acc`, `params.lr` or `tags.team`: the text, or undefined. */
export const valuesOf = run => {
  const values = new Map();
  for (const [kind, items] of [
    ['metrics', run.data?.metrics],
    ['params', run.data?.params],
    ['tags', run.data?.tags],
  ]) {
    for (const item of items ?? []) {
      values.set(`${kind}.${item.key}`, String(item.value ?? ''));
    }
  }

  return values;
};

/** Every column that the runs could fill, metrics first; MLflow's own tags last. */
export const columnsOf = rows => {
  const all = new Set(rows.flatMap(values => [...values.keys()]));
  const rank = name => (name.startsWith('metrics.') ? 0 : name.startsWith('params.') ? 1 : name.startsWith('tags.mlflow.') ? 3 : 2);
  return [...all].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
};

/** The columns to begin with: what differs between the runs, a few metrics and the rest parameters; one run shows what it has. */
export const differing = rows => {
  const differs = name => {
    const first = rows[0]?.get(name);
    return rows.some(values => values.get(name) !== first);
  };
  const candidates = columnsOf(rows).filter(name => !name.startsWith('tags.') && (rows.length < 2 || differs(name)));
  const metrics = candidates.filter(name => name.startsWith('metrics.'));
  const params = candidates.filter(name => name.startsWith('params.'));
  const places = Math.max(most - params.length, most / 2);
  const shown = metrics.slice(0, places);
  return [...shown, ...params.slice(0, most - shown.length)];
};

export const keyOf = column => column.slice(column.indexOf('.') + 1);
export const kindOf = column => column.slice(0, column.indexOf('.'));

/** The cell of a run in a column. */
export const cell = (values, column) => {
  const text = values.get(column);
  if (text === undefined) {
    return h('td', { class: 'none' }, '–');
  }

  if (kindOf(column) === 'metrics') {
    return h('td', { class: 'number', title: text }, number(toNumber(text)));
  }

  const isNumber = text !== '' && Number.isFinite(Number(text));
  return h(
    'td',
    { class: isNumber ? 'number' : null, title: text.length > 40 ? brief(text, 1000) : null },
    h('span', { class: 'cut' }, text === '' ? '(empty)' : brief(text)),
  );
};

/** A field of the filter grammar or of an order: every key is quoted, whatever is in it. */
export const field = column => `${kindOf(column)}.\`${keyOf(column)}\``;
