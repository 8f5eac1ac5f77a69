// The course's palette (MlOps.Charts, Palette.cs): colour, dash and marker say the same thing three ways.
// M. Okabe, K. Ito, "Color Universal Design", 2008. Vermilion is kept for alarms.
import { svg } from '../lib/dom.js';

const colours = ['#0072B2', '#E69F00', '#009E73', '#CC79A7', '#56B4E9', '#8C6D31'];
const dashes = ['', '14 5', '2 4', '8 4 2 4', '14 4 2 4', '8 5'];
const markers = [
  'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z',
  'M-3.6 -3.6H3.6V3.6H-3.6Z',
  'M0 -4.6L4.4 3.4H-4.4Z',
  'M-4 -2.6L-2.6 -4L0 -1.4L2.6 -4L4 -2.6L1.4 0L4 2.6L2.6 4L0 1.4L-2.6 4L-4 2.6L-1.4 0Z',
  'M0 4.6L4.4 -3.4H-4.4Z',
  'M-1.3 -4.4H1.3V-1.3H4.4V1.3H1.3V4.4H-1.3V1.3H-4.4V-1.3H-1.3Z',
];

/** How the i-th series looks. After six the colours come again with other dashes: 36 lines are told apart. */
export const styleOf = i => ({
  colour: colours[i % colours.length],
  dash: dashes[(i + Math.floor(i / colours.length)) % dashes.length],
  marker: markers[(i + Math.floor(i / colours.length)) % markers.length],
});

/** A piece of line with its marker, for legends and tables. */
export const key = i => {
  const style = styleOf(i);
  return svg(
    'svg',
    { class: 'key', viewBox: '0 0 34 12', width: '34', height: '12', 'aria-hidden': 'true' },
    svg('path', { d: 'M1 6H33', stroke: style.colour, 'stroke-width': '2', 'stroke-dasharray': style.dash, fill: 'none' }),
    svg('path', { d: style.marker, transform: 'translate(17 6)', fill: style.colour }),
  );
};

// Low to high. On white from light to dark, on black the other way, and never so faint that a line is lost.
const onWhite = [
  [0, '#7FB3D8'],
  [0.5, '#2F82BA'],
  [1, '#08406F'],
];
const onBlack = [
  [0, '#2F6C9C'],
  [0.5, '#6FB0DC'],
  [1, '#DDEBF5'],
];

const channel = (colour, i) => parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16);

/** The colour at a share from 0 to 1 of the scale. */
export const shade = share => {
  const scale = matchMedia('(prefers-color-scheme: dark)').matches ? onBlack : onWhite;
  const at = Math.min(1, Math.max(0, share));
  const upper = Math.max(
    1,
    scale.findIndex(([stop]) => stop >= at),
  );
  const [[from, low], [to, high]] = [scale[upper - 1], scale[upper]];
  const part = (at - from) / (to - from);
  return `rgb(${[0, 1, 2].map(i => Math.round(channel(low, i) + part * (channel(high, i) - channel(low, i)))).join(' ')})`;
};
