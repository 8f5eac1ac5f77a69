// Entries of the promotion log, newest first, with what the gates saw.
import { h } from '../lib/dom.js';
import { brief, count, exactTime, many, whole } from '../lib/format.js';
import { table, versionLink } from './parts.js';

const most = 200;

const words = {
  AliasSet: entry => ['set ', h('b', null, entry.target), ' on ', to(entry), entry.previous ? ` (before: version ${entry.previous})` : ''],
  AliasRemoved: entry => ['removed ', h('b', null, entry.target), entry.previous ? ` from version ${entry.previous}` : ''],
  StageSet: entry => ['moved ', to(entry), ' to stage ', h('b', null, entry.target)],
  RolledBack: entry => [
    'rolled ',
    h('b', null, entry.target),
    ' back to ',
    to(entry),
    entry.previous ? ` (from version ${entry.previous})` : '',
  ],
  Approved: entry => ['approved ', to(entry)],
  Refused: entry => ['refused ', to(entry), entry.target ? [' as ', h('b', null, entry.target)] : '', '; nothing moved'],
  VersionDeleted: entry => ['deleted ', `version ${entry.version}`],
  ModelDeleted: () => ['deleted the model'],
  ModelRenamed: entry => ['renamed the model to ', h('b', null, brief(entry.target, 60))],
};
const signs = {
  AliasSet: '→',
  AliasRemoved: '–',
  StageSet: '→',
  RolledBack: '↺',
  Approved: '✓',
  Refused: '✗',
  VersionDeleted: '×',
  ModelDeleted: '×',
  ModelRenamed: '✎',
};

const to = entry => (entry.version === null || entry.version === undefined ? 'a version' : versionLink(entry.model, entry.version));

/** What gates saw: a table if it is a list of gates, else the text as it is. */
export const evidence = (text, id) => {
  if (!text) {
    return null;
  }

  let gates = null;
  let given = '';
  try {
    const told = JSON.parse(text);
    const list = Array.isArray(told) ? told : told?.gates;
    given = typeof told?.given === 'string' ? told.given : '';
    gates = Array.isArray(list) && list.every(gate => typeof gate?.passed === 'boolean') ? list : null;
  } catch {
    // Evidence is whatever was given; text that is not JSON is shown as text.
  }

  return gates === null
    ? whole(text, `${id}-text`)
    : h(
        'ul',
        { class: 'gates' },
        gates.map(gate =>
          h(
            'li',
            { class: gate.passed ? 'pass' : 'fail' },
            h('b', null, gate.passed ? '✓ passed ' : '✗ failed '),
            brief(String(gate.name ?? ''), 100),
            gate.message ? `: ${brief(String(gate.message), 300)}` : '',
          ),
        ),
        given && h('li', null, whole(given, `${id}-given`)),
      );
};

/** The list; `withModel` names the model of every entry. */
export const promotionList = (id, entries, withModel) => {
  const shown = entries.slice(-most).reverse();
  return [
    entries.length > shown.length && h('p', { class: 'soft' }, `The last ${most} of ${many(entries.length, 'entry', 'entries')}.`),
    table({
      id,
      caption: 'Promotion log',
      empty: 'Nothing was promoted yet.',
      columns: [
        h('th', { scope: 'col', class: 'number' }, 'No.'),
        'When',
        ...(withModel ? ['Model'] : []),
        'What',
        'Who',
        'Why and evidence',
      ],
      rows: shown.map(entry =>
        h(
          'tr',
          { class: entry.action === 'Refused' ? 'refused' : null },
          h('td', { class: 'number' }, count(Number(entry.number))),
          h('td', null, h('time', { datetime: new Date(Number(entry.time)).toISOString() }, exactTime(Number(entry.time)))),
          withModel && h('td', null, h('a', { href: `#/models/${encodeURIComponent(entry.model)}` }, brief(entry.model, 60))),
          h(
            'td',
            null,
            h('span', { 'aria-hidden': 'true' }, `${signs[entry.action] ?? '·'} `),
            words[entry.action]?.(entry) ?? brief(String(entry.action)),
          ),
          h('td', null, brief(entry.actor || '–', 60)),
          h(
            'td',
            null,
            entry.reason ? h('p', { class: 'reason' }, whole(entry.reason, `${id}-${entry.number}-reason`)) : '',
            evidence(entry.evidence, `${id}-${entry.number}`),
          ),
        ),
      ),
    }),
  ];
};

/** The result of the check of the chain: by sign and word. */
export const chainState = check =>
  h(
    'p',
    { class: `chain ${check.state}`, role: check.state === 'broken' ? 'alert' : 'status' },
    h('span', { 'aria-hidden': 'true' }, { whole: '✓ ', broken: '✗ ', unchecked: '? ' }[check.state]),
    check.text,
  );
