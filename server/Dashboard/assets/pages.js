// Keeps a page true to the server: renews tiles, counts ages on, and lets the cover come when nothing is heard any more.
'use strict';

(() => {
  const SILENCE_MAX = 25_000; // As the animation of the cover in base.css.
  const OPEN_MAX = 12 * 3_600_000;
  const body = document.body.dataset;
  const cover = document.getElementById('cover');
  const language = document.documentElement.lang;

  // The server's clock, carried on by the time since its last message: the browser's own clock may be wrong.
  let server = { now: Number(body.now), at: performance.now() };
  let heardAt = Date.now();
  const serverNow = () => server.now + performance.now() - server.at;

  // What the cover hides from the eye must not be read aloud or reached by the keyboard either.
  cover.addEventListener('animationend', () => { document.getElementById('content').inert = true; });

  function heard(now) {
    server = { now, at: performance.now() };
    heardAt = Date.now();
    document.getElementById('content').inert = false;
    for (const animation of cover.getAnimations()) {
      animation.currentTime = 0;
      animation.play();
    }
  }

  // Ages.

  function age(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const [text, count] = seconds < 60 ? [body.ageS, seconds]
      : seconds < 3600 ? [body.ageMin, Math.floor(seconds / 60)]
      : seconds < 172_800 ? [body.ageH, Math.floor(seconds / 3600)]
      : [body.ageD, Math.floor(seconds / 86_400)];
    return text.replace('{0}', count);
  }

  function ageTile(tile, now) {
    const old = now - Number(tile.dataset.measured);
    if (tile.dataset.measured && old >= Number(tile.dataset.hiddenAfter)) tile.dataset.freshness = 'hidden';
    else if (tile.dataset.measured && old >= Number(tile.dataset.lateAfter) && tile.dataset.freshness === 'fresh') tile.dataset.freshness = 'late';
  }

  const clock = document.getElementById('clock');
  const offsets = JSON.parse(clock.dataset.offsets); // By the server's time zone database, not the browser's.
  const clockFormat = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: 'UTC', hourCycle: 'h23',
    year: 'numeric', month: language === 'en' ? 'short' : '2-digit', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
  });

  function tellTime(now) {
    const offset = offsets.findLast(known => known.from <= now) ?? offsets[0];
    clock.textContent = clockFormat.format(now + offset.minutes * 60_000).replace(',', '');
  }

  function tick() {
    const now = serverNow();
    tellTime(now);
    for (const element of document.querySelectorAll('[data-age]')) {
      const text = age(now - Number(element.dataset.age));
      if (element.textContent !== text) element.textContent = text;
    }
    for (const tile of document.querySelectorAll('.tile')) ageTile(tile, now);
    // A computer that slept has not animated meanwhile, but its clock went on.
    if (Date.now() - heardAt > SILENCE_MAX) for (const animation of cover.getAnimations()) animation.finish();
    // A page on a wall gets what is new in the server: words, scripts, units, the zone's next change of clocks.
    else if (now - Number(body.now) > OPEN_MAX) location.reload();
  }

  // The page of all units.

  const tiles = document.getElementById('tiles');

  function order(a, b) {
    const stale = tile => ['fresh', 'late', 'hidden'].indexOf(tile.dataset.freshness);
    const latched = tile => tile.dataset.latched ? 1 : 0;
    return b.dataset.rank - a.dataset.rank || latched(b) - latched(a) || stale(b) - stale(a) || a.dataset.name.localeCompare(b.dataset.name, language);
  }

  function renewTiles(message) {
    for (const unit of message.units) {
      const old = tiles.querySelector(`[data-unit="${CSS.escape(unit.id)}"]`);
      if (old && Number(old.dataset.at) <= message.now) {
        const hadFocus = old.contains(document.activeElement);
        old.insertAdjacentHTML('afterend', unit.html);
        const fresh = old.nextElementSibling;
        old.remove();
        if (hadFocus) fresh.querySelector('a').focus();
      } else if (!old && tiles.dataset.all && !message.isKnown) {
        tiles.insertAdjacentHTML('beforeend', unit.html);
      }
    }
    const sorted = [...tiles.children].sort(order);
    if (sorted.some((tile, place) => tile !== tiles.children[place])) tiles.append(...sorted);
    for (const count of document.querySelectorAll('[data-count-of]')) {
      count.dataset.count = tiles.querySelectorAll(`[data-state="${count.dataset.countOf}"].tile`).length;
      count.querySelector('b').textContent = count.dataset.count;
    }
  }

  // The page of one unit: its parts are fetched anew, at most every other second.

  const unitPage = document.querySelector('[data-unit-page]');
  let renewing = false;
  let asked = false;

  async function renewUnit(message) {
    asked ||= !message.isKnown && message.units.some(unit => unit.id === unitPage.dataset.unitPage);
    if (!asked || renewing) return;
    [asked, renewing] = [false, true];
    try {
      const answer = await fetch(location.href);
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const part of document.querySelectorAll('[data-part]')) renewPart(part, page.querySelector(`[data-part="${part.dataset.part}"]`));
      document.dispatchEvent(new CustomEvent('unit-changed'));
    } finally {
      // What came meanwhile is fetched with the next message, at the latest the next sign of life.
      setTimeout(() => { renewing = false; }, 2000);
    }
  }

  function renewPart(part, fresh) {
    if (!fresh) return;
    const open = [...part.querySelectorAll('details')].map(details => details.open);
    for (const { name, value } of fresh.attributes) part.setAttribute(name, value);
    if (part.innerHTML !== fresh.innerHTML) part.innerHTML = fresh.innerHTML;
    part.querySelectorAll('details').forEach((details, place) => { details.open = open[place] ?? false; });
  }

  // Who is silent, above every page.

  let noticedAt = Number(body.now);

  function renewNotices(message) {
    if (message.notices === null || message.now < noticedAt) return;
    noticedAt = message.now;
    renewPart(document.getElementById('notices'), new DOMParser().parseFromString(message.notices, 'text/html').getElementById('notices'));
  }

  // The stream.

  function take(message) {
    if (!message.isKnown) heard(message.now);
    renewNotices(message);
    if (tiles) renewTiles(message);
    if (unitPage) renewUnit(message);
    tick();
  }

  function listen() {
    if (!window.SharedWorker) {
      const stream = new EventSource(body.live);
      for (const kind of ['units', 'checked']) stream.addEventListener(kind, event => take(JSON.parse(event.data)));
      return;
    }
    const worker = new SharedWorker(`${body.worker}&stream=${encodeURIComponent(body.live)}`);
    worker.port.onmessage = event => take(event.data);
    addEventListener('pagehide', () => worker.port.postMessage('closes'));
    addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
  }

  listen();
  tick();
  setInterval(tick, 1000);
  document.addEventListener('visibilitychange', tick);
})();
