// One run: everything that was logged, and the model versions made from it.
import { h, whenNear } from '../lib/dom.js';
import { ApiError, get, inTurn, quoted } from '../lib/api.js';
import { spark } from '../charts/spark.js';
import { brief, count, duration, exactTime, lasted, number, status, tagOf, toNumber, when, whole } from '../lib/format.js';
import { historyOf } from '../lib/history.js';
import { link } from '../lib/route.js';
import { a, experimentLink, facts, heading, note, pairs, runLink, table, tagSections, trail, versionLink } from './parts.js';
import { artifacts } from './artifacts.js';

const sparkPoints = 20_000;

// Small curves are kept while the last point stays the same, so that a refresh neither asks again nor flickers.
const sparks = new Map();

const sparkOf = (run, metric, signal) => {
  const id = `${run}/${metric.key}`;
  const stamp = `${metric.timestamp}/${metric.step}/${metric.value}`;
  const kept = sparks.get(id);
  const place = h('span', { class: 'spark-place' }, kept?.drawing?.cloneNode(true) ?? '');
  const load = async () => {
    const { points, isCut } = await historyOf(run, metric.key, signal, sparkPoints);
    const hasSteps = points.some(point => point.step !== points[0].step);
    const drawing = spark(points.map(point => [hasSteps ? point.step : point.timestamp, point.value]));
    sparks.set(id, { stamp, drawing, points: points.length, isCut });
    place.replaceChildren(drawing?.cloneNode(true) ?? '');
  };
  return { place, load, isNeeded: kept?.stamp !== stamp };
};

const metricRows = (run, metrics, signal, waiting) =>
  metrics.map(metric => {
    const curve = sparkOf(run.info.run_id, metric, signal);
    if (curve.isNeeded) {
      waiting.push(curve);
    }

    return h(
      'tr',
      null,
      h(
        'th',
        { scope: 'row', class: 'name' },
        a(link(['compare'], { run: run.info.run_id, metric: metric.key }), brief(metric.key, 250), { title: 'Show the curve' }),
      ),
      h('td', { class: 'number', title: String(metric.value) }, number(toNumber(metric.value))),
      h('td', { class: 'number' }, count(Number(metric.step ?? 0))),
      h('td', null, curve.place),
    );
  });

const dataSets = inputs =>
  table({
    id: 'data',
    caption: 'Data sets',
    columns: ['Data set', 'Used for', 'Digest', 'Source', 'Schema and profile'],
    empty: 'No data set was named.',
    rows: inputs.map((input, i) =>
      h(
        'tr',
        null,
        h('th', { scope: 'row', class: 'name' }, brief(input.dataset?.name ?? '')),
        h('td', null, brief(tagOf(input.tags, 'mlflow.data.context') ?? '–')),
        h('td', null, h('code', null, brief(input.dataset?.digest ?? '–'))),
        h('td', null, whole(`${input.dataset?.source_type ?? ''} ${input.dataset?.source ?? ''}`.trim(), `source-${i}`)),
        h(
          'td',
          null,
          [input.dataset?.schema, input.dataset?.profile]
            .filter(Boolean)
            .map((text, j) => h('div', null, whole(text, `profile-${i}-${j}`))),
        ),
      ),
    ),
  });

const versions = found =>
  table({
    id: 'versions',
    caption: 'Model versions',
    columns: ['Version', 'Aliases', 'Stage'],
    empty: 'No model was registered from this run.',
    rows: found.map(version =>
      h(
        'tr',
        null,
        h(
          'th',
          { scope: 'row', class: 'name' },
          versionLink(version.name, version.version, `${brief(version.name, 60)}, version ${version.version}`),
        ),
        h('td', null, (version.aliases ?? []).join(', ') || '–'),
        h('td', null, version.current_stage ?? '–'),
      ),
    ),
  });

