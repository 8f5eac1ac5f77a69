"""DEALERs that send messages of many shapes to a router that echoes them. Arguments: address."""
import os
import sys

import zmq

address = sys.argv[1]
context = zmq.Context()
MESSAGES = [
    [b"x"],
    [b""],
    [b"", b"", b""],
    [bytes(255)],
    [bytes(256)],
    [os.urandom(1 << 20)],
    [b"head", os.urandom(50_000_000), b"tail"],
    [b"%d" % i for i in range(100)],
    [os.urandom(31_000), os.urandom(33_000), b"", os.urandom(70_000)],
]


def dealer(identity=None):
    socket = context.socket(zmq.DEALER)
    socket.linger = 0
    socket.rcvtimeo = socket.sndtimeo = 60_000
    if identity:
        socket.setsockopt(zmq.IDENTITY, identity)
    socket.connect(address)
    return socket


peers = [dealer(), dealer(), dealer(b"client-1"), dealer(os.urandom(16)), dealer(b"\xff" * 255)]
for message in MESSAGES:
    for peer in peers[:1] if len(message) > 1 and len(message[1]) > 1 << 20 else peers:
        peer.send_multipart(message)
        assert peer.recv_multipart() == message, f"{len(message)} frames came back changed"

# Many requests before the first answer is read: order is kept.
for i in range(2000):
    for peer in peers:
        peer.send_multipart([b"%d" % i, b"body"])
for i in range(2000):
    for peer in peers:
        assert peer.recv_multipart() == [b"%d" % i, b"body"], f"answer {i} is out of order"

# A peer that asks for heartbeats sends PING and gives up without PONG.
beating = context.socket(zmq.DEALER)
beating.linger = 0
beating.rcvtimeo = 60_000
beating.heartbeat_ivl, beating.heartbeat_timeout, beating.heartbeat_ttl = 50, 5000, 5000
monitor = beating.get_monitor_socket(zmq.EVENT_DISCONNECTED)
beating.connect(address)
for i in range(5):
    beating.send(b"beat")
    assert beating.recv() == b"beat"
    assert monitor.poll(200) == 0, "the connection with heartbeats was lost"
beating.disable_monitor()

request = context.socket(zmq.REQ)
request.linger = 0
request.rcvtimeo = 60_000
request.connect(address)
request.send(b"question")
assert request.recv() == b"question"

context.destroy(linger=0)
print("ok")
