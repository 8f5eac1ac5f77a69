// Covers what answers a "Predict before you run" prompt until the reader asks for it. Printed pages and pages without JavaScript show it.
(() => {
  const answers = [...document.querySelectorAll('.answer')];
  if (answers.length === 0) {
    return;
  }

  const progress = window.courseProgress;
  const page = document.body.dataset.page;
  const prompts = answers.map(answer => {
    const id = answer.dataset.prompt;
    const prompt = document.getElementById(id);
    const controls = document.createElement('div');
    controls.className = 'predict-controls';
    controls.innerHTML = '<label><span>Your prediction</span><textarea rows="2"></textarea></label><button type="button"></button><p>The code, what it gave and what to notice are covered.</p>';
    const [own, button, covered] = ['textarea', 'button', 'p'].map(name => controls.querySelector(name));
    button.setAttribute('aria-controls', answer.id);
    prompt.append(controls);

    own.value = progress.page(page).predictions[id] ?? '';
    own.addEventListener('input', () => progress.changePage(page, mine => {
      if (own.value) {
        mine.predictions[id] = own.value;
      } else {
        delete mine.predictions[id];
      }
    }));

    const reveal = (revealed = true) => progress.changePage(page, mine => {
      mine.revealed = mine.revealed.filter(other => other !== id);
      if (revealed) {
        mine.revealed.push(id);
      }
    });
    button.addEventListener('click', () => reveal(button.getAttribute('aria-expanded') !== 'true'));
    answer.addEventListener('beforematch', () => reveal()); // the browser's own search found something in it
    return { id, answer, button, covered, reveal };
  });

  const all = document.createElement('input');
  all.type = 'checkbox';
  const label = document.createElement('label');
  label.className = 'show-all';
  label.append(all, ' Show the answers to all predictions');
  document.querySelector('.lesson-head').append(label);
  all.addEventListener('change', () => progress.change(state => { state.showAll = all.checked; }));

  const show = () => {
    const everything = all.checked = progress.get().showAll === true;
    const { revealed } = progress.page(page);
    for (const { id, answer, button, covered } of prompts) {
      const isShown = everything || revealed.includes(id);
      if (isShown) {
        answer.removeAttribute('hidden');
      } else {
        answer.setAttribute('hidden', 'until-found');
      }

      covered.hidden = isShown;
      button.hidden = everything;
      button.setAttribute('aria-expanded', String(isShown));
      button.textContent = isShown ? 'Cover the answer' : 'Reveal';
    }
  };

  const target = () => {
    const at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const covering = at && prompts.find(({ answer }) => answer.contains(at));
    if (covering) {
      covering.reveal();
      at.scrollIntoView();
    }
  };
  document.addEventListener('progresschange', show);
  show();
  target();
  addEventListener('hashchange', target);
})();
