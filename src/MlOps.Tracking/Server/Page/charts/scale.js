// Axes: from values to pixels, and where the ticks stand.
import { number } from '../lib/format.js';

/** The smallest and the greatest; null if there is nothing finite. */
export const extent = values => {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }

  return low <= high ? [low, high] : null;
};

const niceStep = raw => {
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map(n => n * power).find(step => step >= raw * (1 - 1e-9));
};

/** A linear axis over the values, with round ticks; one value alone gets room on both sides. */
export const linear = ([low, high], from, to, ticks = 5) => {
  if (low === high) {
    const room = low === 0 ? 1 : Math.abs(low) * 0.1;
    [low, high] = [low - room, high + room];
  }

  const step = niceStep((high - low) / ticks);
  const marks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    marks.push(Number((i * step).toPrecision(12)));
  }

  const place = value => from + ((value - low) / (high - low)) * (to - from);
  return {
    place,
    invert: pixel => low + ((pixel - from) / (to - from)) * (high - low),
    marks: marks.map(at => ({ at: place(at), text: number(at) })),
    low,
    high,
  };
};

/** A logarithmic axis over values above 0: ticks at powers of ten, and at 2 and 5 where there are few. */
export const logarithmic = ([low, high], from, to) => {
  if (low === high) {
    [low, high] = [low / 2, high * 2];
  }

  const [first, last] = [Math.log10(low), Math.log10(high)];
  const place = value => from + ((Math.log10(value) - first) / (last - first)) * (to - from);
  const skip = Math.max(1, Math.ceil((last - first) / 8));
  const marks = [];
  for (let power = Math.floor(first); power <= Math.ceil(last); power += skip) {
    for (const digit of last - first < 1.5 ? [1, 2, 5] : [1]) {
      const value = digit * 10 ** power;
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
        marks.push({ at: place(value), text: number(Number(value.toPrecision(6))) });
      }
    }
  }

  if (marks.length < 2) {
    marks.splice(0, marks.length, ...[low, high].map(value => ({ at: place(value), text: number(Number(value.toPrecision(3))) })));
  }

  return { place, invert: pixel => 10 ** (first + ((pixel - from) / (to - from)) * (last - first)), marks, low, high };
};

/** An axis of words: each in its own place, in the order in which they are given. */
export const words = (names, from, to) => {
  const gap = names.length > 1 ? (to - from) / (names.length - 1) : 0;
  const place = name => (names.length > 1 ? from + names.indexOf(name) * gap : (from + to) / 2);
  return { place, marks: names.map(name => ({ at: place(name), text: name })) };
};

/** Keeps the marks that stand at least so many pixels from the one before. */
export const thinMarks = (marks, pixels) => {
  let last = -Infinity;
  return marks.filter(({ at }) => {
    if (Math.abs(at - last) < pixels) {
      return false;
    }

    last = at;
    return true;
  });
};
