// One event stream for all tabs of a browser: over HTTP/1.1 it allows six connections to a server, so one a tab would starve the seventh.
'use strict';

const address = new URL(self.location.href).searchParams.get('stream');
const tabs = new Set();
const latest = new Map(); // The last word on each unit, for a tab that opens later.
let notices = null; // And on who is silent.

function tell(message) {
  for (const tab of tabs) tab.postMessage(message);
}

function listen() {
  const stream = new EventSource(address);
  const take = event => {
    const message = JSON.parse(event.data);
    for (const unit of message.units) latest.set(unit.id, { ...unit, now: message.now });
    if (message.notices !== null) notices = { now: message.now, units: [], notices: message.notices, isKnown: true };
    tell(message);
  };
  stream.addEventListener('units', take);
  stream.addEventListener('checked', take);
  stream.addEventListener('error', () => {
    // The browser comes back by itself unless the server refused.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  });
}

self.addEventListener('connect', event => {
  const tab = event.ports[0];
  tabs.add(tab);
  tab.addEventListener('message', () => tabs.delete(tab)); // A tab says one thing only: that it closes.
  tab.start();
  for (const { now, ...unit } of latest.values()) tab.postMessage({ now, units: [unit], notices: null, isKnown: true });
  if (notices) tab.postMessage(notices);
});

listen();