export const showRun = async (route, signal) => {
  const id = route.parts[1];
  const { run } = await get('runs/get', { run_id: id }, signal);
  const { info } = run;
  const { metrics = [], params = [], tags = [] } = run.data ?? {};
  const parent = tagOf(tags, 'mlflow.parentRunId');
  const filter = quoted(id);
  const [experiment, files, made] = await Promise.all([
    get('experiments/get', { experiment_id: info.experiment_id }, signal).then(found => found.experiment),
    artifacts(route, id, signal).catch(problem => {
      if (!(problem instanceof ApiError)) {
        throw problem;
      }

      return h('p', { class: 'error', role: 'alert' }, `The files cannot be listed: ${problem.message}`);
    }),
    filter === null
      ? []
      : get('model-versions/search', { filter: `run_id = ${filter}`, max_results: 100 }, signal).then(found => found.model_versions ?? []),
  ]);
  const waiting = [];
  const name = info.run_name || id.slice(0, 8);
  const source = tagOf(tags, 'mlflow.source.name');
  const commit = tagOf(tags, 'mlflow.source.git.commit');
  return {
    title: name,
    live: info.status === 'RUNNING',
    stamp: JSON.stringify([run, made, Math.floor(Date.now() / 15_000)]),
    content: [
      trail(
        a('#/', 'Experiments'),
        experimentLink(info.experiment_id, brief(experiment?.name ?? info.experiment_id, 60)),
        parent && h('span', null, 'part of ', runLink(parent, `run ${parent.slice(0, 8)}`)),
      ),
      heading(
        brief(name, 200),
        h('p', null, status(info.status), info.lifecycle_stage === 'deleted' && h('span', { class: 'warn' }, ' This run was deleted.')),
      ),
      note(tagOf(tags, 'mlflow.note.content')),
      facts([
        ['Run', h('code', null, id)],
        ['Started', when(info.start_time)],
        ['Ended', info.end_time ? exactTime(info.end_time) : null],
        ['Duration', duration(lasted(info))],
        ['By', brief(info.user_id || tagOf(tags, 'mlflow.user') || '')],
        ['Source', source && brief(source)],
        ['Commit', commit && h('code', null, brief(commit, 40))],
      ]),
      h(
        'p',
        { class: 'tools' },
        a(link(['compare'], { run: id }), 'Curves', { class: 'button' }),
        parent &&
          a(link(['experiments', info.experiment_id], { filter: `tags.\`mlflow.parentRunId\` = '${parent}'` }), 'Its siblings', {
            class: 'button',
          }),
        a(link(['experiments', info.experiment_id], { filter: `tags.\`mlflow.parentRunId\` = '${id}'` }), 'Runs below it', {
          class: 'button',
        }),
      ),
      h(
        'div',
        { class: 'two' },
        h(
          'section',
          null,
          h('h2', null, `Metrics (${count(metrics.length)})`),
          table({
            id: 'metrics',
            caption: 'Metrics',
            empty: 'No metric was logged.',
            columns: [
              'Metric',
              h('th', { scope: 'col', class: 'number' }, 'Last'),
              h('th', { scope: 'col', class: 'number' }, 'Step'),
              'Curve',
            ],
            rows: metricRows(run, metrics, signal, waiting),
          }),
        ),
        h(
          'section',
          null,
          h('h2', null, `Parameters (${count(params.length)})`),
          pairs('params', 'Parameters', params, 'No parameter was logged.'),
        ),
      ),
      h('section', null, h('h2', null, 'Files'), files),
      h('section', null, h('h2', null, 'Model versions'), versions(made)),
      h('section', null, h('h2', null, 'Data sets'), dataSets(run.inputs?.dataset_inputs ?? [])),
      h('section', null, h('h2', null, `Tags (${count(tags.length)})`), tagSections('tags', tags)),
    ],
    after: near => {
      const queue = [];
      let isBusy = false;
      const work = async () => {
        isBusy = true;
        while (queue.length > 0 && !near.aborted) {
          await inTurn(queue.splice(0), curve =>
            curve.load().catch(problem => {
              if (problem.name !== 'AbortError') {
                curve.place.replaceChildren(h('span', { class: 'soft', title: problem.message }, 'no curve'));
              }
            }),
          );
        }

        isBusy = false;
      };
      waiting.forEach(curve =>
        whenNear(curve.place, near, () => {
          queue.push(curve);
          if (!isBusy) {
            work();
          }
        }),
      );
    },
  };
};
