// Loaded in the head, before anything is painted: the remembered theme must not arrive as a flash.
(() => {
  const root = document.documentElement;
  const key = 'course-theme';

  // A page opened from disk may be denied its storage; the theme then lasts as long as the page.
  const remembered = () => { try { return localStorage.getItem(key); } catch { return null; } };
  const remember = theme => { try { localStorage.setItem(key, theme); } catch { /* denied: see above */ } };

  const system = matchMedia('(prefers-color-scheme: dark)');
  const current = () => root.dataset.theme ?? (system.matches ? 'dark' : 'light');
  const announce = () => document.dispatchEvent(new CustomEvent('themechange'));

  const saved = remembered();
  if (saved === 'dark' || saved === 'light') {
    root.dataset.theme = saved;
  }

  system.addEventListener('change', announce);

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.querySelector('.theme-toggle');
    const label = () => {
      button.textContent = current() === 'dark' ? 'Light' : 'Dark';
      button.setAttribute('aria-label', `Change to ${button.textContent.toLowerCase()} colours`);
    };

    label();
    button.hidden = false;
    document.addEventListener('themechange', label);
    button.addEventListener('click', () => {
      root.dataset.theme = current() === 'dark' ? 'light' : 'dark';
      remember(root.dataset.theme);
      announce();
    });
  });
})();
