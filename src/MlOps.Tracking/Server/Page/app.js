// Shows the view that the address names, keeps it fresh while runs are running, and says when the server is gone.
import { announce, h, redraw } from './lib/dom.js';
import { alive, ApiError, Unreachable } from './lib/api.js';
import { changed, go, link, readRoute } from './lib/route.js';
import { showExperiments } from './views/experiments.js';
import { showRuns } from './views/runs.js';
import { showRun } from './views/run.js';
import { showComparison } from './views/compare.js';
import { showModels } from './views/models.js';
import { showModel } from './views/model.js';
import { showVersion } from './views/version.js';
import { showPromotions } from './views/promotions.js';
import { showSearch } from './views/search.js';

const freshEvery = 5000;
const retryEvery = 3000;
const main = document.getElementById('content');
const offline = document.getElementById('offline');
let leaving = new AbortController();
let scrolling;
let shown = { path: null, stamp: null };

const viewOf = ({ parts }) =>
  parts.length === 0
    ? showExperiments
    : parts[0] === 'experiments' && parts.length === 2
      ? showRuns
      : parts[0] === 'runs' && parts.length === 2
        ? showRun
        : parts[0] === 'compare'
          ? showComparison
          : parts[0] === 'models' && parts.length === 1
            ? showModels
            : parts[0] === 'models' && parts.length === 2
              ? showModel
              : parts[0] === 'models' && parts.length === 4 && parts[2] === 'versions'
                ? showVersion
                : parts[0] === 'promotions'
                  ? showPromotions
                  : parts[0] === 'search'
                    ? showSearch
                    : null;

const notice = (title, text, again) => [
  h('h1', { tabindex: '-1' }, title),
  h('p', { class: 'notice', role: 'alert' }, text),
  h(
    'p',
    null,
    again && h('button', { type: 'button', id: 'again', onclick: () => show() }, 'Try again'),
    ' ',
    h('a', { href: '#/' }, 'All experiments'),
  ),
];

const problemPage = problem =>
  problem instanceof ApiError
    ? notice(
        problem.status === 404 ? 'Not found' : problem.status === 401 ? 'A token is needed' : 'The server refused',
        problem.message,
        problem.status !== 404,
      )
    : notice('The page has a fault', String(problem?.message ?? problem), true);

/** Waits until the server answers; what is on the screen stays there. */
const wait = async signal => {
  offline.hidden = false;
  for (let tries = 1; !signal.aborted; tries++) {
    offline.textContent = `The server does not answer. Trying again every ${retryEvery / 1000} seconds (${tries}).`;
    if (shown.path === null) {
      redraw(main, [
        h('h1', null, 'The server does not answer'),
        h('p', null, 'Is ', h('code', null, './mlops track server'), ' still running? The page goes on by itself when it is back.'),
      ]);
      main.removeAttribute('aria-busy');
    }

    await new Promise(done => setTimeout(done, retryEvery));
    if (!signal.aborted && (await alive().catch(() => false))) {
      offline.hidden = true;
      return;
    }
  }
};

const isReading = () => {
  const field = document.activeElement;
  return (
    document.hidden ||
    getSelection()?.toString() !== '' ||
    (main.contains(field) && ['INPUT', 'SELECT', 'TEXTAREA'].includes(field.tagName) && field.type !== 'checkbox')
  );
};

/** Loads a view and puts it in the place of the one before; a quiet one only if something changed. */
const draw = async (route, signal, quiet) => {
  const view = viewOf(route);
  if (!view) {
    redraw(main, notice('Not found', 'There is no such page.', false));
    return null;
  }

  const result = await view(route, signal);
  if (signal.aborted) {
    return null;
  }

  const stamp = result.stamp ?? null;
  if (!quiet || stamp === null || stamp !== shown.stamp) {
    redraw(main, result.content);
    result.after?.(signal);
  }

  shown.stamp = stamp;
  document.title = `${result.title} · Tracking`;
  return result;
};

const keepFresh = async (route, signal) => {
  while (!signal.aborted) {
    await new Promise(done => setTimeout(done, freshEvery));
    if (signal.aborted || isReading()) {
      continue;
    }

    try {
      const result = await draw(route, signal, true);
      if (!result?.live) {
        return;
      }
    } catch (problem) {
      if (problem instanceof Unreachable) {
        await wait(signal);
      } else if (problem.name !== 'AbortError') {
        return; // what is shown stays; the reader sees the refusal when asking for something
      }
    }
  }
};

async function show() {
  clearTimeout(scrolling);
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const route = readRoute();
  const path = route.parts.join('/');
  const isNew = path !== shown.path;
  for (const item of document.querySelectorAll('header nav a')) {
    const part = ['experiments', 'runs', 'compare'].includes(route.parts[0] ?? 'experiments') ? 'experiments' : route.parts[0];
    item.toggleAttribute('aria-current', false);
    if (item.dataset.part === part) {
      item.setAttribute('aria-current', 'page');
    }
  }

  offline.hidden = true;
  main.setAttribute('aria-busy', 'true');
  while (!signal.aborted) {
    try {
      const result = await draw(route, signal, false);
      if (signal.aborted) {
        return;
      }

      settle(path, isNew);
      if (result?.live) {
        keepFresh(route, signal);
      }

      return;
    } catch (problem) {
      if (problem.name === 'AbortError') {
        return;
      }

      if (problem instanceof Unreachable) {
        await wait(signal);
        continue;
      }

      if (!(problem instanceof ApiError)) {
        console.error(problem);
      }

      redraw(main, problemPage(problem));
      settle(path, isNew);
      return;
    }
  }
}

/** A new page starts at its top and at its heading; one that was seen before, where it was left. */
function settle(path, isNew) {
  main.removeAttribute('aria-busy');
  if (isNew) {
    const isFirst = shown.path === null;
    window.scrollTo(0, history.state?.scroll ?? 0);
    if (!isFirst) {
      main.querySelector('h1')?.focus({ preventScroll: true });
    }

    announce(document.title);
  }

  shown.path = path;
}

history.scrollRestoration = 'manual';
addEventListener(
  'scroll',
  () => {
    clearTimeout(scrolling);
    scrolling = setTimeout(() => history.replaceState({ scroll: scrollY }, ''), 100);
  },
  { passive: true },
);
addEventListener('hashchange', show);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
let width = innerWidth;
let resizing;
addEventListener('resize', () => {
  if (innerWidth !== width && main.querySelector('svg.chart')) {
    clearTimeout(resizing);
    resizing = setTimeout(show, 250);
  }

  width = innerWidth;
});
document.getElementById('skip').addEventListener('click', event => {
  event.preventDefault(); // the address is the view's
  main.focus();
});
document.getElementById('find').addEventListener('submit', event => {
  event.preventDefault();
  const text = document.getElementById('find-text').value.trim();
  if (text) {
    const address = link(['search'], { q: text });
    address === location.hash ? go(changed(readRoute(), {}), true) : go(address);
  }
});
show();
