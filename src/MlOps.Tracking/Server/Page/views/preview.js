// Shows a file of a run without ever running it: text as text, tables as tables, pictures as pictures.
import { h } from '../lib/dom.js';
import { artifactAddress, isTokenUsed, send } from '../lib/api.js';
import { readCsv } from '../lib/csv.js';
import { bytes, count } from '../lib/format.js';
import { table } from './parts.js';

const mostText = 500_000;
const mostPicture = 30_000_000;
const mostRows = 200;
const pictures = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
};

const extensionOf = path => /\.([^./]+)$/.exec(path)?.[1].toLowerCase() ?? '';

// While a run is running its page is drawn again and again: the file that is shown is read once.
let kept = null;

const readStart = async (address, size, most, signal) => {
  if (kept?.address !== address || kept.size !== size || kept.signal !== signal) {
    kept = { address, size, signal, start: await fetchStart(address, size, most, signal) };
  }

  return kept.start;
};

/** Reads the file, or of a larger one so much and no more. */
const fetchStart = async (address, size, most, signal) => {
  const response = await send(address, { signal });
  if (size <= most) {
    return { content: new Uint8Array(await response.arrayBuffer()), isCut: false };
  }

  const reader = response.body.getReader();
  const content = new Uint8Array(most);
  let at = 0;
  while (at < most) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }

    content.set(value.subarray(0, most - at), at);
    at += value.length;
  }

  await reader.cancel();
  return { content: content.subarray(0, Math.min(at, most)), isCut: at >= most };
};

const save = async (address, name) => {
  const place = URL.createObjectURL(await (await send(address)).blob());
  h('a', { href: place, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(place), 60_000);
};

/** A link to the file itself; with a token a link cannot carry it, so the page fetches and saves. */
const download = (run, path) => {
  const name = path.split('/').at(-1);
  const address = artifactAddress(run, path);
  return isTokenUsed()
    ? h('button', { type: 'button', id: 'download', onclick: () => save(address, name) }, 'Download')
    : h('a', { class: 'button', id: 'download', href: address, download: name }, 'Download');
};

const csv = (text, extension, isCut) => {
  const rows = readCsv(text, extension === 'tsv' ? '\t' : ',', mostRows + 2);
  const isMore = isCut || rows.length > mostRows + 1;
  const [names, ...body] = rows;
  return [
    table({
      id: 'preview-table',
      caption: 'Start of the table',
      columns: names ?? [],
      rows: body.slice(0, mostRows).map(row =>
        h(
          'tr',
          null,
          row.map(cell => h('td', null, h('span', { class: 'cut' }, cell.slice(0, 500)))),
        ),
      ),
      empty: 'The file has no rows.',
    }),
    isMore && h('p', { class: 'soft' }, `The first ${count(Math.min(mostRows, body.length))} rows. Download the file for the rest.`),
  ];
};

const json = text => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // not JSON after all, or cut off: shown as it is
  }
};

/** The preview of one file. */
export const preview = async (run, file, signal) => {
  const extension = extensionOf(file.path);
  const size = Number(file.file_size ?? 0);
  const head = h(
    'div',
    { class: 'preview-head' },
    h('h3', null, file.path),
    h('span', { class: 'soft' }, bytes(size)),
    download(run, file.path),
  );
  const address = artifactAddress(run, file.path);
  if (pictures[extension]) {
    if (size > mostPicture) {
      return [head, h('p', { class: 'empty' }, 'Too large to show here.')];
    }

    // A picture element never runs what is in an SVG, nor loads what it points at.
    const { content } = await readStart(address, size, mostPicture, signal);
    const place = URL.createObjectURL(new Blob([content], { type: pictures[extension] }));
    signal.addEventListener('abort', () => URL.revokeObjectURL(place), { once: true });
    return [head, h('img', { class: 'preview-picture', src: place, alt: `Picture ${file.path}` })];
  }

  const { content, isCut } = await readStart(address, size, mostText, signal);
  if (content.subarray(0, 4096).includes(0)) {
    return [head, h('p', { class: 'empty' }, 'Not text: there is no preview.')];
  }

  const text = new TextDecoder().decode(content);
  const cut = isCut && h('p', { class: 'soft' }, `The first ${bytes(mostText)}. Download the file for the rest.`);
  if (extension === 'csv' || extension === 'tsv') {
    return [head, csv(text, extension, isCut)];
  }

  if (extension === 'html' || extension === 'htm') {
    return [
      head,
      h('p', { class: 'soft' }, 'Shown without its scripts and styles, apart from this page. Download it to see it as it was made.'),
      h('iframe', { sandbox: '', srcdoc: text, class: 'preview-page', title: `Page ${file.path}`, referrerpolicy: 'no-referrer' }),
      cut,
    ];
  }

  return [
    head,
    h(
      'pre',
      { class: 'preview-text', tabindex: '0', id: 'preview-text' },
      ['json', 'ipynb'].includes(extension) ? json(text) : text || '(empty)',
    ),
    cut,
  ];
};
