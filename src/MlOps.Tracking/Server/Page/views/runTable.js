// The table of runs: nesting, order by column, and the choice of runs to compare.
import { h } from '../lib/dom.js';
import { ago, brief, duration, lasted, many, status, tagOf } from '../lib/format.js';
import { changed, link } from '../lib/route.js';
import { cell, keyOf, kindOf, valuesOf } from './columns.js';
import { runLink, table } from './parts.js';

const mostCompared = 100;

/** Children below their parents where the page holds both; in another order than by start they only carry a mark. */
const nested = (runs, isByStart) => {
  const ids = new Set(runs.map(run => run.info.run_id));
  const parentOf = run => tagOf(run.data?.tags, 'mlflow.parentRunId');
  if (!isByStart) {
    return runs.map(run => ({ run, depth: parentOf(run) ? 1 : 0, parent: parentOf(run) }));
  }

  const children = new Map();
  const roots = [];
  for (const run of runs) {
    const parent = parentOf(run);
    if (parent && parent !== run.info.run_id && ids.has(parent)) {
      children.set(parent, [...(children.get(parent) ?? []), run]);
    } else {
      roots.push(run);
    }
  }

  const rows = [];
  const add = (run, depth) => {
    rows.push({ run, depth: Math.max(depth, parentOf(run) ? 1 : 0), parent: parentOf(run) });
    const below = children.get(run.info.run_id) ?? [];
    children.delete(run.info.run_id);
    below.forEach(child => add(child, depth + 1));
  };
  roots.forEach(run => add(run, 0));
  [...children.values()].flat().forEach(run => add(run, 1)); // runs that name each other as parents
  return rows.filter((row, i) => rows.findIndex(other => other.run === row.run) === i);
};

const sorted = (route, column, text, kind) => {
  const isSorted = route.query.get('sort') === column || (column === 'start' && !route.query.get('sort'));
  const isUp = isSorted && route.query.get('dir') === 'asc';
  const address =
    isSorted && isUp && column !== 'start'
      ? changed(route, { sort: null, dir: null, page: null })
      : changed(route, { sort: column, dir: isSorted && !isUp ? 'asc' : null, page: null });
  return h(
    'th',
    { scope: 'col', 'aria-sort': isSorted ? (isUp ? 'ascending' : 'descending') : null, class: kind === 'metrics' ? 'number' : null },
    h(
      'a',
      { href: address, id: `sort-${column}`, class: 'sort', title: kind ? `${kind}.${text}` : null },
      brief(text, 40),
      h('span', { 'aria-hidden': 'true', class: 'arrow' }, isSorted ? (isUp ? '▲' : '▼') : ''),
    ),
  );
};

const runRow = ({ run, depth, parent }, columns, picked, bar) => {
  const { info } = run;
  const values = valuesOf(run);
  const name = info.run_name || info.run_id.slice(0, 8);
  const pick = h('input', {
    type: 'checkbox',
    id: `pick-${info.run_id}`,
    checked: picked.has(info.run_id),
    'aria-label': `Compare ${brief(name, 60)}`,
    onchange: event => {
      event.target.checked ? picked.set(info.run_id, name) : picked.delete(info.run_id);
      bar.update();
    },
  });
  return h(
    'tr',
    { class: info.lifecycle_stage === 'deleted' ? 'deleted' : null },
    h('td', { class: 'pick' }, pick),
    h(
      'th',
      { scope: 'row', class: `name depth-${Math.min(depth, 4)}` },
      depth > 0 && h('span', { title: parent ? `Part of run ${brief(parent, 32)}` : null, class: 'soft' }, '↳ '),
      runLink(info.run_id, brief(name, 60)),
      info.lifecycle_stage === 'deleted' && h('span', { class: 'soft' }, ' deleted'),
    ),
    h('td', null, status(info.status)),
    h('td', null, ago(info.start_time)),
    h('td', { class: 'number' }, duration(lasted(info))),
    columns.map(column => cell(values, column)),
  );
};

/** Draws the runs of a page; a tick goes into `picked`, a map of run ids to names, and `bar` is told. */
export const runTable = ({ route, runs, columns, picked, bar, isByStart, caption, empty }) =>
  table({
    id: 'runs',
    caption,
    columns: [
      h('th', { scope: 'col', class: 'pick' }, h('span', { class: 'hidden' }, 'Compare')),
      sorted(route, 'name', 'Run'),
      sorted(route, 'status', 'Status'),
      sorted(route, 'start', 'Started'),
      'Duration',
      ...columns.map(column => sorted(route, column, keyOf(column), kindOf(column))),
    ],
    rows: nested(runs, isByStart).map(row => runRow(row, columns, picked, bar)),
    empty,
  });

/** The line that says how many runs are chosen and leads to their comparison. */
export const compareBar = picked => {
  const bar = h('span', { class: 'compare', 'aria-live': 'polite' });
  bar.update = () => {
    const ids = [...picked.keys()];
    bar.replaceChildren(
      ids.length < 2
        ? h('span', { class: 'soft' }, ids.length === 0 ? 'Tick runs to compare them.' : '1 run ticked; tick another to compare.')
        : ids.length > mostCompared
          ? h('span', { class: 'warn' }, `${many(ids.length, 'run')} ticked; at most ${mostCompared} can be compared.`)
          : h('a', { class: 'button main', href: link(['compare'], { run: ids }), id: 'compare' }, `Compare ${ids.length} runs`),
      ids.length > 0
        ? h(
            'button',
            {
              type: 'button',
              id: 'untick',
              onclick: () => {
                picked.clear();
                document.querySelectorAll('td.pick input').forEach(box => {
                  box.checked = false;
                });
                bar.update();
              },
            },
            'Untick all',
          )
        : '',
    );
  };
  bar.update();
  return bar;
};
