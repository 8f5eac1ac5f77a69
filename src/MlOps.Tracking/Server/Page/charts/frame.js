// What every chart shares: the width of its place, axes, the line of text below that follows pointer and arrow keys.
import { h, svg } from '../lib/dom.js';
import { thinMarks } from './scale.js';

export const margin = { top: 14, right: 16, bottom: 44, left: 64 };

/** How wide a chart may be drawn now. */
export const room = () => {
  const content = document.getElementById('content');
  const style = getComputedStyle(content);
  return Math.max(260, Math.min(1100, content.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)));
};

/** Axis, grid and labels of a plot. */
export const axes = ({ width, height, x, y, xLabel, yLabel }) => {
  const right = width - margin.right;
  const bottom = height - margin.bottom;
  return svg(
    'g',
    { class: 'axes', 'aria-hidden': 'true' },
    y.marks.map(mark => [
      svg('path', { class: 'grid', d: `M${margin.left} ${mark.at}H${right}` }),
      svg('text', { x: margin.left - 8, y: mark.at, dy: '.32em', 'text-anchor': 'end' }, mark.text),
    ]),
    thinMarks(x.marks, 46).map(mark => [
      svg('path', { class: 'tick', d: `M${mark.at} ${bottom}v5` }),
      svg('text', { x: mark.at, y: bottom + 18, 'text-anchor': 'middle' }, clip(mark.text, 14)),
    ]),
    svg('path', { class: 'axis', d: `M${margin.left} ${margin.top}V${bottom}H${right}` }),
    svg('text', { class: 'label', x: (margin.left + right) / 2, y: height - 6, 'text-anchor': 'middle' }, clip(xLabel, 60)),
    svg(
      'text',
      { class: 'label', transform: `translate(14 ${(margin.top + bottom) / 2}) rotate(-90)`, 'text-anchor': 'middle' },
      clip(yLabel, 34),
    ),
  );
};

export const clip = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** A chart with its title, its readout and what is told to those who do not see it. */
export const figure = ({ id, title, note, drawing, legend, hint, table }) => {
  const readout = h('p', { class: 'readout', 'aria-live': 'polite' }, hint);
  return {
    readout: text => {
      readout.textContent = text || hint;
    },
    element: h(
      'figure',
      { class: 'chart-box', id },
      h('figcaption', null, h('strong', null, title), note && h('span', { class: 'soft' }, ` ${note}`)),
      legend,
      drawing,
      hint && readout,
      table && h('details', { id: `${id}-table` }, h('summary', null, 'The same as a table'), table),
    ),
  };
};

/** The outer SVG: an image with a text, reachable by keyboard; arrows step, Escape lets go. */
export const canvas = ({ width, height, text, step, move, leave }, ...content) => {
  const element = svg(
    'svg',
    { class: 'chart', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': text, tabindex: step ? '0' : null },
    content,
  );
  if (step) {
    element.addEventListener('keydown', event => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (by) {
        event.preventDefault();
        step(by);
      } else if (event.key === 'Escape') {
        leave();
      }
    });
    element.addEventListener('blur', leave);
  }

  if (move) {
    element.addEventListener('pointermove', event => {
      const box = element.getBoundingClientRect();
      move(((event.clientX - box.left) * width) / box.width, ((event.clientY - box.top) * height) / box.height);
    });
    element.addEventListener('pointerleave', leave);
  }

  return element;
};
