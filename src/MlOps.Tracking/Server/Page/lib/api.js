// Talks to the server. Addresses are relative, so the page also works below a proxy's prefix.
const key = 'mlops-track-token';
const mlflow = 'ajax-api/2.0/mlflow/';
let asking = null;

/** The server's refusal, in its own words. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** No answer at all. */
export class Unreachable extends Error {}

// A browser may refuse a page its storage; the token then lasts as long as the page.
let token = null;
const remembered = () => {
  try {
    return token ?? sessionStorage.getItem(key);
  } catch {
    return token;
  }
};
const remember = value => {
  token = value;
  try {
    sessionStorage.setItem(key, value);
  } catch {
    /* denied: see above */
  }
};

/** Asks for the token once, however many requests wait for it. */
const ask = refused =>
  (asking ??= new Promise(done => {
    const dialog = document.getElementById('token');
    const text = document.getElementById('token-text');
    if (refused) {
      document.getElementById('token-why').textContent = 'That token was not accepted. Try another.';
    }

    text.value = '';
    dialog.showModal();
    dialog.addEventListener(
      'close',
      () => {
        asking = null;
        if (text.value) {
          remember(text.value);
        }

        done(text.value !== '');
      },
      { once: true },
    );
  }));

/** Sends a request and returns the response if the server agreed. */
export const send = async (address, { body, signal } = {}) => {
  for (;;) {
    const used = remembered();
    const headers = {};
    if (used) {
      headers.Authorization = `Bearer ${used}`;
    }

    if (body) {
      headers['Content-Type'] = 'application/json';
    }

    let response;
    try {
      // Without credentials a browser does not put its own password window in front of the page.
      response = await fetch(address, {
        method: body ? 'POST' : 'GET',
        headers,
        body: body && JSON.stringify(body),
        signal,
        credentials: 'omit',
        cache: 'no-store',
      });
    } catch (problem) {
      if (problem.name === 'AbortError') {
        throw problem;
      }

      throw new Unreachable(problem.message);
    }

    if (response.status === 401 && (used !== remembered() || (await ask(used !== null)))) {
      continue;
    }

    if (response.ok) {
      return response;
    }

    if ([502, 503, 504].includes(response.status)) {
      throw new Unreachable(`The server answers with ${response.status}.`);
    }

    const told = await response.json().catch(() => ({}));
    throw new ApiError(response.status, told.error_code ?? '', told.message ?? `The server answered with ${response.status}.`);
  }
};

const query = values => {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(values ?? {})) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') {
        text.append(name, one);
      }
    }
  }

  return text.size ? `?${text}` : '';
};

const json = async (address, options) => {
  const response = await send(address, options);
  try {
    return await response.json();
  } catch (problem) {
    throw problem.name === 'AbortError' ? problem : new Unreachable('The answer was cut off.');
  }
};

export const get = (path, values, signal) => json(mlflow + path + query(values), { signal });
export const post = (path, body, signal) => json(mlflow + path, { body, signal });
export const promotions = async (name, signal) => (await json(`api/2.0/mlops/promotions${query({ name })}`, { signal })).entries ?? [];
export const artifactAddress = (run, path) => `get-artifact${query({ run_id: run, path })}`;
export const isTokenUsed = () => remembered() !== null;
export const alive = async () => (await fetch('health', { cache: 'no-store', credentials: 'omit' })).ok;

/** The server's page tokens are MLflow's: base64 of where to go on. So every page has an address, and the last one can be found. */
export const pageToken = offset => (offset > 0 ? btoa(`{"offset": ${offset}}`) : undefined);

/** Runs `act` over all items, a few at a time: a browser gives a server six connections. */
export const inTurn = async (items, act, atOnce = 4) => {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await act(items[at], at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
};

/** A string of the filter grammar; null if no quotes are left to put around it. */
export const quoted = text => (!text.includes("'") ? `'${text}'` : !text.includes('"') ? `"${text}"` : null);
