// The overview: how far each week is, where to go on, ticks for exercises. Without JavaScript the page is the same list without them.
(() => {
  const progress = window.courseProgress;
  const checks = window.courseChecks ?? {};
  const number = value => String(Math.round(value * 100) / 100);

  const isDone = exercise => exercise in checks
    ? checks[exercise][0] >= checks[exercise][1] // a check knows better than a tick
    : Boolean(progress.get().exercises?.[exercise]);

  for (const item of document.querySelectorAll('[data-exercise]')) {
    const id = item.dataset.exercise;
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.setAttribute('aria-label', `${id} done`);
    item.prepend(box);
    if (id in checks) {
      const [earned, shown] = checks[id];
      box.disabled = true;
      item.querySelector('.points').textContent += ` · your last check: ${number(earned)} of ${number(shown)}`;
    }

    box.addEventListener('change', () => progress.change(state => {
      const ticked = state.exercises ??= {};
      if (box.checked) {
        ticked[id] = true;
      } else {
        delete ticked[id];
      }
    }));
  }

  const weeks = [...document.querySelectorAll('.week[data-page]')].map(week => {
    const line = document.createElement('p');
    line.className = 'week-progress';
    const bar = document.createElement('progress');
    bar.setAttribute('aria-label', `Progress: ${week.querySelector('h3').textContent}`);
    const words = document.createElement('span');
    line.append(bar, words);
    (week.querySelector('.facts') ?? week.querySelector('h3')).after(line);
    return { week, line, bar, words, sections: JSON.parse(week.dataset.sections) };
  });

  const reset = document.createElement('p');
  reset.className = 'reset';
  reset.innerHTML = '<button type="button">Forget my progress</button> <span>What you read, predicted and ticked is kept in this browser and nowhere else.</span>';
  reset.querySelector('button').addEventListener('click', () => {
    if (confirm('Forget what you have read, predicted and ticked in this browser?')) {
      progress.reset();
    }
  });
  document.querySelector('.weeks').after(reset);

  const start = document.querySelector('.start a');
  const beginning = start && { href: start.getAttribute('href'), text: start.textContent };
  const show = () => {
    const state = progress.get();
    for (const { week, line, bar, words, sections } of weeks) {
      const mine = progress.page(week.dataset.page);
      const read = sections.filter(id => mine.read.includes(id)).length;
      const exercises = [...week.querySelectorAll('[data-exercise]')].map(item => item.dataset.exercise);
      const done = exercises.filter(isDone).length;
      const hasCheck = 'selfCheck' in week.dataset;
      bar.max = Math.max(1, sections.length + exercises.length + (hasCheck ? 1 : 0));
      bar.value = read + done + (hasCheck && mine.selfCheck ? 1 : 0);
      line.hidden = bar.value === 0;
      words.textContent = [
        `${read} of ${sections.length} sections`,
        ...(hasCheck && mine.selfCheck ? ['self-check'] : []),
        ...(exercises.length > 0 ? [`${done} of ${exercises.length} exercises`] : []),
      ].join(' · ');
      for (const item of week.querySelectorAll('[data-exercise]')) {
        item.querySelector('input').checked = isDone(item.dataset.exercise);
      }
    }

    reset.hidden = Object.keys(state).length === 0;
    if (start) {
      const last = weeks.some(({ week }) => week.dataset.page === state.last?.page) ? state.last : null;
      start.href = last ? `${last.page}.html#${encodeURIComponent(last.id)}` : beginning.href;
      start.textContent = last ? `Go on with ${last.title}` : beginning.text;
    }
  };
  document.addEventListener('progresschange', show);
  addEventListener('pageshow', show); // back from a week: the page may come as it was left
  show();
})();
