// All experiments, with how many runs they hold and when the last one started.
import { h, whenNear } from '../lib/dom.js';
import { get, inTurn, pageToken, post } from '../lib/api.js';
import { countRuns, knownCount } from '../lib/count.js';
import { ago, brief, count, many, tagOf } from '../lib/format.js';
import { experimentLink, heading, later, pageOf, pages, table } from './parts.js';
import { changed, go } from '../lib/route.js';

const size = 50;

/** The last run of an experiment, or undefined. */
const lastRun = async (id, signal) => (await post('runs/search', { experiment_ids: [id], max_results: 1 }, signal)).runs?.[0];

export const showExperiments = async (route, signal) => {
  const page = pageOf(route);
  const isDeleted = route.query.get('view') === 'deleted';
  const found =
    (
      await get(
        'experiments/search',
        { max_results: size, page_token: pageToken((page - 1) * size), view_type: isDeleted ? 'DELETED_ONLY' : 'ACTIVE_ONLY' },
        signal,
      )
    ).experiments ?? [];
  const lasts = await inTurn(found, experiment => lastRun(experiment.experiment_id, signal));
  const waiting = [];
  const rows = found.map((experiment, i) => {
    const search = { experiment_ids: [experiment.experiment_id] };
    const known = knownCount(search);
    const number = later(
      signal,
      async () => count(lasts[i] ? await countRuns(search, signal) : 0),
      lasts[i] ? (known === undefined ? '…' : count(known)) : '0',
    );
    if (lasts[i]) {
      waiting.push(number);
    }

    return h(
      'tr',
      null,
      h(
        'th',
        { scope: 'row', class: 'name' },
        experimentLink(experiment.experiment_id, brief(experiment.name)),
        h('span', { class: 'soft' }, ` id ${experiment.experiment_id}`),
      ),
      h('td', { class: 'number' }, number.place),
      h(
        'td',
        null,
        ago(lasts[i]?.info.start_time),
        lasts[i]?.info.status === 'RUNNING' && h('span', { class: 'status running' }, ' ▶ running'),
      ),
      h('td', null, ago(experiment.creation_time)),
      h('td', null, brief(tagOf(experiment.tags, 'mlflow.note.content') ?? '')),
    );
  });
  return {
    title: 'Experiments',
    live: lasts.some(run => run?.info.status === 'RUNNING'),
    stamp: JSON.stringify([found, lasts, Math.floor(Date.now() / 60_000)]),
    content: [
      heading(
        'Experiments',
        h(
          'p',
          { class: 'soft' },
          `${many(found.length, isDeleted ? 'deleted experiment' : 'experiment')}${page > 1 ? `, page ${page}` : ''}`,
        ),
      ),
      h(
        'div',
        { class: 'tools' },
        h(
          'label',
          { class: 'choice', for: 'deleted' },
          h('input', {
            type: 'checkbox',
            id: 'deleted',
            checked: isDeleted,
            onchange: event => go(changed(route, { view: event.target.checked ? 'deleted' : null, page: null })),
          }),
          ' Deleted ones',
        ),
      ),
      table({
        id: 'experiments',
        caption: 'Experiments',
        rows,
        columns: ['Experiment', h('th', { scope: 'col', class: 'number' }, 'Runs'), 'Last run started', 'Created', 'Note'],
        empty: isDeleted ? 'Nothing was deleted.' : 'No experiments here.',
      }),
      pages(route, page, size, found.length),
    ],
    after: near => waiting.forEach(number => whenNear(number.place, near, number.start)),
  };
};
