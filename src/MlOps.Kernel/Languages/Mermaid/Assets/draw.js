// Draws one diagram: real text elements only, so that every viewer shows it, on a white card, so that it reads on dark pages.
// The same text gives the same bytes: what Mermaid takes from chance (the course of hand-drawn lines, names of commits) is fixed here.
const drawMermaid = async (text, id) => {
  const chance = Math.random;
  let state = 1;
  Math.random = () => (state = state * 16807 % 2147483647) / 2147483647;
  try {
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      suppressErrorRendering: true,
      deterministicIds: true,
      htmlLabels: false,
      flowchart: { htmlLabels: false },
      fontFamily: 'Arial, Helvetica, "Liberation Sans", sans-serif',
    });
    const { svg } = await mermaid.render(id, text);
    const picture = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
    const margin = 8;
    const [x, y, width, height] = picture.getAttribute('viewBox').trim().split(/[\s,]+/).map(Number);
    const size = [width + 2 * margin, height + 2 * margin].map(Math.ceil);
    picture.setAttribute('viewBox', [x - margin, y - margin, ...size].join(' '));
    picture.setAttribute('width', size[0]);
    picture.setAttribute('height', size[1]);
    picture.setAttribute('style', 'max-width: 100%; height: auto; background: #fff; border-radius: 4px;');
    return new XMLSerializer().serializeToString(picture);
  } finally {
    Math.random = chance;
  }
};
