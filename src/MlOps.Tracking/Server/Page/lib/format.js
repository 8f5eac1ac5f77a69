// How numbers, times and long texts are written. Times are UTC everywhere.
import { h } from './dom.js';

/** A metric's value as a number: NaN and the infinities travel as text. */
export const toNumber = value =>
  typeof value === 'number'
    ? value
    : value === 'Infinity'
      ? Infinity
      : value === '-Infinity'
        ? -Infinity
        : value === undefined || value === null || value === ''
          ? NaN
          : Number(value);

/** Up to six digits; what is very large or small in powers of ten. */
export const number = value => {
  if (Number.isNaN(value)) {
    return 'NaN';
  }

  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '−∞';
  }

  const size = Math.abs(value);
  const text =
    size !== 0 && (size >= 1e9 || size < 1e-4)
      ? value
          .toExponential(4)
          .replace(/\.?0+e/, 'e')
          .replace('e+', 'e')
      : Number.isInteger(value)
        ? value.toLocaleString('en-US')
        : String(Number(value.toPrecision(6)));
  return text.replace('-', '−').replace('e-', 'e−');
};

export const count = value => value.toLocaleString('en-US');

/** "3 runs", "1 run". */
export const many = (n, one, several = one + 's') => `${count(n)} ${n === 1 ? one : several}`;

const iso = ms => {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

/** 2026-05-03 14:05:09 */
export const exactTime = ms => iso(ms)?.replace('T', ' ').slice(0, 19) ?? '';

const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export const agoText = (ms, now = Date.now()) => {
  const seconds = (now - ms) / 1000;
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return unit === 'second' && seconds < 10 && seconds > -10 ? 'just now' : relative.format(-Math.trunc(seconds / size), unit);
};

/** "3 hours ago", the exact time below the pointer and for machines. */
export const ago = ms =>
  ms === undefined || ms === null ? '–' : h('time', { datetime: iso(ms), title: `${exactTime(ms)} UTC` }, agoText(ms));

/** The exact time, then how long ago. */
export const when = ms =>
  ms === undefined || ms === null
    ? '–'
    : h('time', { datetime: iso(ms) }, `${exactTime(ms)} `, h('span', { class: 'soft' }, `(${agoText(ms)})`));

export const duration = ms => {
  if (!Number.isFinite(ms) || ms < 0) {
    return '–';
  }

  const seconds = ms / 1000;
  return seconds < 1
    ? `${Math.round(ms)} ms`
    : seconds < 60
      ? `${seconds.toFixed(1)} s`
      : seconds < 3600
        ? `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
        : seconds < 172_800
          ? `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
          : `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
};

export const bytes = size => {
  const power = size < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(size) / 3));
  return power === 0 ? `${size} B` : `${(size / 1000 ** power).toFixed(1)} ${['', 'kB', 'MB', 'GB', 'TB'][power]}`;
};

const lines = text => {
  let n = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    n++;
  }

  return n;
};

/** One line of a value for a cell of a table: never more than 120 characters, and it says what is left out. */
export const brief = (text, most = 120) => {
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  const cut = first.length > most ? `${first.slice(0, most)}…` : first;
  return end < 0 ? cut : `${cut} … (${count(lines(text))} lines)`;
};

/** A whole value: short ones as they are, long ones folded into a box that scrolls. */
export const whole = (text, id) =>
  text.length <= 200 && !text.includes('\n')
    ? h('span', { class: 'value' }, text)
    : h('details', { id, class: 'long' }, h('summary', null, brief(text)), h('pre', { tabindex: '0' }, text));

const signs = { FINISHED: '✓', FAILED: '✗', KILLED: '■', RUNNING: '▶', SCHEDULED: '◷' };

/** Status by sign, word and colour. */
export const status = text =>
  h(
    'span',
    {
      class: `status ${String(text ?? '')
        .toLowerCase()
        .replace(/[^a-z]/g, '')}`,
    },
    h('span', { 'aria-hidden': 'true' }, signs[text] ?? '?'),
    ' ',
    (text ?? 'unknown').toLowerCase(),
  );

export const lasted = info => (info.end_time ?? (info.status === 'RUNNING' ? Date.now() : NaN)) - info.start_time;

export const tagOf = (item, key) => item?.find(tag => tag.key === key)?.value;
