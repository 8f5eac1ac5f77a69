// One version of a model: where it comes from, what it was called, what gates saw.
import { h, outside } from '../lib/dom.js';
import { ApiError, get, promotions } from '../lib/api.js';
import { checkChain } from '../lib/chain.js';
import { brief, exactTime, tagOf, when, whole } from '../lib/format.js';
import { entriesOf, periodsOf } from '../lib/periods.js';
import { link } from '../lib/route.js';
import { a, experimentLink, facts, heading, note, pairs, runLink, table, tagSections, trail } from './parts.js';
import { chainState, promotionList } from './promotionList.js';

/** The run behind the version; null if it was deleted for good or never told. */
const runOf = async (id, signal) => {
  if (!id) {
    return null;
  }

  try {
    return (await get('runs/get', { run_id: id }, signal)).run;
  } catch (problem) {
    if (problem instanceof ApiError && problem.status === 404) {
      return null;
    }

    throw problem;
  }
};

const lineage = (version, run) => {
  if (!run) {
    return h(
      'p',
      { class: 'empty' },
      version.run_id ? `Run ${version.run_id} is not in this store.` : 'No run was told when this version was registered.',
    );
  }

  const commit = tagOf(run.data?.tags, 'mlflow.source.git.commit');
  const sets = run.inputs?.dataset_inputs ?? [];
  return [
    facts([
      ['Run', runLink(run.info.run_id, brief(run.info.run_name || run.info.run_id, 60))],
      ['Experiment', experimentLink(run.info.experiment_id, run.info.experiment_id)],
      ['Commit', commit ? h('code', null, brief(commit, 40)) : 'not told'],
      [
        'Data',
        sets.length > 0
          ? sets.map(input => `${brief(input.dataset?.name ?? '', 60)} ${brief(input.dataset?.digest ?? '', 20)}`).join(', ')
          : 'not told',
      ],
    ]),
    (run.data?.params ?? []).length > 0 &&
      h(
        'details',
        { id: 'lineage-params', class: 'fold' },
        h('summary', null, `Parameters of the run (${run.data.params.length})`),
        pairs('run-params', 'Parameters of the run', run.data.params, ''),
      ),
  ];
};

export const showVersion = async (route, signal) => {
  const [, name, , number] = route.parts;
  const { model_version: version } = await get('model-versions/get', { name, version: number }, signal);
  const [run, log] = await Promise.all([runOf(version.run_id, signal), promotions(undefined, signal)]);
  const check = await checkChain(log);
  const entries = entriesOf(log, name);
  const own = entries.filter(entry => String(entry.version ?? '') === String(version.version));
  const periods = periodsOf(entries).filter(period => String(period.version) === String(version.version));
  return {
    title: `${name} ${version.version}`,
    content: [
      trail(a('#/models', 'Models'), a(link(['models', name]), brief(name, 60))),
      heading(`${brief(name, 150)}, version ${version.version}`),
      note(version.description),
      facts([
        ['Aliases', (version.aliases ?? []).length > 0 ? h('b', null, version.aliases.join(', ')) : 'none'],
        ['Stage', version.current_stage],
        ['Created', when(version.creation_timestamp)],
        ['By', brief(version.user_id ?? '')],
        ['Source', whole(version.source ?? '', 'source')],
        ['Link', version.run_link ? outside(version.run_link) : null],
        ['Load it with', h('code', null, `models:/${brief(name, 60)}/${version.version}`)],
      ]),
      h('section', null, h('h2', null, 'Where it comes from'), lineage(version, run)),
      h(
        'section',
        null,
        h('h2', null, 'When it was in use'),
        table({
          id: 'periods',
          caption: 'Periods in use',
          columns: ['Alias', 'From', 'Until'],
          empty: 'It never had an alias.',
          rows: periods.map(period =>
            h(
              'tr',
              null,
              h('th', { scope: 'row' }, period.alias),
              h('td', null, exactTime(period.from)),
              h('td', null, period.until === null ? 'now' : exactTime(period.until)),
            ),
          ),
        }),
      ),
      h('section', null, h('h2', null, 'Gates, approvals, moves'), chainState(check), promotionList('log', own, false)),
      h('section', null, h('h2', null, 'Tags'), tagSections('tags', version.tags ?? [])),
    ],
  };
};
