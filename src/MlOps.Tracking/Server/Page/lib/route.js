// The address after the #: a path and its settings. Everything that a reader chose is in it, so links and the back button hold.

/** Reads `#/experiments/0?filter=a` as { parts: ['experiments', '0'], query }. */
export const readRoute = (hash = location.hash) => {
  const text = hash.replace(/^#\/?/, '');
  const mark = text.indexOf('?');
  const path = mark < 0 ? text : text.slice(0, mark);
  const parts = path.split('/').filter(Boolean).map(decode);
  // `#/experiments/0/runs/ID` is what Python's mlflow prints at the end of a run.
  const isMlflows = parts.length >= 4 && parts[0] === 'experiments' && parts[2] === 'runs';
  return { parts: isMlflows ? parts.slice(2, 4) : parts, query: new URLSearchParams(mark < 0 ? '' : text.slice(mark + 1)) };
};

/** Writes an address; settings that are null or empty are left out. */
export const link = (parts, settings = {}) => {
  const query = settings instanceof URLSearchParams ? settings : new URLSearchParams();
  if (query !== settings) {
    for (const [name, value] of Object.entries(settings)) {
      for (const one of [value].flat()) {
        if (one !== null && one !== undefined && one !== '') {
          query.append(name, one);
        }
      }
    }
  }

  return `#/${parts.map(encodeURIComponent).join('/')}${query.size ? `?${query}` : ''}`;
};

/** The present address with some settings changed: null takes one away, a list repeats it. */
export const changed = (route, settings) => {
  const query = new URLSearchParams(route.query);
  for (const [name, value] of Object.entries(settings)) {
    query.delete(name);
    for (const one of [value].flat()) {
      if (one !== null && one !== undefined) {
        query.append(name, one);
      }
    }
  }

  return link(route.parts, query);
};

/** Goes to an address; `replace` leaves no step to go back to. */
export const go = (address, replace = false) => {
  if (replace) {
    history.replaceState(history.state, '', address);
    window.dispatchEvent(new Event('hashchange'));
  } else {
    location.hash = address.slice(1);
  }
};

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % typed by hand is only a name that is not found
  }
}
