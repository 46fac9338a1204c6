"""Paho, doing what its standard input says, one command a line, and saying what happens, one event a line: see ForeignClient.cs."""
import json
import sys

import paho.mqtt.client as mqtt

options = json.loads(sys.argv[1])
is_version_5 = options["version"] == 5


def say(*words):
    print(*words, flush=True)


def on_connect(client, userdata, flags, code, properties=None):
    # An answer in the form of version 5 has a reason, one of 3.1.1 a number.
    if int(code.value if is_version_5 else code) == 0:
        say("connected")
    else:
        say("error", code.value if is_version_5 else code, code if is_version_5 else mqtt.connack_string(code))


def on_log(client, userdata, level, text):
    if text == "Received PINGRESP":
        say("pong")


def make_client():
    if is_version_5:
        client = mqtt.Client(options["clientId"], protocol=mqtt.MQTTv5)
    else:
        client = mqtt.Client(options["clientId"], clean_session=True, protocol=mqtt.MQTTv311)
    client.on_connect = on_connect
    client.on_message = lambda client, userdata, message: say("message", message.topic, message.payload.decode())
    client.on_publish = lambda client, userdata, number: say("published")
    client.on_subscribe = lambda client, userdata, number, granted, properties=None: say("subscribed", granted[0])
    client.on_unsubscribe = lambda client, userdata, number: say("unsubscribed")
    client.on_disconnect = lambda client, userdata, code, properties=None: say("closed")
    client.on_log = on_log
    if options["userName"] is not None:
        client.username_pw_set(options["userName"], options["password"])
    if options["ca"]:
        client.tls_set(options["ca"], options["certificate"], options["key"])
    if options["willTopic"]:
        client.will_set(options["willTopic"], "gone", qos=1)
    client.reconnect_delay_set(3600, 3600)  # One connection, so that its end is seen.
    return client


def obey(client, line):
    command, *words = line.rstrip("\n").split(" ")
    if command == "publish":
        client.publish(words[1], " ".join(words[2:]), qos=int(words[0]))
    elif command == "subscribe":
        client.subscribe(words[1], qos=int(words[0]))
    elif command == "unsubscribe":
        client.unsubscribe(words[0])
    elif command == "end":
        client.disconnect()
        client.loop_stop()
        sys.exit(0)
    else:
        sys.exit(f"unknown command {command}")


client = make_client()
try:
    client.connect(options["host"], options["port"], keepalive=options["keepAliveSeconds"])
except OSError as error:  # TLS errors are among them.
    say("error", error)
client.loop_start()
for command in sys.stdin:
    obey(client, command)
