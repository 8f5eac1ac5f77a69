// All registered models.
import { h } from '../lib/dom.js';
import { ApiError, get, pageToken, quoted } from '../lib/api.js';
import { ago, brief, many } from '../lib/format.js';
import { changed, go, link } from '../lib/route.js';
import { a, heading, pageOf, pages, table, versionLink } from './parts.js';

const size = 100;

export const aliasLinks = model =>
  (model.aliases ?? []).flatMap((alias, i) => [
    i > 0 ? ', ' : '',
    h('b', null, alias.alias),
    ' → ',
    versionLink(model.name, alias.version, `v${alias.version}`),
  ]);

export const showModels = async (route, signal) => {
  const page = pageOf(route);
  const name = route.query.get('name') ?? '';
  const filter = name === '' ? undefined : quoted(`%${name}%`);
  if (filter === null) {
    throw new ApiError(400, '', 'A name with both kinds of quotes cannot be searched for.');
  }

  const models =
    (
      await get(
        'registered-models/search',
        { max_results: size, page_token: pageToken((page - 1) * size), filter: filter && `name ILIKE ${filter}` },
        signal,
      )
    ).registered_models ?? [];
  const newest = model => Math.max(0, ...(model.latest_versions ?? []).map(version => Number(version.version)));
  return {
    title: 'Models',
    content: [
      heading('Models', h('p', { class: 'soft' }, `${many(models.length, 'registered model')}${page > 1 ? `, page ${page}` : ''}`)),
      h(
        'form',
        {
          class: 'filter',
          onsubmit: event => {
            event.preventDefault();
            go(changed(route, { name: document.getElementById('model-name').value.trim() || null, page: null }));
          },
        },
        h('label', { for: 'model-name' }, 'Name contains'),
        h('input', { id: 'model-name', type: 'text', value: name, spellcheck: 'false' }),
        h('button', { class: 'main' }, 'Search'),
      ),
      table({
        id: 'models',
        caption: 'Registered models',
        columns: ['Model', h('th', { scope: 'col', class: 'number' }, 'Newest'), 'Aliases', 'Changed', 'Description'],
        rows: models.map(model =>
          h(
            'tr',
            null,
            h('th', { scope: 'row', class: 'name' }, a(link(['models', model.name]), brief(model.name, 100))),
            h('td', { class: 'number' }, newest(model) > 0 ? versionLink(model.name, newest(model), `v${newest(model)}`) : '–'),
            h('td', null, (model.aliases ?? []).length > 0 ? aliasLinks(model) : '–'),
            h('td', null, ago(model.last_updated_timestamp)),
            h('td', null, brief(model.description ?? '')),
          ),
        ),
        empty: name
          ? 'No model has such a name.'
          : 'No model is registered yet. A client registers one: ModelRegistry.Register in C#, mlflow.register_model in Python.',
      }),
      pages(route, page, size, models.length),
    ],
  };
};
