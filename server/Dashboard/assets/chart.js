// The chart of one storage unit. Gaps stay gaps, limits are those that were in force, excursions are shaded with their figures.
'use strict';

(() => {
  const SPAN_MIN = 6; // Degrees that the axis shows at least, so that noise does not look like an event.
  const RENEW_EVERY = 30_000;

  const place = document.getElementById('chart');
  const origin = document.getElementById('chart-source');
  const words = place.dataset;
  const language = document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang;
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--chart-${name}`).trim();
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const exact = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 3 });

  let hours = 24;
  let chart = null;
  let loading = 0;

  // Times are those of the site by the server's time zone database, whatever the zone of the browser and the age of its own.
  function wallClock(offsets) {
    return milliseconds => {
      let minutes = offsets[0].minutes;
      for (const offset of offsets) if (offset.from <= milliseconds) minutes = offset.minutes;
      return milliseconds + minutes * 60_000;
    };
  }

  function timesOf(offsets) {
    const local = wallClock(offsets);
    const format = options => new Intl.DateTimeFormat(language, { timeZone: 'UTC', hourCycle: 'h23', ...options });
    const time = format({ hour: '2-digit', minute: '2-digit' });
    const day = format({ day: 'numeric', month: 'short' });
    const full = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
    const tick = seconds => {
      const text = time.format(local(seconds * 1000));
      return text === '00:00' ? day.format(local(seconds * 1000)) : text;
    };
    return { local, tick, day: seconds => day.format(local(seconds * 1000)), full: seconds => full.format(local(seconds * 1000)) };
  }

  function hatch(context, ink, slant) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 8;
    const pen = tile.getContext('2d');
    pen.strokeStyle = colour(ink);
    pen.lineWidth = 2;
    for (const x of [-4, 4, 12]) {
      pen.moveTo(x - 4 * slant, 8);
      pen.lineTo(x + 4 * slant, 0);
    }
    pen.stroke();
    return context.createPattern(tile, 'repeat');
  }

  // What lies behind the lines: the range, unknown time, what is not judged, excursions.
  function drawBehind(u, series) {
    const { ctx, bbox } = u;
    const x = at => Math.min(bbox.left + bbox.width, Math.max(bbox.left, u.valToPos(at / 1000, 'x', true)));
    const y = value => Math.min(bbox.top + bbox.height, Math.max(bbox.top, u.valToPos(value, 'y', true)));
    const [top, bottom] = [bbox.top, bbox.top + bbox.height];
    ctx.save();
    for (const limit of series.limits) {
      const [from, to] = [x(limit.from), x(limit.to)];
      const [high, low] = [limit.high === null ? top : y(limit.high), limit.low === null ? bottom : y(limit.low)];
      ctx.fillStyle = colour('band');
      ctx.fillRect(from, high, to - from, low - high);
      ctx.fillStyle = colour('limit');
      for (const edge of [limit.high, limit.low]) if (edge !== null) ctx.fillRect(from, y(edge) - 1, to - from, 2);
    }
    for (const [spans, ink, slant] of [[series.unknown, 'unknown', 1], [series.unjudged, 'unjudged', -1]]) {
      ctx.fillStyle = hatch(ctx, ink, slant);
      for (const span of spans) ctx.fillRect(x(span.from), top, Math.max(2 * devicePixelRatio, x(span.to) - x(span.from)), bottom - top);
    }
    ctx.fillStyle = colour('excursion');
    for (const mark of series.findings) ctx.fillRect(x(mark.from), top, Math.max(3, x(endOf(mark, series)) - x(mark.from)), bottom - top);
    ctx.restore();
  }

  // Along the lower edge, what explains the lines: a door, the mains, the agitator, what is not judged; each kind in a row and with its name.
  function drawConditions(u, series) {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    const height = 14 * ratio;
    const strips = [...series.conditions, ...series.unjudged];
    const kinds = [...new Set(strips.map(strip => strip.kind))];
    const x = at => Math.min(bbox.left + bbox.width, Math.max(bbox.left, u.valToPos(at / 1000, 'x', true)));
    ctx.save();
    ctx.font = `${11 * ratio}px system-ui, sans-serif`;
    ctx.textBaseline = 'middle';
    for (const [row, kind] of kinds.entries()) {
      const top = bbox.top + bbox.height - (row + 1) * height;
      const own = strips.filter(strip => strip.kind === kind);
      ctx.fillStyle = colour('condition');
      for (const span of own) ctx.fillRect(x(span.from), top + 2 * ratio, Math.max(2 * ratio, x(span.to) - x(span.from)), height - 3 * ratio);
      const name = words[kind.replace(/-./g, part => part[1].toUpperCase())] ?? kind;
      const last = Math.max(...own.map(span => x(span.to))) + 4 * ratio;
      const room = bbox.left + bbox.width - last >= ctx.measureText(name).width;
      ctx.fillStyle = colour('ink');
      ctx.textAlign = room ? 'left' : 'right';
      ctx.fillText(name, room ? last : Math.max(Math.min(...own.map(span => x(span.from))) - 4 * ratio, bbox.left + ctx.measureText(name).width), top + height / 2);
    }
    ctx.restore();
  }

  const endOf = (mark, series) => mark.open ? Math.max(mark.to, Math.min(series.now, series.to)) : mark.to;

  function drawLabels(u, series) {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.font = `600 ${12 * ratio}px system-ui, sans-serif`;
    ctx.fillStyle = colour('excursion-ink');
    ctx.textBaseline = 'top';
    ctx.textAlign = 'left';
    let [row, last] = [0, -Infinity];
    for (const mark of [...series.findings].sort((a, b) => a.from - b.from)) {
      const text = `${words.excursion} ${mark.id} · ${exact.format(mark.peak)} °C · ${mark.minutes} min`;
      const width = ctx.measureText(text).width;
      const from = Math.max(bbox.left, u.valToPos(mark.from / 1000, 'x', true));
      const left = Math.max(bbox.left, Math.min(from + 4 * ratio, bbox.left + bbox.width - width - 4 * ratio));
      row = left < last ? row + 1 : 0;
      ctx.fillText(text, left, bbox.top + (4 + 16 * row) * ratio);
      last = Math.max(last, left + width + 8 * ratio);
    }
    ctx.restore();
  }

  // Limits belong to the picture even when the line is far from them.
  function rangeOf(series) {
    return (u, low, high) => {
      const shown = [low, high, ...series.limits.flatMap(limit => [limit.low, limit.high])].filter(value => value !== null);
      if (!shown.length) return [0, SPAN_MIN];
      const [bottom, top] = [Math.min(...shown), Math.max(...shown)];
      const room = Math.max((SPAN_MIN - (top - bottom)) / 2, (top - bottom) * 0.08);
      return [bottom - room, top + room];
    };
  }

  // As wide as its longest label: one that is cut off on the left has lost its minus sign.
  function widthOf(u, labels) {
    if (!labels) return 62;
    u.ctx.save();
    u.ctx.font = u.axes[1].font[0];
    const widest = Math.max(...labels.map(label => u.ctx.measureText(label).width)) / devicePixelRatio;
    u.ctx.restore();
    return Math.ceil(widest) + 18; // The tick and the gap.
  }

  function optionsOf(series) {
    const times = timesOf(series.offsets);
    const grid = { stroke: colour('grid'), width: 1 };
    const axis = { stroke: colour('ink'), grid, ticks: grid, font: '13px system-ui, sans-serif' };
    const value = (u, shown) => shown == null ? '—' : `${exact.format(shown)} °C`;
    return {
      width: place.clientWidth,
      height: 320,
      tzDate: seconds => uPlot.tzDate(new Date(times.local(seconds * 1000)), 'Etc/UTC'),
      scales: {
        x: { range: [series.from / 1000, series.to / 1000] },
        y: { range: rangeOf(series) },
      },
      axes: [
        { ...axis, values: (u, splits, index, space, step) => splits.map(step >= 86400 ? times.day : times.tick) },
        { ...axis, size: widthOf, values: (u, splits) => splits.map(split => `${number.format(split).replace('-', '\u2212')} °C`) },
      ],
      series: [
        { label: words.time, value: (u, seconds) => seconds == null ? '—' : times.full(seconds) },
        ...series.probes.map(probe => ({
          label: `${words[probe.role]} ${probe.id}`,
          stroke: colour(probe.role),
          width: probe.role === 'load' ? 2 : 1,
          dash: probe.role === 'load' ? undefined : [4, 3],
          points: { show: false },
          value,
        })),
      ],
      hooks: { drawClear: [u => drawBehind(u, series)], draw: [u => drawLabels(u, series), u => drawConditions(u, series)] },
    };
  }

  function show(series) {
    chart?.destroy();
    place.replaceChildren();
    if (series.probes.every(probe => !probe.at.length) && !series.unknown.length) {
      place.textContent = words.empty;
      return;
    }
    // Mode 2 keeps a break a break where other probes have instants inside it.
    const tables = series.probes.map(probe => [probe.at.map(at => at / 1000), probe.celsius]);
    const data = tables.length ? uPlot.join(tables, tables.map(() => [0, 2])) : [[]];
    chart = new uPlot(optionsOf(series), data, place);
  }

  // Which copy of the data the lines come from, and how far that one is complete.
  function sourceOf({ source, offsets }) {
    const key = `source${source.name.replace(/(^|-)./g, part => part.at(-1).toUpperCase())}`;
    const minutes = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
    return words[key]
      .replace('{0}', () => timesOf(offsets).full(source.reachesTo / 1000))
      .replace('{1}', () => minutes.format(source.stepSeconds / 60));
  }

  let shown = null;

  async function load() {
    const turn = ++loading;
    const now = Number(document.body.dataset.now) + performance.now();
    const query = new URLSearchParams({ from: new Date(now - hours * 3_600_000).toISOString(), to: new Date(now).toISOString() });
    try {
      const answer = await fetch(`${words.series}?${query}`);
      if (!answer.ok) throw new Error(answer.statusText);
      const series = await answer.json();
      if (turn !== loading) return;
      show(shown = series);
      origin.textContent = sourceOf(series);
    } catch (error) {
      if (turn !== loading) return;
      chart?.destroy();
      chart = null;
      place.textContent = words.failed;
      origin.textContent = '';
    }
  }

  for (const button of document.querySelectorAll('[data-hours]')) {
    button.addEventListener('click', () => {
      hours = Number(button.dataset.hours);
      for (const other of document.querySelectorAll('[data-hours]')) other.setAttribute('aria-pressed', String(other === button));
      load();
    });
  }

  let renewed = 0;
  document.addEventListener('unit-changed', () => {
    if (performance.now() - renewed < RENEW_EVERY) return;
    renewed = performance.now();
    load();
  });
  setInterval(load, 60_000);
  addEventListener('resize', () => chart?.setSize({ width: place.clientWidth, height: 320 }));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown && show(shown));
  load();
})();
