/* What a page needs beside htmx: keys, dropping files, zoom, the list of one's own conversations.
   Everything that is shown is text: nothing here writes HTML. */
(() => {
  'use strict';
  const find = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const narrow = matchMedia('(max-width: 760px)');
  const STORE = 'pagewise.conversations', MOST = 12;

  function show(view) {
    document.body.dataset.view = view;
    for (const tab of all('.tabs button')) {
      if (tab.dataset.show === view) tab.setAttribute('aria-current', 'true');
      else tab.removeAttribute('aria-current');
    }
  }

  function reveal(turn) {
    const turns = find('#turns');
    turns.scrollTop += turn.getBoundingClientRect().top - turns.getBoundingClientRect().top - 24;
  }

  function notice(text) {
    const box = find('#notice');
    box.hidden = !text;
    find('span', box).textContent = text;
  }

  /* ----- asking */

  const form = find('#ask'), question = find('#question'), stop = find('#stop'), send = find('#send');

  function ask(text) {
    question.value = text;
    form.requestSubmit();
  }

  function working(isWorking) {
    stop.hidden = !isWorking;
    send.disabled = isWorking;
  }

  function remember(text) {
    const thread = form.elements.thread.value;
    const kept = conversations().filter((one) => one.thread !== thread);
    const first = conversations().find((one) => one.thread === thread);
    kept.unshift(first || { thread, text: text.slice(0, 120) });
    try { localStorage.setItem(STORE, JSON.stringify(kept.slice(0, MOST))); } catch { /* private window */ }
    history.replaceState(null, '', '/c/' + thread);
    recent();
  }

  function conversations() {
    try { return JSON.parse(localStorage.getItem(STORE)) || []; } catch { return []; }
  }

  function recent() {
    const here = form.elements.thread.value;
    const others = conversations().filter((one) => one.thread !== here && /^[\w-]+$/.test(one.thread));
    const list = find('#recent ul');
    list.replaceChildren(...others.map((one) => {
      const item = document.createElement('li'), link = document.createElement('a');
      link.href = '/c/' + one.thread;
      link.textContent = one.text;
      item.append(link);
      return item;
    }));
    find('#recent').hidden = !others.length;
  }

  question.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (!send.disabled) form.requestSubmit();
    }
  });
  stop.addEventListener('click', () => htmx.trigger(form, 'htmx:abort'));

  form.addEventListener('htmx:before:request', (event) => {
    if (!question.value.trim()) return event.preventDefault();
    notice('');
    working(true);
    remember(question.value.trim());
    question.value = '';
    show('conversation');
  });
  form.addEventListener('htmx:finally:request', () => {
    working(false);
    for (const left of all('.turn:not(.done) .working')) {
      left.textContent = document.body.dataset.stopped;
      left.classList.remove('working');
    }
  });

  /* ----- citations and their page */

  let current = null;

  function choose(link) {
    current?.removeAttribute('aria-current');
    current = link;
    link.setAttribute('aria-current', 'true');
  }

  function step(by) {
    const turns = all('.turn.done');
    const turn = current?.closest('.turn') || turns[turns.length - 1];
    if (!turn) return;
    const links = all('.places .cite, .nearest .cite', turn).filter((link) => link.href);
    if (!links.length) return;
    let at = links.indexOf(current);
    if (at < 0 && current) at = links.findIndex((link) => same(link, current));
    const next = links[Math.min(links.length - 1, Math.max(0, at + by))];
    next.focus();
    next.click();
  }

  const same = (one, other) => one.getAttribute('hx-get') === other.getAttribute('hx-get');

  function framed() {
    const mark = find('#page rect.now');
    if (!mark) return;
    const desk = find('#page .desk'), place = mark.getBoundingClientRect(), room = desk.getBoundingClientRect();
    desk.scrollBy(
      place.x + place.width / 2 - room.x - room.width / 2,
      place.y + place.height / 2 - room.y - room.height / 2,
    );
  }

  function zoom(by) {
    const sheet = find('#page .sheet');
    if (!sheet) return;
    const now = Number(sheet.className.match(/z(\d)/)[1]);
    sheet.className = 'sheet z' + Math.min(4, Math.max(0, now + by));
    framed();
  }

  document.addEventListener('click', (event) => {
    const target = event.target.closest('button, a');
    if (!target) return;
    const data = target.dataset;
    if (data.ask) ask(data.ask);
    if (data.zoom) zoom(Number(data.zoom));
    if (data.show) show(data.show);
    if (data.scope) find('#scope').value = data.scope;
    if (target.matches('.cite[href]')) choose(target);
    if (target.matches('#notice button')) notice('');
    if (target.matches('[hx-target="#page"]') && narrow.matches) show('page');
  });

  let waiting = 0;
  for (const [name, by] of [['htmx:before:request', 1], ['htmx:finally:request', -1]]) {
    document.addEventListener(name, (event) => {
      if (event.detail.ctx?.target?.id !== 'page') return;
      waiting = Math.max(0, waiting + by);
      find('#page').classList.toggle('waiting', waiting > 0);
    });
  }

  document.addEventListener('htmx:after:swap', () => {
    if (find('#page .sheet:not([data-seen])')) {
      find('#page .sheet').dataset.seen = 'yes';
      framed();
    }
    const done = all('.turn.done:not([data-seen])');
    for (const turn of done) turn.dataset.seen = 'yes';
    const last = all('.turn').pop();
    if (last && last.dataset.shown !== last.className) {
      last.dataset.shown = last.className;
      reveal(last);
    }
    const first = done.length && find('.cite[href]', done[done.length - 1]);
    if (first && !narrow.matches) first.click();
  });

  /* ----- files */

  const upload = find('#upload'), files = find('[type=file]', upload);
  files.addEventListener('change', () => files.files.length && upload.requestSubmit());
  upload.addEventListener('htmx:finally:request', () => upload.reset());
  for (const name of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(name, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      document.body.classList.toggle('dropping', name === 'dragover');
      if (name === 'drop') {
        show('library');
        files.files = event.dataTransfer.files;
        upload.requestSubmit();
      }
    });
  }

  /* ----- what went wrong */

  document.addEventListener('htmx:response:error', async (event) => {
    const { response, text } = event.detail.ctx;
    if (response?.status === 401) return location.assign('/login');
    try { notice(JSON.parse(text).error.message); } catch { notice(document.body.dataset.failed); }
  });
  document.addEventListener('htmx:error', (event) => {
    if (event.detail.error?.name === 'AbortError') return;
    if (!event.detail.ctx?.response) notice(document.body.dataset.offline);
  });

  /* ----- keys */

  document.addEventListener('keydown', (event) => {
    const isTyping = event.target.closest('input, textarea, select');
    if (event.key === 'Escape' && isTyping) return event.target.blur();
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') { show('conversation'); question.focus(); event.preventDefault(); }
    if (event.key === 'j') step(1);
    if (event.key === 'k') step(-1);
    for (const button of all('#page [data-key]')) {
      if (button.dataset.key === event.key) button.click();
    }
  });

  for (const turn of all('.turn.done')) turn.dataset.seen = 'yes';
  const kept = all('.turn').pop();
  if (kept) reveal(kept);
  recent();
})();
