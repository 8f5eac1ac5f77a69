// How many runs a search finds, without loading them: a page of one run at growing distances, then halving between the last two.
import { pageToken, post } from './api.js';

const counted = new Map();

/** What was counted before, to show until it is counted again; undefined if nothing was. */
export const knownCount = search => counted.get(JSON.stringify(search));

/** Counts a search's runs in about 2·log₂(n) small requests, or in two if nothing changed since. */
export const countRuns = async (search, signal) => {
  const isThere = async offset =>
    ((await post('runs/search', { ...search, max_results: 1, page_token: pageToken(offset) }, signal)).runs ?? []).length > 0;
  const before = knownCount(search);
  if (before !== undefined && !(await isThere(before)) && (before === 0 || (await isThere(before - 1)))) {
    return before;
  }

  let low = 0; // every offset below it holds a run
  let step = 16;
  while (await isThere(low + step - 1)) {
    low += step;
    step *= 4;
  }

  let high = low + step - 1; // no run here
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await isThere(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }

  counted.set(JSON.stringify(search), low);
  return low;
};
