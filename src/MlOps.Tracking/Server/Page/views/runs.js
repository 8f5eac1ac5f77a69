// The runs of an experiment: filter, order, columns, pages, a choice to compare.
import { h } from '../lib/dom.js';
import { ApiError, get, pageToken, post } from '../lib/api.js';
import { countRuns, knownCount } from '../lib/count.js';
import { brief, count, tagOf } from '../lib/format.js';
import { changed, go } from '../lib/route.js';
import { a, chooser, heading, later, note, pageOf, pages, trail } from './parts.js';
import { columnsOf, differing, field, kindOf, valuesOf } from './columns.js';
import { compareBar, runTable } from './runTable.js';

const size = 100;
const attributes = { name: 'attributes.run_name', status: 'attributes.status', start: 'attributes.start_time' };
const examples = [
  'metrics.acc > 0.9',
  "params.model = 'boosting'",
  "metrics.loss < 0.5 AND params.lr != '0.1'",
  "tags.team LIKE 'v%'",
  "attributes.status = 'FAILED' OR metrics.acc IS NULL",
];

// What was chosen to compare and which columns an experiment began with live as long as the page, so that turning pages changes neither.
const chosen = new Map();
const began = new Map();

const searchOf = (id, query) => ({
  experiment_ids: [id],
  filter: query.get('filter') ?? undefined,
  extended_filters: true, // OR, NOT and parentheses: our server's own field
  run_view_type: { deleted: 'DELETED_ONLY', all: 'ALL' }[query.get('view')] ?? 'ACTIVE_ONLY',
});

const orderOf = query => {
  const sort = query.get('sort');
  const by = sort && (attributes[sort] ?? (kindOf(sort) ? field(sort) : null));
  return by ? [`${by} ${query.get('dir') === 'asc' ? 'ASC' : 'DESC'}`] : undefined;
};

export const showRuns = async (route, signal) => {
  const id = route.parts[1];
  const page = pageOf(route);
  const search = searchOf(id, route.query);
  const order = orderOf(route.query);
  const { experiment } = await get('experiments/get', { experiment_id: id }, signal);
  let runs = [];
  let refusal = null;
  try {
    runs =
      (await post('runs/search', { ...search, order_by: order, max_results: size, page_token: pageToken((page - 1) * size) }, signal))
        .runs ?? [];
  } catch (problem) {
    if (!(problem instanceof ApiError) || problem.status !== 400) {
      throw problem;
    }

    refusal = problem.message;
  }

  const values = runs.map(valuesOf);
  const isStart = page === 1 && order === undefined && search.filter === undefined;
  if (runs.length > 0 && (isStart || !began.has(id))) {
    began.set(id, differing(values));
  }

  const columns = route.query.has('col') ? route.query.getAll('col').filter(name => name.includes('.')) : (began.get(id) ?? []);
  const picked = chosen.get(id) ?? chosen.set(id, new Map()).get(id);
  const bar = compareBar(picked);
  const known = knownCount(search);
  const isAllHere = page === 1 && runs.length < size;
  const total = isAllHere ? runs.length : known;
  const number = later(
    signal,
    async () => {
      const n = await countRuns(search, signal);
      document.getElementById('pages')?.replaceChildren(pages(route, page, size, runs.length, n) ?? '');
      return `of ${count(n)}`;
    },
    total === undefined ? 'of …' : `of ${count(total)}`,
  );
  const first = (page - 1) * size + 1;
  return {
    title: experiment.name,
    live: runs.some(run => run.info.status === 'RUNNING'),
    stamp: JSON.stringify([runs, refusal, columns, Math.floor(Date.now() / 60_000)]),
    content: [
      trail(a('#/', 'Experiments')),
      heading(
        brief(experiment.name, 200),
        experiment.lifecycle_stage === 'deleted' && h('p', { class: 'warn' }, 'This experiment was deleted.'),
      ),
      note(tagOf(experiment.tags, 'mlflow.note.content')),
      filterForm(route, refusal),
      h(
        'div',
        { class: 'tools' },
        chooser({
          id: 'columns',
          title: 'Columns',
          names: [...new Set([...columns, ...columnsOf(values)])],
          chosen: columns,
          onchange: names => go(changed(route, { col: names.length > 0 ? names : '' }), true),
          reset: () => {
            began.delete(id);
            go(changed(route, { col: null }), true);
          },
        }),
        h(
          'label',
          { for: 'view' },
          'Show ',
          h(
            'select',
            { id: 'view', onchange: event => go(changed(route, { view: event.target.value || null, page: null })) },
            [
              ['', 'active runs'],
              ['deleted', 'deleted runs'],
              ['all', 'all runs'],
            ].map(([value, text]) => h('option', { value, selected: (route.query.get('view') ?? '') === value }, text)),
          ),
        ),
        bar,
        h('span', { class: 'soft count' }, runs.length > 0 && [`Runs ${count(first)}–${count(first + runs.length - 1)} `, number.place]),
      ),
      refusal === null &&
        runTable({
          route,
          runs,
          columns,
          picked,
          bar,
          isByStart: order === undefined,
          caption: `Runs of ${brief(experiment.name)}`,
          empty: route.query.get('filter')
            ? 'No run matches the filter.'
            : page > 1
              ? 'There are no more runs.'
              : 'No runs yet. A run logged to this experiment shows up here.',
        }),
      h('div', { id: 'pages' }, refusal === null && pages(route, page, size, runs.length, total)),
    ],
    after: () => {
      if (runs.length > 0 && !isAllHere) {
        number.start();
      }
    },
  };
};

const filterForm = (route, refusal) => {
  const set = text => go(changed(route, { filter: text.trim() || null, page: null }));
  const box = h('input', {
    id: 'filter',
    type: 'text',
    value: route.query.get('filter') ?? '',
    placeholder: "metrics.acc > 0.9 AND params.model = 'boosting'",
    spellcheck: 'false',
    autocomplete: 'off',
    autocapitalize: 'off',
    'aria-invalid': refusal !== null,
    'aria-describedby': refusal === null ? 'filter-help' : 'filter-error',
  });
  return h(
    'form',
    {
      class: 'filter',
      onsubmit: event => {
        event.preventDefault();
        set(box.value);
      },
    },
    h('label', { for: 'filter' }, 'Filter'),
    box,
    h('button', { class: 'main' }, 'Apply'),
    route.query.get('filter') && h('button', { type: 'button', id: 'filter-clear', onclick: () => set('') }, 'Clear'),
    refusal !== null && h('p', { id: 'filter-error', class: 'error', role: 'alert' }, refusal),
    h(
      'details',
      { id: 'filter-help' },
      h('summary', null, 'Examples'),
      h(
        'ul',
        null,
        examples.map((text, i) =>
          h('li', null, h('button', { type: 'button', class: 'example', id: `example-${i}`, onclick: () => set(text) }, text)),
        ),
      ),
      h(
        'p',
        { class: 'soft' },
        'Numbers stand bare, texts in quotes. Put a key with spaces in back-ticks: ',
        h('code', null, 'metrics.`val loss` < 1'),
        '. A run that lacks the key does not match.',
      ),
    ),
  );
};
