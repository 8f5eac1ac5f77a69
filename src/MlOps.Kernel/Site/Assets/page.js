// What makes a page comfortable once it is readable: formulas, colours in code, copy buttons, the place in the contents.
(() => {
  for (const formula of window.katex ? document.querySelectorAll('.math') : []) {
    const tex = formula.textContent;
    katex.render(tex, formula, { displayMode: formula.classList.contains('math-display'), throwOnError: false, output: 'htmlAndMathml' });
    formula.dataset.tex = tex;
  }

  for (const code of document.querySelectorAll('pre > code[class*="language-"]')) {
    const language = /language-(\S+)/.exec(code.className)[1];
    if (window.hljs && hljs.getLanguage(language)) {
      code.innerHTML = hljs.highlight(code.textContent, { language, ignoreIllegals: true }).value;
    }
  }

  const copy = async text => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Browsers that deny a page from disk the clipboard still know the old way.
      const field = document.createElement('textarea');
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }
  };

  for (const code of document.querySelectorAll('.cell-code pre > code, .prose pre > code')) {
    const pre = code.parentElement;
    const holder = document.createElement('div');
    holder.className = 'copyable';
    pre.replaceWith(holder);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      await copy(code.textContent);
      button.textContent = 'Copied';
      setTimeout(() => { button.textContent = 'Copy'; }, 1500);
    });
    holder.append(pre, button);
  }

  // Whatever scrolls sideways must scroll from the keyboard too.
  const reachable = () => {
    for (const box of document.querySelectorAll('pre, .scroll, .output.html, .output.html div[style*="overflow"], .math-display')) {
      const overflows = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      if (overflows) {
        box.tabIndex = 0;
      } else {
        box.removeAttribute('tabindex');
      }
    }
  };
  addEventListener('load', reachable);
  addEventListener('resize', reachable);
  document.addEventListener('progresschange', reachable); // an answer that was covered is there now

  const contents = document.querySelector('.toc details');
  if (!contents) {
    return;
  }

  const wide = matchMedia('(min-width: 70rem)');
  const fold = () => { contents.open = wide.matches; };
  fold();
  wide.addEventListener('change', fold);

  const links = [...contents.querySelectorAll('a')];
  const headings = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  let scheduled = false;
  const mark = () => {
    scheduled = false;
    const line = innerHeight / 4;
    let here = -1;
    headings.forEach((heading, i) => { if (heading.getBoundingClientRect().top <= line) { here = i; } });
    links.forEach((link, i) => i === here ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current'));
    if (here >= 0 && wide.matches) {
      const [link, box] = [links[here].getBoundingClientRect(), contents.parentElement];
      const frame = box.getBoundingClientRect();
      if (link.top < frame.top || link.bottom > frame.bottom) {
        box.scrollTop += link.top - frame.top - frame.height / 2;
      }
    }
  };
  addEventListener('scroll', () => {
    if (!scheduled) {
      scheduled = true;
      requestAnimationFrame(mark);
    }
  }, { passive: true });
  mark();

  contents.addEventListener('click', event => {
    if (event.target.closest('a') && !wide.matches) {
      contents.open = false;
    }
  });
})();
