"""Two DEALERs of one identity, one after the other, at a router that echoes. Arguments: address."""
import sys

import zmq

context = zmq.Context()


def client():
    socket = context.socket(zmq.DEALER)
    socket.linger = 0
    socket.rcvtimeo = 60_000
    socket.reconnect_ivl = -1  # the old one must not come back and take over in its turn
    socket.setsockopt(zmq.IDENTITY, b"front end")
    socket.connect(sys.argv[1])
    return socket


old = client()
old.send(b"one")
assert old.recv() == b"one"
lost = old.get_monitor_socket(zmq.EVENT_DISCONNECTED)
young = client()
young.send(b"two")
assert young.recv() == b"two"
assert lost.poll(60_000), "the old connection was not closed"
old.disable_monitor()
young.send(b"three")
assert young.recv() == b"three"

context.destroy(linger=0)
print("ok")
