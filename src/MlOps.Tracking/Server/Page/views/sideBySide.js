// Runs in columns, what they have in rows: first what differs.
import { h } from '../lib/dom.js';
import { ago, brief, duration, lasted, number, status, toNumber } from '../lib/format.js';
import { runLink, table } from './parts.js';

/** What a run has of a kind, by key. */
export const textsOf = (run, kind) => new Map((run.data?.[kind] ?? []).map(item => [item.key, String(item.value ?? '')]));
export const keysOf = maps => [...new Set(maps.flatMap(map => [...map.keys()]))].sort();
export const differs = (maps, key) => maps.some(map => map.get(key) !== maps[0].get(key));

/** A row a key; what differs carries a sign and a word, not only weight. */
const valueRows = (keys, maps, isDifferent) =>
  keys.map(key =>
    h(
      'tr',
      { class: isDifferent ? 'differs' : null },
      h(
        'th',
        { scope: 'row', class: 'name' },
        isDifferent && h('span', { title: 'differs', role: 'img', 'aria-label': 'differs' }, '≠ '),
        brief(key, 100),
      ),
      maps.map(map =>
        map.has(key)
          ? h(
              'td',
              null,
              h(
                'span',
                { class: 'cut', title: map.get(key).length > 30 ? brief(map.get(key), 1000) : null },
                map.get(key) === '' ? '(empty)' : brief(map.get(key)),
              ),
            )
          : h('td', { class: 'none' }, '–'),
      ),
    ),
  );

const metricRows = (keys, maps) =>
  keys.map(key => {
    const values = maps.map(map => (map.has(key) ? toNumber(map.get(key)) : undefined));
    const finite = values.filter(Number.isFinite);
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    return h(
      'tr',
      null,
      h('th', { scope: 'row', class: 'name' }, brief(key, 100)),
      values.map(value =>
        value === undefined
          ? h('td', { class: 'none' }, '–')
          : h(
              'td',
              { class: 'number', title: String(value) },
              low < high && value === high && h('span', { title: 'highest', class: 'mark' }, '▲ '),
              low < high && value === low && h('span', { title: 'lowest', class: 'mark' }, '▼ '),
              number(value),
            ),
      ),
    );
  });

const factRow = (name, values) =>
  h(
    'tr',
    null,
    h('th', { scope: 'row' }, name),
    values.map(value => h('td', null, value)),
  );

/** The table; `names` head the columns, `different` and `equal` are the keys of parameters. */
export const sideBySide = ({ runs, names, params, metrics, tags, different, equal, allMetrics }) => {
  const isOne = runs.length === 1;
  const otherTags = keysOf(tags).filter(key => key !== 'mlflow.runName' && differs(tags, key));
  const block = (title, rows) =>
    rows.length > 0 && [h('tr', { class: 'block' }, h('th', { scope: 'colgroup', colspan: runs.length + 1 }, title)), rows];
  return h(
    'section',
    null,
    h('h2', null, 'Side by side'),
    table({
      id: 'side',
      caption: 'Runs side by side',
      columns: ['', ...runs.map((run, i) => h('th', { scope: 'col', class: 'name' }, runLink(run.info.run_id, names[i])))],
      rows: [
        factRow(
          'Status',
          runs.map(run => status(run.info.status)),
        ),
        factRow(
          'Started',
          runs.map(run => ago(run.info.start_time)),
        ),
        factRow(
          'Duration',
          runs.map(run => duration(lasted(run.info))),
        ),
        block(`Parameters that differ (${different.length})`, valueRows(different, params, !isOne)),
        block(`Metrics, last value (${allMetrics.length})`, metricRows(allMetrics, metrics)),
        block(`${isOne ? 'Parameters' : 'Parameters that are equal'} (${equal.length})`, valueRows(equal, params, false)),
        block(`Tags that differ (${otherTags.length})`, valueRows(otherTags, tags, !isOne)),
      ]
        .flat(Infinity)
        .filter(Boolean),
    }),
  );
};
