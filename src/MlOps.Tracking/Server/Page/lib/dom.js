// Builds elements. What comes from the store is only ever set as text or as the value of a harmless attribute.
const svgName = 'http://www.w3.org/2000/svg';

const fill = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }

  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
};

/** An HTML element; attributes that are null or false are left out, `onclick: f` listens. */
export const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);

/** An SVG element. */
export const svg = (name, attributes, ...children) => fill(document.createElementNS(svgName, name), attributes, children);

/** A link out of the page: only where the text is a web address, else the text. */
export const outside = text =>
  /^https?:\/\//i.test(text) ? h('a', { href: text, rel: 'noopener noreferrer', target: '_blank' }, text) : text;

/**
 * Puts new content in the place of the old in one step and keeps what the reader had: focus, open folds, the scrolling of wide tables.
 * Elements are recognised by their id.
 */
export const redraw = (container, content) => {
  const focused = container.contains(document.activeElement) ? document.activeElement.id : '';
  const folds = new Map([...container.querySelectorAll('details[id]')].map(fold => [fold.id, fold.open]));
  const scrolled = new Map([...container.querySelectorAll('.scroll[id]')].map(box => [box.id, [box.scrollLeft, box.scrollTop]]));
  container.replaceChildren(...content.flat(Infinity).filter(Boolean));
  for (const [id, open] of folds) {
    const fold = document.getElementById(id);
    if (fold) {
      fold.open = open;
    }
  }

  for (const [id, [left, top]] of scrolled) {
    document.getElementById(id)?.scrollTo(left, top);
  }

  if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
};

/** Runs `act` when the element first comes near the window, or at once where it is already there. */
export const whenNear = (element, signal, act) => {
  const watch = new IntersectionObserver(
    entries => {
      if (entries.some(entry => entry.isIntersecting)) {
        watch.disconnect();
        act();
      }
    },
    { rootMargin: '400px' },
  );
  watch.observe(element);
  signal.addEventListener('abort', () => watch.disconnect(), { once: true });
};

/** Says something to readers who listen. */
export const announce = text => {
  document.getElementById('announce').textContent = text;
};
