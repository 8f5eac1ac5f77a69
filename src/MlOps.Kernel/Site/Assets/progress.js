// What the reader has done, kept in this browser under one key, by names that outlive a rebuild of the site: slugs of pages, anchors of
// headings, numbers of exercises. Where the browser denies its storage (private windows, some pages from disk) it lasts as long as the page.
(() => {
  const key = 'course-progress';
  let memory = {};

  const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
  const load = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(key) ?? '{}');
      return isObject(kept) ? kept : {};
    } catch {
      return memory; // denied, or not what we wrote
    }
  };

  const progress = window.courseProgress = {
    get: load,
    page: slug => ({ read: [], predictions: {}, revealed: [], selfCheck: false, ...load().pages?.[slug] }),
    // Reads again before it writes: another tab may have written since.
    change(edit) {
      const state = load();
      edit(state);
      memory = state;
      try { localStorage.setItem(key, JSON.stringify(state)); } catch { /* denied: see above */ }
      document.dispatchEvent(new CustomEvent('progresschange'));
    },
    changePage: (slug, edit) => progress.change(state => {
      const pages = state.pages ??= {};
      edit(pages[slug] = { read: [], predictions: {}, revealed: [], selfCheck: false, ...pages[slug] });
    }),
    reset() {
      memory = {};
      try { localStorage.removeItem(key); } catch { /* denied: nothing was kept */ }
      document.dispatchEvent(new CustomEvent('progresschange'));
    },
  };
  addEventListener('storage', event => {
    if (event.key === key || event.key === null) {
      document.dispatchEvent(new CustomEvent('progresschange'));
    }
  });

  // ---- a lesson: which of its sections are read ----------------------------------------------------------------

  if (!document.body.classList.contains('lesson')) {
    return;
  }

  const page = document.body.dataset.page;
  const main = document.querySelector('main');
  const sections = [...main.querySelectorAll('h2[id]')].map(heading => ({ heading, seconds: 0, ended: false }));
  const ids = sections.map(section => section.heading.id);
  if (sections.length === 0) {
    return;
  }

  // A section is read when its end was in the window and the section was there for a few seconds: rushing past does not count.
  const enough = 4;
  setInterval(() => {
    if (document.visibilityState !== 'visible') {
      return;
    }

    const fresh = [];
    const { read } = progress.page(page);
    let here;
    sections.forEach((section, i) => {
      const top = section.heading.getBoundingClientRect().top;
      const bottom = i + 1 < sections.length ? sections[i + 1].heading.getBoundingClientRect().top : main.getBoundingClientRect().bottom;
      if (top > innerHeight || bottom < 0) {
        return;
      }

      section.seconds++;
      section.ended ||= bottom <= innerHeight + 8;
      here = top < innerHeight / 2 ? section.heading : here;
      if (section.ended && section.seconds >= enough && !read.includes(section.heading.id)) {
        fresh.push(section.heading.id);
      }
    });
    const last = progress.get().last;
    if (fresh.length > 0 || (here && (last?.page !== page || last?.id !== here.id))) {
      progress.change(state => {
        if (here) {
          state.last = { page, id: here.id, heading: here.textContent.trim(), title: document.title.split(' · ')[0] };
        }
      });
    }

    if (fresh.length > 0) {
      progress.changePage(page, mine => { mine.read = [...new Set([...mine.read, ...fresh])]; });
    }
  }, 1000);

  const answers = [...main.querySelectorAll('h2')].find(heading => heading.textContent.trim().toLowerCase() === 'check yourself')?.parentElement.querySelector('details');
  answers?.addEventListener('toggle', () => {
    if (answers.open) {
      progress.changePage(page, mine => { mine.selfCheck = true; });
    }
  });

  const button = document.createElement('button');
  button.type = 'button';
  const state = document.createElement('p');
  state.className = 'read-state';
  const said = document.createElement('span');
  said.setAttribute('role', 'status');
  state.append(said, ' ', button);
  document.querySelector('footer').prepend(state);
  button.addEventListener('click', () => {
    const all = ids.every(id => progress.page(page).read.includes(id));
    progress.changePage(page, mine => { mine.read = all ? [] : [...ids]; });
  });

  const show = () => {
    const read = new Set(progress.page(page).read);
    const count = ids.filter(id => read.has(id)).length;
    said.textContent = `${count} of ${ids.length} sections read.`;
    button.textContent = count === ids.length ? 'Mark them as not read' : 'Mark all as read';
    for (const link of document.querySelectorAll('.toc .level-2 a')) {
      const isRead = read.has(decodeURIComponent(link.hash.slice(1)));
      link.classList.toggle('read', isRead);
      const mark = link.querySelector('.hidden');
      if (isRead && !mark) {
        link.insertAdjacentHTML('beforeend', '<span class="hidden"> (read)</span>');
      } else if (!isRead) {
        mark?.remove();
      }
    }
  };
  document.addEventListener('progresschange', show);
  show();
})();
