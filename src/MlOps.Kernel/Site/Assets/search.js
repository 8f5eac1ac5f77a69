// Search over all pages. The index is a script, loaded when the reader first turns to the field: a page from disk may not read data files.
(() => {
  const base = document.currentScript.src.replace(/[^/]*$/, '');
  const holder = document.querySelector('.search');
  holder.innerHTML = '<input type="search" role="combobox" aria-label="Search the course" placeholder="Search  /" aria-autocomplete="list" aria-expanded="false" aria-controls="search-results" autocomplete="off" spellcheck="false">'
    + '<ul id="search-results" role="listbox" aria-label="Results" hidden></ul><span class="hidden" role="status"></span>';
  holder.hidden = false;
  const [field, list, status] = [holder.querySelector('input'), holder.querySelector('ul'), holder.querySelector('[role="status"]')];
  const most = 12;
  let [found, at] = [[], -1];

  const script = name => new Promise((done, fail) => {
    const element = document.createElement('script');
    element.src = base + name;
    element.onload = done;
    element.onerror = () => fail(new Error(`${element.src} cannot be loaded`));
    document.head.append(element);
  });

  let index;
  const load = () => index ??= (async () => {
    const data = new Promise(done => { window.courseSearch = (pages, sections) => done({ pages, sections }); });
    await Promise.all([script('minisearch/minisearch.js'), script('search-index.js')]);
    const { pages, sections } = await data;
    const search = new MiniSearch({
      fields: ['heading', 'title', 'text'],
      searchOptions: { boost: { heading: 4, title: 2 }, prefix: true, fuzzy: term => term.length > 5 ? 0.2 : false, combineWith: 'AND' },
    });
    search.addAll(sections.map(([page, , heading, text], id) => ({ id, heading: heading || pages[page][1], title: pages[page][1], text })));
    return { search, pages, sections };
  })();

  // The words around the first match, with the matches marked; built as text, so that nothing in a notebook becomes markup.
  const excerpt = (text, terms) => {
    const pattern = new RegExp(terms.map(term => term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).sort((a, b) => b.length - a.length).join('|'), 'gi');
    const first = Math.max(0, text.search(pattern));
    const from = first < 60 ? 0 : text.indexOf(' ', first - 50) + 1;
    const cut = text.slice(from, from + 150);
    const parts = [from > 0 ? '… ' : ''];
    let end = 0;
    for (const match of cut.matchAll(pattern)) {
      const mark = document.createElement('mark');
      mark.textContent = match[0];
      parts.push(cut.slice(end, match.index), mark);
      end = match.index + match[0].length;
    }

    return [...parts, cut.slice(end), from + 150 < text.length ? ' …' : ''];
  };

  const element = (name, className, ...content) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...content);
    return made;
  };

  const choose = next => {
    at = next;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === at)));
    if (at < 0) {
      field.removeAttribute('aria-activedescendant');
    } else {
      field.setAttribute('aria-activedescendant', `result-${at}`);
      list.children[at].scrollIntoView({ block: 'nearest' });
    }
  };

  const open = () => {
    list.hidden = false;
    field.setAttribute('aria-expanded', 'true');
    choose(0);
  };

  const close = () => {
    list.hidden = true;
    field.setAttribute('aria-expanded', 'false');
    choose(-1);
  };

  const go = result => {
    close();
    location.href = result.href;
  };

  const update = async () => {
    const words = field.value.trim();
    if (words.length < 2) {
      found = [];
      list.replaceChildren();
      status.textContent = '';
      holder.classList.remove('empty');
      close();
      return;
    }

    const { search, pages, sections } = await load();
    if (words !== field.value.trim()) {
      return; // typed on while the index was coming
    }

    found = search.search(words).slice(0, most).map(({ id, terms }) => {
      const [page, anchor, heading, text] = sections[id];
      const [address, title] = pages[page];
      return { href: address + (anchor ? `#${encodeURIComponent(anchor)}` : ''), title, heading, text, terms };
    });
    list.replaceChildren(...found.map((result, i) => {
      const item = element('li', '', element('strong', '', result.heading || result.title), element('span', 'where', result.heading ? result.title : ''), element('span', 'excerpt', ...excerpt(result.text, result.terms)));
      Object.assign(item, { id: `result-${i}`, role: 'option' });
      item.addEventListener('mousedown', event => event.preventDefault()); // the field keeps the focus
      item.addEventListener('click', () => go(result));
      return item;
    }));
    status.textContent = found.length === 0 ? 'Nothing found' : `${found.length} result${found.length === 1 ? '' : 's'}`;
    holder.classList.toggle('empty', found.length === 0);
    if (found.length > 0) {
      open();
    } else {
      close();
    }
  };

  const report = problem => {
    status.textContent = 'The search cannot be loaded';
    console.error('No search:', problem);
  };
  field.addEventListener('focus', () => load().catch(report), { once: true });
  field.addEventListener('input', () => update().catch(report));
  field.addEventListener('focus', () => {
    if (found.length > 0) {
      open();
    }
  });
  field.addEventListener('blur', close);
  field.addEventListener('keydown', event => {
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && found.length > 0) {
      event.preventDefault();
      choose((at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length);
    } else if (event.key === 'Enter' && at >= 0) {
      event.preventDefault();
      go(found[at]);
    } else if (event.key === 'Escape') {
      field.value = '';
      update();
    }
  });
  document.addEventListener('keydown', event => {
    const isTyping = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
})();
