// The points of metrics' curves.
import { get } from './api.js';
import { toNumber } from './format.js';

const atOnce = 20_000;

/** A page draws no more points of one curve than this; it says so where there are more. */
export const mostPoints = 200_000;

/** All points of a metric as { value, step, timestamp }, in order of step, then time. */
export const historyOf = async (run, metric, signal, most = mostPoints) => {
  const points = [];
  let token;
  do {
    const page = await get(
      'metrics/get-history',
      { run_id: run, metric_key: metric, max_results: Math.min(atOnce, most), page_token: token },
      signal,
    );
    for (const point of page.metrics ?? []) {
      points.push({ value: toNumber(point.value), step: Number(point.step ?? 0), timestamp: Number(point.timestamp) });
    }

    token = page.next_page_token;
  } while (token && points.length < most);
  points.sort((p, q) => p.step - q.step || p.timestamp - q.timestamp);
  return { points, isCut: Boolean(token) };
};
