// The files of a run as a tree; folders are read when they are opened.
import { h } from '../lib/dom.js';
import { ApiError, get } from '../lib/api.js';
import { bytes } from '../lib/format.js';
import { changed } from '../lib/route.js';
import { preview } from './preview.js';

const listed = new Map();

/** The entries of a folder, folders first. What is kept is dropped when the reader leaves the run. */
const list = async (run, path, signal) => {
  const found = (await get('artifacts/list', { run_id: run, path }, signal)).files ?? [];
  const files = found.sort((x, y) => Number(y.is_dir ?? false) - Number(x.is_dir ?? false) || (x.path < y.path ? -1 : 1));
  listed.set(`${run}/${path}`, files);
  return files;
};

const nameOf = path => path.split('/').at(-1);

const tree = (route, run, files, signal) =>
  h(
    'ul',
    { class: 'tree' },
    files.map(file => {
      if (!file.is_dir) {
        const isShown = route.query.get('file') === file.path;
        return h(
          'li',
          null,
          h(
            'a',
            { href: changed(route, { file: file.path }), id: `file-${file.path}`, 'aria-current': isShown ? 'true' : null },
            nameOf(file.path),
          ),
          h('span', { class: 'soft' }, ` ${bytes(Number(file.file_size ?? 0))}`),
        );
      }

      const below = h('div', null, h('p', { class: 'soft' }, 'Loading…'));
      const known = listed.get(`${run}/${file.path}`);
      const isOnTheWay = (route.query.get('file') ?? '').startsWith(`${file.path}/`);
      const fill = async () => {
        try {
          const inside = listed.get(`${run}/${file.path}`) ?? (await list(run, file.path, signal));
          below.replaceChildren(inside.length > 0 ? tree(route, run, inside, signal) : h('p', { class: 'soft' }, 'Empty.'));
        } catch (problem) {
          if (problem.name !== 'AbortError') {
            below.replaceChildren(h('p', { class: 'error' }, problem.message));
          }
        }
      };
      if (known || isOnTheWay) {
        fill();
      }

      return h(
        'li',
        null,
        h(
          'details',
          { id: `folder-${file.path}`, open: isOnTheWay, ontoggle: event => event.target.open && fill() },
          h('summary', null, `${nameOf(file.path)}/`),
          below,
        ),
      );
    }),
  );

/** The whole section: the tree, and beside it the file that the address names. */
export const artifacts = async (route, run, signal) => {
  for (const key of listed.keys()) {
    if (!key.startsWith(`${run}/`)) {
      listed.delete(key);
    }
  }

  const files = await list(run, '', signal);
  if (files.length === 0) {
    return h('p', { class: 'empty' }, 'No files.');
  }

  const path = route.query.get('file');
  const shown = h('div', { class: 'preview', id: 'preview', 'aria-live': 'polite' });
  if (path) {
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    try {
      const file = (folder === '' ? files : await list(run, folder, signal)).find(entry => entry.path === path && !entry.is_dir);
      shown.append(
        ...(file ? await preview(run, file, signal) : [h('p', { class: 'error' }, `There is no file ${path}.`)])
          .flat(Infinity)
          .filter(Boolean),
      );
    } catch (problem) {
      if (!(problem instanceof ApiError)) {
        throw problem;
      }

      shown.append(h('p', { class: 'error', role: 'alert' }, problem.message));
    }
  }

  return h('div', { class: 'files' }, tree(route, run, files, signal), shown);
};
