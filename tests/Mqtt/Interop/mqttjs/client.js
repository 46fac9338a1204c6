// MQTT.js, doing what its standard input says, one command a line, and saying what happens, one event a line: see ForeignClient.cs.
'use strict';
const fs = require('node:fs');
const readline = require('node:readline');
const mqtt = require('mqtt');

const options = JSON.parse(process.argv[2]);
const say = (...words) => console.log(words.join(' '));
const file = (name) => (name ? fs.readFileSync(name) : undefined);

const client = mqtt.connect({
  protocol: options.ca ? 'mqtts' : 'mqtt',
  host: options.host,
  port: options.port,
  clientId: options.clientId,
  username: options.userName ?? undefined,
  password: options.password ?? undefined,
  protocolVersion: options.version,
  keepalive: options.keepAliveSeconds,
  ca: file(options.ca),
  cert: file(options.certificate),
  key: file(options.key),
  will: options.willTopic ? { topic: options.willTopic, payload: 'gone', qos: 1 } : undefined,
  reconnectPeriod: 0, // One connection, so that its end is seen.
});

client.on('connect', () => say('connected'));
client.on('message', (topic, payload) => say('message', topic, payload.toString()));
client.on('packetreceive', (packet) => { if (packet.cmd === 'pingresp') say('pong'); });
client.on('error', (error) => say('error', error.code ?? '', error.message));
client.on('close', () => say('closed'));

const commands = {
  publish: (qos, topic, ...words) =>
    client.publish(topic, words.join(' '), { qos: Number(qos) }, (error) => say(error ? `unpublished ${error.message}` : 'published')),
  subscribe: (qos, filter) =>
    client.subscribe(filter, { qos: Number(qos) }, (error, asked, answer) => say('subscribed', answer.granted[0])),
  unsubscribe: (filter) => client.unsubscribe(filter, () => say('unsubscribed')),
  end: () => client.end(false, () => process.exit(0)),
};

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const [command, ...words] = line.split(' ');
  commands[command](...words);
});
