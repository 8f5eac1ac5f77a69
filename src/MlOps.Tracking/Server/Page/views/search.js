// One box for everything: names of experiments, runs and models, run ids, or a filter over all runs.
import { h } from '../lib/dom.js';
import { ApiError, get, post, quoted } from '../lib/api.js';
import { ago, brief, many, status } from '../lib/format.js';
import { link } from '../lib/route.js';
import { a, experimentLink, heading, runLink, table } from './parts.js';

const most = 50;
const mostExperiments = 1000;

/** Looks like the filter grammar: an entity, a key, an operator. */
const isFilter = text =>
  /^\s*(metrics?|params?|parameters?|tags?|attributes?|attr|run|datasets?)\s*\.\s*\S.*(=|<|>|\b(I?LIKE|IN|IS)\b)/i.test(text);
const isRunId = text => /^[0-9a-f]{32}$/i.test(text);

const runOf = async (id, signal) => {
  try {
    return [(await get('runs/get', { run_id: id.toLowerCase() }, signal)).run];
  } catch (problem) {
    if (problem instanceof ApiError) {
      return [];
    }

    throw problem;
  }
};

export const showSearch = async (route, signal) => {
  const text = route.query.get('q') ?? '';
  document.getElementById('find-text').value = text;
  const like = quoted(`%${text}%`);
  const isByFilter = isFilter(text);
  const all = (await get('experiments/search', { max_results: mostExperiments }, signal)).experiments ?? [];
  const lower = text.toLowerCase();
  const experiments = isByFilter ? [] : all.filter(experiment => experiment.name.toLowerCase().includes(lower)).slice(0, most);
  let refusal = null;
  const runs = isRunId(text)
    ? await runOf(text, signal)
    : like === null && !isByFilter
      ? []
      : await post(
          'runs/search',
          {
            experiment_ids: all.map(experiment => experiment.experiment_id),
            extended_filters: true,
            filter: isByFilter ? text : `attributes.run_name ILIKE ${like}`,
            max_results: most,
          },
          signal,
        ).then(
          found => found.runs ?? [],
          problem => {
            if (problem instanceof ApiError && problem.status === 400) {
              refusal = problem.message;
              return [];
            }

            throw problem;
          },
        );
  const models =
    isByFilter || like === null
      ? []
      : ((await get('registered-models/search', { filter: `name ILIKE ${like}`, max_results: most }, signal)).registered_models ?? []);
  const nameOf = new Map(all.map(experiment => [experiment.experiment_id, experiment.name]));
  const isNothing = experiments.length + runs.length + models.length === 0;
  return {
    title: `Search ${text}`,
    content: [
      heading(isByFilter ? 'Runs that match' : 'Found', h('p', { class: 'soft' }, h('code', null, brief(text)))),
      refusal !== null && h('p', { class: 'error', role: 'alert' }, refusal),
      isNothing &&
        refusal === null &&
        h(
          'p',
          { class: 'empty' },
          'Nothing. The box finds names of experiments, runs and models, whole run ids, and filters such as ',
          h('code', null, 'metrics.acc > 0.9'),
          '.',
        ),
      runs.length > 0 &&
        h(
          'section',
          null,
          h('h2', null, 'Runs'),
          runs.length === most && h('p', { class: 'soft' }, `The newest ${most}.`),
          table({
            id: 'found-runs',
            caption: 'Runs',
            empty: '',
            columns: ['Run', 'Experiment', 'Status', 'Started'],
            rows: runs.map(run =>
              h(
                'tr',
                null,
                h('th', { scope: 'row', class: 'name' }, runLink(run.info.run_id, brief(run.info.run_name ?? '', 60))),
                h(
                  'td',
                  null,
                  experimentLink(run.info.experiment_id, brief(nameOf.get(run.info.experiment_id) ?? run.info.experiment_id, 60)),
                ),
                h('td', null, status(run.info.status)),
                h('td', null, ago(run.info.start_time)),
              ),
            ),
          }),
        ),
      experiments.length > 0 &&
        h(
          'section',
          null,
          h('h2', null, 'Experiments'),
          h(
            'ul',
            null,
            experiments.map(experiment => h('li', null, experimentLink(experiment.experiment_id, brief(experiment.name)))),
          ),
        ),
      models.length > 0 &&
        h(
          'section',
          null,
          h('h2', null, 'Models'),
          h(
            'ul',
            null,
            models.map(model =>
              h(
                'li',
                null,
                a(link(['models', model.name]), brief(model.name)),
                h('span', { class: 'soft' }, ` ${many((model.latest_versions ?? []).length, 'current version')}`),
              ),
            ),
          ),
        ),
    ],
  };
};
