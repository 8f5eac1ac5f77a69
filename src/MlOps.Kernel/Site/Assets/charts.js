// Puts an interactive chart in the place of its picture when the reader comes near it. Until then, and where that fails, the picture stays.
(() => {
  const base = document.currentScript.src.replace(/[^/]*$/, '');
  const narrow = matchMedia('(max-width: 40rem)');
  const charts = [...document.querySelectorAll('.chart-box')];
  const drawn = new Map();

  let library;
  const plotly = () => library ??= new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = base + 'plotly.min.js';
    script.onload = () => done(window.Plotly);
    script.onerror = () => fail(new Error(`${script.src} cannot be loaded`));
    document.head.append(script);
  });

  // ---- colours -------------------------------------------------------------------------------------------------

  const parse = colour => {
    const hex = /^#([0-9a-f]{3,8})$/i.exec(colour.trim());
    if (hex) {
      const digits = hex[1].length < 5 ? [...hex[1]].map(d => d + d).join('') : hex[1];
      const [r, g, b, a = 255] = digits.match(/../g).map(d => parseInt(d, 16));
      return { r, g, b, a: a / 255 };
    }

    const rgb = /^rgba?\(([^)]*)\)$/i.exec(colour.trim());
    if (rgb) {
      const [r, g, b, a = 1] = rgb[1].split(/[\s,/]+/).filter(Boolean).map(Number);
      return { r, g, b, a };
    }

    return { black: { r: 0, g: 0, b: 0, a: 1 }, white: { r: 255, g: 255, b: 255, a: 1 } }[colour.trim().toLowerCase()] ?? null;
  };

  const luminance = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };

  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };

  const isNeutral = ({ r, g, b }) => Math.max(r, g, b) - Math.min(r, g, b) < 24;
  const isPaper = c => isNeutral(c) && c.a > 0.5 && luminance(c) > 0.82;
  const text = ({ r, g, b, a }) => a < 1 ? `rgba(${r}, ${g}, ${b}, ${a})` : `rgb(${r}, ${g}, ${b})`;

  const theme = () => {
    const probe = document.createElement('span');
    document.body.append(probe);
    const read = name => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const found = { text: read('--text'), muted: read('--muted'), line: read('--line'), grid: read('--grid'), paper: read('--surface'), font: getComputedStyle(document.body).fontFamily };
    probe.remove();
    return found;
  };

  // Figures are made for white paper. On dark paper a colour that would sink into it is lightened until it is told apart (3 : 1),
  // its hue kept: blue still means current, vermilion still means alarm. Faint fills (bands) stay as they are.
  const adapted = (colour, path, colours) => {
    const c = parse(colour);
    const paper = parse(colours.paper);
    if (!c || c.a < 0.5) {
      return colour;
    }

    const isGround = /bgcolor$|fill\.color$|line\.color$/.test(path);
    if (isPaper(c)) {
      return isGround ? colours.paper : colour;
    }

    const isText = /font\.color$/.test(path);
    const needed = isText ? 4.5 : 3;
    const lighter = { ...c };
    for (let step = 0; step < 20 && contrast(lighter, paper) < needed; step++) {
      for (const part of ['r', 'g', 'b']) {
        lighter[part] = Math.round(lighter[part] + (255 - lighter[part]) * 0.12);
      }
    }

    return text(lighter);
  };

  const recolour = (node, path, colours) => {
    for (const [key, value] of Object.entries(node)) {
      const here = `${path}.${key}`;
      if (key === 'colorscale' || key === 'colorway') {
        continue;
      }

      if (/color$/.test(path) || /color$/.test(key)) {
        if (typeof value === 'string') {
          node[key] = adapted(value, /color$/.test(key) ? here : path, colours);
          continue;
        }
      }

      if (value && typeof value === 'object') {
        recolour(value, here, colours);
      }
    }
  };

  // ---- figures -------------------------------------------------------------------------------------------------

  const themed = box => {
    const figure = structuredClone(box.figure);
    const layout = figure.layout ??= {};
    const colours = theme();
    const isDark = luminance(parse(colours.paper)) < 0.2;
    if (isDark) {
      recolour(figure.data ?? [], 'data', colours);
      recolour(layout, 'layout', colours);
      for (const trace of figure.data ?? []) {
        if (trace.type === 'table') {
          for (const part of ['header', 'cells']) {
            trace[part] = { fill: { color: colours.paper }, line: { color: colours.grid }, font: { color: colours.text }, ...trace[part] };
          }
        }
      }
    }

    // The title stands above the chart as text that wraps; the room it had goes to the chart.
    if (box.caption) {
      const lines = part => typeof part?.text === 'string' && part.text ? part.text.split(/<br ?\/?>/).length : 0;
      const title = typeof layout.title === 'string' ? { text: layout.title } : layout.title;
      const room = 26 + 1.3 * (title.font?.size ?? 17) * lines(title) + 1.35 * (title.subtitle?.font?.size ?? 13) * lines(title.subtitle);
      layout.margin = { ...layout.margin, t: Math.max(14, (layout.margin?.t ?? 100) - room + 8) };
      delete layout.title;
    }

    Object.assign(layout, { autosize: true, paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)', uirevision: 'kept', modebar: { bgcolor: 'rgba(0,0,0,0)', color: colours.muted, activecolor: colours.text }, hoverlabel: { ...layout.hoverlabel } });
    delete layout.width;
    delete layout.height;
    layout.font = { ...layout.font, family: colours.font, color: colours.text, size: narrow.matches ? 11 : 13 };
    const axisNames = new Set(Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key)));
    for (const trace of figure.data ?? []) {
      for (const side of ['x', 'y']) {
        if (side in trace || trace[side + 'axis']) {
          axisNames.add(`${side}axis${(trace[side + 'axis'] ?? side).slice(1)}`);
        }
      }
    }

    for (const name of axisNames) {
      const axis = layout[name] ??= {};
      Object.assign(axis, { gridcolor: colours.grid, linecolor: colours.line, zerolinecolor: colours.line, automargin: true });
      axis.tickfont = { ...axis.tickfont, color: colours.muted };
    }

    if (narrow.matches) {
      const { l = 48, r = 16, t = 24, b = 44 } = layout.margin ?? {};
      layout.margin = { l: Math.min(l, 48), r: Math.min(r, 72), t, b };
      if (layout.showlegend !== false && layout.legend?.orientation !== 'h') {
        layout.legend = { ...layout.legend, orientation: 'h', x: 0, xanchor: 'left', y: -0.22, yanchor: 'top', yref: 'paper' };
      }
    }

    if ((figure.data ?? []).some(trace => trace.type === 'parcoords')) {
      const { l = 0, r = 0, t = 0, b = 0 } = layout.margin ?? {}; // its axes write their numbers outside the plot
      layout.margin = { l: Math.max(l, 48), r: Math.max(r, 48), t: Math.max(t, 48), b: Math.max(b, 28) };
    }

    const config = { ...figure.config, responsive: true, displaylogo: false, modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'], displayModeBar: narrow.matches ? false : 'hover' };
    return { data: figure.data ?? [], layout, config };
  };

  const show = async box => {
    try {
      const Plotly = await plotly();
      if (drawn.has(box.element)) {
        return;
      }

      drawn.set(box.element, box);
      box.element.classList.remove('waiting');
      if (box.caption) {
        box.caption.hidden = false;
      }

      box.element.append(box.plot);
      box.element.classList.add('drawn');
      const { data, layout, config } = themed(box);
      await Plotly.newPlot(box.plot, data, layout, config);
    } catch (problem) {
      box.element.classList.remove('drawn', 'waiting');
      box.plot.remove();
      if (box.caption) {
        box.caption.hidden = true;
      }

      console.error('A chart stays a picture:', problem);
    }
  };

  const boxes = new Map(charts.map(element => {
    const plot = document.createElement('div');
    plot.className = 'chart-plot';
    plot.tabIndex = 0;
    plot.setAttribute('role', 'img');
    plot.setAttribute('aria-label', element.querySelector('.chart-picture').alt || element.parentElement.getAttribute('aria-label'));
    return [element, { element, plot, caption: element.querySelector('figcaption'), figure: JSON.parse(element.querySelector('.chart-data').textContent) }];
  }));

  const margin = 1200;
  const near = new IntersectionObserver(entries => {
    for (const entry of entries.filter(e => e.isIntersecting)) {
      near.unobserve(entry.target);
      show(boxes.get(entry.target));
    }
  }, { rootMargin: `${margin}px 0px` });
  boxes.forEach((box, element) => {
    // What is in sight from the start need not wait for the first frame, which a page in the background never gets.
    const { top, bottom } = element.getBoundingClientRect();
    if (!element.closest('[hidden]') && top < innerHeight + margin && bottom > -margin) {
      show(box);
    } else {
      element.classList.add('waiting'); // its picture need not be fetched, unless the page is printed
      near.observe(element);
    }
  });

  const redraw = () => drawn.forEach(box => {
    const { data, layout, config } = themed(box);
    window.Plotly.react(box.plot, data, layout, config);
  });
  document.addEventListener('themechange', redraw);
  narrow.addEventListener('change', redraw);
})();
