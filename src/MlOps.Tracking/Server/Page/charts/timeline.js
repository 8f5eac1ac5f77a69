// Which version had which alias when: a lane an alias, a bar a period.
import { h, svg } from '../lib/dom.js';
import { exactTime, many } from '../lib/format.js';
import { clip, figure, room } from './frame.js';
import { styleOf } from './palette.js';
import { thinMarks } from './scale.js';

const lane = 30;
const left = 110;
const day = 86_400_000;

/** Whole days, months or years, whichever gives about as many ticks as there is room for. */
const ticks = (from, to, place, most) => {
  const days = Math.max(1, Math.ceil((to - from) / day / most));
  const marks = [];
  if (to - from < 2 * day) {
    const hours = Math.max(1, Math.ceil((to - from) / 3_600_000 / most));
    for (let at = Math.ceil(from / (hours * 3_600_000)) * hours * 3_600_000; at <= to; at += hours * 3_600_000) {
      marks.push({ at: place(at), text: exactTime(at).slice(11, 16) });
    }
  } else {
    for (let at = Math.ceil(from / day) * day; at <= to; at += days * day) {
      marks.push({ at: place(at), text: exactTime(at).slice(0, 10) });
    }
  }

  return thinMarks(marks, 80);
};

/** Draws periods [{ alias, version, from, until or null }]; `day` is a time to mark, or null. */
export const timeline = ({ id, periods, on, now = Date.now() }) => {
  const aliases = [...new Set(periods.map(period => period.alias))].sort();
  if (aliases.length === 0) {
    return h('p', { class: 'empty' }, 'No alias was ever set.');
  }

  const width = room();
  const height = 16 + aliases.length * lane + 30;
  const from = Math.min(...periods.map(period => period.from));
  const span = Math.max(60_000, now - from);
  const place = time => left + ((time - from) / span) * (width - left - 12);
  const bottom = 10 + aliases.length * lane;
  const tell = period =>
    `${period.alias}: version ${period.version} from ${exactTime(period.from)} ${period.until === null ? 'until now' : `to ${exactTime(period.until)}`}`;
  const drawing = svg(
    'svg',
    {
      class: 'chart timeline',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'img',
      'aria-label': `Aliases over time. ${periods.slice(-30).map(tell).join('; ')}.`,
    },
    svg(
      'g',
      { class: 'axes', 'aria-hidden': 'true' },
      ticks(from, now, place, Math.floor((width - left) / 100)).map(mark => [
        svg('path', { class: 'grid', d: `M${mark.at} 6V${bottom}` }),
        svg('text', { x: mark.at, y: bottom + 18, 'text-anchor': 'middle' }, mark.text),
      ]),
      aliases.map((alias, i) =>
        svg(
          'text',
          { class: 'label', x: left - 10, y: 10 + i * lane + lane / 2, dy: '.32em', 'text-anchor': 'end' },
          svg('title', null, alias),
          clip(alias, 14),
        ),
      ),
    ),
    periods.map(period => {
      const x = place(period.from);
      const length = Math.max(2, place(period.until ?? now) - x);
      const y = 10 + aliases.indexOf(period.alias) * lane + 4;
      return svg(
        'g',
        { class: 'period' },
        svg('title', null, tell(period)),
        svg('rect', { x, y, width: length, height: lane - 8, rx: 3, fill: styleOf(period.version - 1).colour }),
        length > 24 && svg('text', { x: x + 6, y: y + (lane - 8) / 2, dy: '.34em' }, `v${period.version}`),
      );
    }),
    on !== null && on >= from && on <= now && svg('path', { class: 'cursor', d: `M${place(on)} 4V${bottom + 4}` }),
  );
  return figure({
    id,
    title: 'What was in use',
    note: `${many(periods.length, 'period')} of ${many(aliases.length, 'alias', 'aliases')}.`,
    drawing,
    hint: '',
  }).element;
};
