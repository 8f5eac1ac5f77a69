// One model: its versions, what was in use when, the log.
import { h } from '../lib/dom.js';
import { get, promotions, quoted } from '../lib/api.js';
import { timeline } from '../charts/timeline.js';
import { checkChain } from '../lib/chain.js';
import { ago, brief, exactTime, when } from '../lib/format.js';
import { entriesOf, onDay, periodsOf } from '../lib/periods.js';
import { changed, go } from '../lib/route.js';
import { a, facts, heading, note, runLink, table, tagSections, trail, versionLink } from './parts.js';
import { aliasLinks } from './models.js';
import { chainState, promotionList } from './promotionList.js';

const mostVersions = 1000;

/** What had which alias on a day, told in sentences: versions may change during it. */
const inUse = (name, periods, day) => {
  const found = onDay(periods, day);
  return found.length === 0
    ? h('p', { id: 'in-use' }, 'No alias was set on that day.')
    : h(
        'ul',
        { id: 'in-use' },
        found.map(period =>
          h(
            'li',
            null,
            h('b', null, period.alias),
            ': ',
            versionLink(name, period.version),
            period.from > day ? `, from ${exactTime(period.from).slice(11)}` : ` (since ${exactTime(period.from)})`,
            period.until !== null && period.until < day + 86_400_000 ? `, until ${exactTime(period.until).slice(11)}` : '',
            period.entry.actor ? `, by ${brief(period.entry.actor, 60)}` : '',
          ),
        ),
      );
};

export const versionsOf = async (name, signal) => {
  const filter = quoted(name);
  return filter === null
    ? []
    : ((
        await get(
          'model-versions/search',
          { filter: `name = ${filter}`, max_results: mostVersions, order_by: 'version_number DESC' },
          signal,
        )
      ).model_versions ?? []);
};

export const showModel = async (route, signal) => {
  const name = route.parts[1];
  const [{ registered_model: model }, versions, log] = await Promise.all([
    get('registered-models/get', { name }, signal),
    versionsOf(name, signal),
    promotions(undefined, signal),
  ]);
  const check = await checkChain(log);
  const entries = entriesOf(log, name);
  const periods = periodsOf(entries);
  const today = new Date().toISOString().slice(0, 10);
  const date = /^\d{4}-\d\d-\d\d$/.test(route.query.get('on') ?? '') ? route.query.get('on') : today;
  const day = Date.parse(`${date}T00:00:00Z`);
  return {
    title: name,
    content: [
      trail(a('#/models', 'Models')),
      heading(brief(name, 200)),
      note(model.description),
      facts([
        ['Aliases', (model.aliases ?? []).length > 0 ? h('span', null, aliasLinks(model)) : 'none'],
        ['Created', when(model.creation_timestamp)],
        ['Changed', when(model.last_updated_timestamp)],
      ]),
      h(
        'p',
        { class: 'soft' },
        'To change what is in use: ',
        h('code', null, `./mlops models promote ${/^[\w.-]+$/.test(name) ? name : 'NAME'} VERSION --alias champion`),
        ', or ',
        h('code', null, 'ModelRegistry.Promote'),
        '. This page only shows.',
      ),
      h(
        'section',
        null,
        h('h2', null, `Versions (${versions.length}${versions.length === mostVersions ? ' shown' : ''})`),
        table({
          id: 'versions',
          caption: 'Versions',
          columns: ['Version', 'Aliases', 'Stage', 'Run', 'Created', 'Description'],
          empty: 'No version yet.',
          rows: versions.map(version =>
            h(
              'tr',
              null,
              h('th', { scope: 'row', class: 'name' }, versionLink(name, version.version)),
              h('td', null, (version.aliases ?? []).length > 0 ? h('b', null, version.aliases.join(', ')) : '–'),
              h('td', null, version.current_stage ?? '–'),
              h('td', null, version.run_id ? runLink(version.run_id, version.run_id.slice(0, 8)) : '–'),
              h('td', null, ago(version.creation_timestamp)),
              h('td', null, brief(version.description ?? '')),
            ),
          ),
        }),
      ),
      h(
        'section',
        null,
        h('h2', null, 'In use'),
        h(
          'div',
          { class: 'tools' },
          h(
            'label',
            { for: 'on' },
            'In use on ',
            h('input', {
              type: 'date',
              id: 'on',
              value: date,
              max: today,
              onchange: event =>
                event.target.value && go(changed(route, { on: event.target.value === today ? null : event.target.value }), true),
            }),
          ),
        ),
        inUse(name, periods, day),
        timeline({ id: 'timeline', periods, on: date === today ? null : day }),
      ),
      h('section', null, h('h2', null, 'Promotion log'), chainState(check), promotionList('log', entries, false)),
      h('section', null, h('h2', null, 'Tags'), tagSections('tags', model.tags ?? [])),
    ],
  };
};
