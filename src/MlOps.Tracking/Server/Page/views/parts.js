// Pieces that several views share.
import { h } from '../lib/dom.js';
import { brief, whole } from '../lib/format.js';
import { changed, link } from '../lib/route.js';

export const heading = (text, ...below) => h('div', { class: 'head' }, h('h1', { tabindex: '-1' }, text), below);

/** Where the reader is: links to what is above. */
export const trail = (...steps) =>
  h(
    'nav',
    { class: 'trail', 'aria-label': 'Above this page' },
    steps.filter(Boolean).flatMap((step, i) => (i === 0 ? [step] : [h('span', { 'aria-hidden': 'true' }, ' › '), step])),
  );

export const a = (address, text, more = {}) => h('a', { href: address, ...more }, text);

/** A table that scrolls by itself when it is wider than the window. */
export const table = ({ id, caption, columns, rows, empty }) =>
  rows.length === 0
    ? h('p', { class: 'empty' }, empty)
    : h(
        'div',
        { class: 'scroll', id, tabindex: '0', role: 'region', 'aria-label': caption },
        h(
          'table',
          null,
          h('caption', { class: 'hidden' }, caption),
          h(
            'thead',
            null,
            h(
              'tr',
              null,
              columns.map(column => (column?.nodeType ? column : h('th', { scope: 'col' }, column))),
            ),
          ),
          h('tbody', null, rows),
        ),
      );

/** Names and values, long ones folded. */
export const pairs = (id, caption, items, empty) =>
  table({
    id,
    caption,
    columns: ['Name', 'Value'],
    empty,
    rows: items.map(item =>
      h(
        'tr',
        null,
        h('th', { scope: 'row', class: 'name' }, brief(item.key, 250)),
        h('td', null, whole(item.value ?? '', `${id}-${item.key}`)),
      ),
    ),
  });

/** Terms with their values; those without are left out. */
export const facts = items =>
  h(
    'dl',
    { class: 'facts' },
    items
      .filter(([, value]) => value !== null && value !== undefined && value !== '')
      .map(([term, value]) => h('div', null, h('dt', null, term), h('dd', null, value))),
  );

/** Who set tags that start with `mlflow.`: the tools. They are folded, the reader's own are not. */
export const tagSections = (id, tags) => {
  const own = tags.filter(tag => !tag.key.startsWith('mlflow.'));
  const tools = tags.filter(tag => tag.key.startsWith('mlflow.'));
  return [
    pairs(`${id}-own`, 'Tags', own, 'None of your own.'),
    tools.length > 0 &&
      h(
        'details',
        { id: `${id}-tools`, class: 'fold' },
        h('summary', null, `Set by tools (${tools.length})`),
        pairs(`${id}-tools-table`, 'Tags set by tools', tools, ''),
      ),
  ];
};

/** A note: plain text, as it was written. */
export const note = text => (text ? h('p', { class: 'note' }, text) : null);

export const pages = (route, page, size, rows, total) => {
  const isLast = total === undefined ? rows < size : (page - 1) * size + rows >= total;
  const last = total === undefined ? null : Math.max(1, Math.ceil(total / size));
  const to = (number, text, id, isOn) =>
    isOn
      ? h('a', { href: changed(route, { page: number === 1 ? null : number }), id }, text)
      : h('span', { class: 'off', 'aria-disabled': 'true' }, text);
  return page === 1 && isLast
    ? null
    : h(
        'nav',
        { class: 'pages', 'aria-label': 'Pages' },
        to(1, 'First', 'page-first', page > 1),
        to(page - 1, '← Previous', 'page-previous', page > 1),
        h('span', { 'aria-current': 'page' }, last === null ? `Page ${page}` : `Page ${page} of ${last}`),
        to(page + 1, 'Next →', 'page-next', !isLast),
        last !== null && to(last, 'Last', 'page-last', page !== last),
      );
};

export const pageOf = route => Math.max(1, Math.trunc(Number(route.query.get('page'))) || 1);

export const experimentLink = (id, name) => a(link(['experiments', id]), name);
export const runLink = (id, name) => a(link(['runs', id]), name || id.slice(0, 8));
export const versionLink = (name, version, text = `version ${version}`) => a(link(['models', name, 'versions', String(version)]), text);

/** A choice of columns or axes: a list that can be searched, since there may be hundreds. */
export const chooser = ({ id, title, names, chosen, onchange, reset }) => {
  const items = names.map(name =>
    h(
      'label',
      { class: 'choice', for: `${id}-${name}` },
      h('input', {
        type: 'checkbox',
        id: `${id}-${name}`,
        checked: chosen.includes(name),
        onchange: event => onchange(event.target.checked ? [...chosen, name] : chosen.filter(one => one !== name)),
      }),
      ' ',
      name,
    ),
  );
  const narrow = event => {
    const text = event.target.value.toLowerCase();
    items.forEach((item, i) => {
      item.hidden = !names[i].toLowerCase().includes(text);
    });
  };
  return h(
    'details',
    { id, class: 'chooser' },
    h('summary', null, title, h('span', { class: 'soft' }, ` ${chosen.length} of ${names.length}`)),
    h(
      'div',
      { class: 'choices' },
      names.length > 12 &&
        h('input', { type: 'search', id: `${id}-find`, 'aria-label': `${title}: show only`, placeholder: 'Show only…', oninput: narrow }),
      reset && h('button', { type: 'button', id: `${id}-reset`, onclick: reset }, 'Choose for me'),
      items,
    ),
  );
};

/** A place whose content comes later; it holds one line's room so that nothing jumps. */
export const later = (signal, load, shown = '…') => {
  const place = h('span', { class: 'later' }, shown);
  return {
    place,
    start: async () => {
      try {
        const content = await load();
        if (!signal.aborted) {
          place.replaceChildren(content);
        }
      } catch (problem) {
        if (problem.name !== 'AbortError') {
          place.replaceChildren(h('span', { title: problem.message }, '?'));
        }
      }
    },
  };
};
